namespace Bench.Benchmarks.Launches;

/// <summary>What the process of a launch says on standard output: a line for each timed request, of several streams for each window.
/// </summary>
internal static class LaunchLines
{
    /// <summary>Begins a line of timed requests, as BenchmarkDotNet's engine writes it.</summary>
    public const string TimedInference = "WorkloadActual";
}
