using Bench.Benchmarks.Host;
using Bench.CommandLine;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;

namespace Bench.Benchmarks.Micro;

/// <summary>Runs the micro benchmarks of Bench's own hot code.</summary>
internal static class MicroBenchmarks
{
    // With these BenchmarkDotNet measures nothing, as it should.
    private static readonly string[] AsksOnly = ["--list", "--help", "--info", "--version"];

    /// <param name="arguments">Passed on to BenchmarkDotNet; none means all of them.</param>
    /// <param name="paths">Where the sources are.</param>
    /// <param name="error">Hears why nothing can be measured.</param>
    /// <returns>0 only if something was measured.</returns>
    public static int Run(string[] arguments, BenchPaths paths, TextWriter error)
    {
        var project = Path.Combine(paths.Root, "benchmarks");
        if (!File.Exists(Path.Combine(project, "Bench.Benchmarks.csproj")))
        {
            error.WriteLine($"Found no sources in {paths.Root}; expected Bench's own: "
                + "BenchmarkDotNet builds a program from them for each micro benchmark. Run --micro in a checkout.");
            return ExitCodes.Incomplete;
        }

        arguments = [.. arguments.Select((word, i) => i > 0 && arguments[i - 1] is "--artifacts" or "-a" ? Path.GetFullPath(word) : word)];

        // BenchmarkDotNet looks for the project upwards from here, wherever the user is.
        var artifacts = Path.Combine(Environment.CurrentDirectory, "BenchmarkDotNet.Artifacts");
        Environment.CurrentDirectory = project;
        var types = typeof(MicroBenchmarks).Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(MicroBenchmarks).Namespace && type.IsPublic).ToArray();
        var summaries = BenchmarkSwitcher.FromTypes(types)
            .Run(arguments.Length == 0 ? ["--filter", "*"] : arguments, DefaultConfig.Instance.WithArtifactsPath(artifacts)).ToList();
        return arguments.Any(AsksOnly.Contains)
            || (summaries.Count > 0
                && summaries.All(summary => summary.Reports.All(report => report.Success) && summary.Reports.Length > 0))
            ? ExitCodes.Success
            : ExitCodes.Incomplete;
    }
}
