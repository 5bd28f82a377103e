namespace Bench.Benchmarks.Launches;

/// <summary>What the process of a launch says on standard output, a line for each timed request.</summary>
internal static class LaunchLines
{
    /// <summary>Begins the line of a timed request, as BenchmarkDotNet's engine writes it.</summary>
    public const string TimedInference = "WorkloadActual";
}
