namespace Bench.Benchmarks.Host;

/// <summary>What the program's exit code says.</summary>
internal static class ExitCodes
{
    public const int Success = 0;

    /// <summary>The command line makes no sense.</summary>
    public const int WrongUsage = 2;

    /// <summary>Something is missing, damaged, failed or interrupted: the run is not what was asked for.</summary>
    public const int Incomplete = 4;
}
