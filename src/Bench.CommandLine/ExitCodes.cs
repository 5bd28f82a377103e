namespace Bench.CommandLine;

/// <summary>What the exit codes of both programs say.</summary>
public static class ExitCodes
{
    /// <summary>All went well, and the answer is the good one.</summary>
    public const int Success = 0;

    /// <summary>A regression, different outputs, or no solution.</summary>
    public const int Regression = 1;

    /// <summary>The command line makes no sense.</summary>
    public const int WrongUsage = 2;

    /// <summary>Nothing is shown either way.</summary>
    public const int Inconclusive = 3;

    /// <summary>Something is missing, damaged, failed or interrupted.</summary>
    public const int Incomplete = 4;

    /// <summary>A worker of a fleet: this machine is not what the plan asks for, or not fit to be measured now.</summary>
    public const int NotSuitable = 5;
}
