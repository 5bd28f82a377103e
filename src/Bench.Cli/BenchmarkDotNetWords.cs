namespace Bench.Cli;

/// <summary>Options of BenchmarkDotNet that people try here first.</summary>
internal static class BenchmarkDotNetWords
{
    private const string Measuring =
        "that is an option of BenchmarkDotNet: give it where you measure. bench reads the exports that are left.";

    private static readonly string[] Options =
    [
        "--job", "-j", "--memory", "-m", "--exporters", "-e", "--launchCount", "--iterationCount", "--iterationTime", "--warmupCount",
        "--runtimes", "-r", "--artifacts", "-a", "--statisticalTest", "--threading", "--profiler", "--anyCategories", "--allCategories",
    ];

    /// <summary>What to say of each, by option.</summary>
    public static IReadOnlyDictionary<string, string> Hints { get; } =
        Options.ToDictionary(option => option, _ => Measuring, StringComparer.OrdinalIgnoreCase);
}
