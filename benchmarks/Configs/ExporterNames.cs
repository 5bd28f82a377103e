using BenchmarkDotNet.ConsoleArguments;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Loggers;

namespace Bench.Benchmarks.Configs;

/// <summary>Exporters by the names that BenchmarkDotNet's own command line gives them, read by its own parser.</summary>
internal static class ExporterNames
{
    /// <param name="names">The names, such as <c>csv</c>.</param>
    /// <param name="fault">What BenchmarkDotNet says against them; null if nothing.</param>
    /// <returns>The exporters; none if there is a fault.</returns>
    public static IReadOnlyList<IExporter> Parse(IReadOnlyList<string> names, out string? fault)
    {
        fault = null;
        if (names.Count == 0)
        {
            return [];
        }

        var said = new AccumulationLogger();
        var (isSuccess, config, _) = ConfigParser.Parse(["--exporters", .. names], said);
        if (!isSuccess || config is null)
        {
            fault = string.Join(' ', said.GetLog().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
            return [];
        }

        return [.. config.GetExporters()];
    }
}
