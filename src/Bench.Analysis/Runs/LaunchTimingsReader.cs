using Bench.Analysis.Input;
using Bench.Analysis.Measurements;

namespace Bench.Analysis.Runs;

/// <summary>Reads the latencies that launches left in a run folder, of version 2 and later.</summary>
internal static class LaunchTimingsReader
{
    /// <summary>Reads the latencies of cells.</summary>
    /// <param name="folder">The run folder.</param>
    /// <param name="cells">The cells, measured.</param>
    /// <returns>Their timings.</returns>
    /// <exception cref="RunFormatException">A file is missing or damaged, or has another number of latencies than
    /// its record says.</exception>
    public static IReadOnlyDictionary<MeasurementId, CellTimings> Read(RunFolder folder, IReadOnlyList<CellFacts> cells) =>
        InParallel.Select(cells, cell => (cell.Measurement, Timings: Read(folder.Launches, cell)))
            .ToDictionary(cell => cell.Measurement, cell => cell.Timings);

    private static CellTimings Read(LaunchFolder launches, CellFacts cell) => new(
        cell.Id, [.. cell.Launches.Select(launch => Read(launches, new LaunchName(cell.Measurement, launch.Round), launch))]);

    /// <summary>Reads the latencies of a launch.</summary>
    /// <param name="launches">The launches of the run.</param>
    /// <param name="name">The launch.</param>
    /// <param name="launch">What it recorded.</param>
    /// <exception cref="RunFormatException">The file is missing or damaged, or has another number of latencies.</exception>
    internal static LaunchTimings Read(LaunchFolder launches, LaunchName name, LaunchFacts launch)
    {
        var latencies = launches.ReadLatencies(name);
        return latencies.Length == launch.Requests
            ? new LaunchTimings(launch.Round, latencies)
            {
                Node = launch.Node,
                SharedRequestMs = launch.Windows is { } windows ? WindowFacts.RequestMs(windows)
                    : launch.Open is { } open ? 1000 * open.Seconds / Math.Max(1, open.InTime)
                    : null,
            }
            : throw new RunFormatException(launches.LatenciesPath(name),
                $"found {latencies.Length} latencies; the launch's record says {launch.Requests}. The folder is damaged or mixed up.");
    }
}
