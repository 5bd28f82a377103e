using BenchmarkDotNet.Running;

namespace Bench.Benchmarks.Micro;

/// <summary>Runs the micro benchmarks of Bench's own hot code.</summary>
internal static class MicroBenchmarks
{
    /// <param name="arguments">Passed on to BenchmarkDotNet; none means all of them.</param>
    /// <returns>0 only if something was measured.</returns>
    public static int Run(string[] arguments)
    {
        var types = typeof(MicroBenchmarks).Assembly.GetTypes().Where(type => type.Namespace == typeof(MicroBenchmarks).Namespace && type.IsPublic).ToArray();
        var summaries = BenchmarkSwitcher.FromTypes(types).Run(arguments.Length == 0 ? ["--filter", "*"] : arguments).ToList();
        return summaries.Count > 0 && summaries.All(summary => summary.Reports.All(report => report.Success) && summary.Reports.Length > 0)
            ? Host.ExitCodes.Success
            : Host.ExitCodes.Incomplete;
    }
}
