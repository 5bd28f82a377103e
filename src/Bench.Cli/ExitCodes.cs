namespace Bench.Cli;

/// <summary>What the exit code of <c>bench</c> says.</summary>
internal static class ExitCodes
{
    public const int Success = 0;

    /// <summary>A regression, or not equivalent.</summary>
    public const int Regression = 1;

    /// <summary>The command line makes no sense.</summary>
    public const int WrongUsage = 2;

    /// <summary>Nothing is shown either way.</summary>
    public const int Inconclusive = 3;

    /// <summary>Input is missing, damaged or incomplete.</summary>
    public const int BadInput = 4;
}
