using Bench.Analysis.Input;
using Bench.Analysis.Measurements;

namespace Bench.Analysis.Runs;

/// <summary>Reads the latencies that launches left in a run folder, of version 2 and later.</summary>
internal static class LaunchTimingsReader
{
    /// <summary>Reads the latencies of cells.</summary>
    /// <param name="folder">The run folder.</param>
    /// <param name="cells">The cells, measured.</param>
    /// <returns>Their timings, by cell id.</returns>
    /// <exception cref="RunFormatException">A file is missing or damaged, or has another number of latencies than
    /// its record says.</exception>
    public static IReadOnlyDictionary<CellId, CellTimings> Read(RunFolder folder, IReadOnlyList<CellFacts> cells) =>
        InParallel.Select(cells, cell => Read(folder.Launches, cell)).ToDictionary(timings => timings.CellId);

    private static CellTimings Read(LaunchFolder launches, CellFacts cell)
    {
        var measurement = new MeasurementId(cell.Id, Load.Closed);
        return new CellTimings(
            cell.Id, [.. cell.Launches.Select(launch => Read(launches, new LaunchName(measurement, launch.Round), launch))]);
    }

    private static LaunchTimings Read(LaunchFolder launches, LaunchName name, LaunchFacts launch)
    {
        var latencies = launches.ReadLatencies(name);
        return latencies.Length == launch.Requests
            ? new LaunchTimings(launch.Round, latencies)
            : throw new RunFormatException(launches.LatenciesPath(name),
                $"found {latencies.Length} latencies; the launch's record says {launch.Requests}. The folder is damaged or mixed up.");
    }
}
