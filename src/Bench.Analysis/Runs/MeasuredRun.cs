using System.Globalization;
using Bench.Analysis.Input;
using Bench.Analysis.Measurements;

namespace Bench.Analysis.Runs;

/// <summary>A run: what its manifest says, and its timings, compared with each other.</summary>
public sealed class MeasuredRun
{
    // Eleven days: longer is no latency.
    private const double LongestMs = 1e9;

    private readonly IReadOnlyDictionary<MeasurementId, CellTimings> _timings;
    private readonly Lazy<RunQuality?> _quality;
    private readonly Lazy<TuneRecord?> _tune;
    private readonly ILookup<string, CellFacts> _cells;
    private int _estimates;

    private MeasuredRun(RunFolder folder, RunManifest manifest, IReadOnlyDictionary<MeasurementId, CellTimings> timings)
    {
        Folder = folder;
        Manifest = manifest;
        _timings = timings;
        _quality = new Lazy<RunQuality?>(() => RunQuality.Read(folder));
        _tune = new Lazy<TuneRecord?>(() => TuneRecord.Read(folder));
        _cells = manifest.Cells.ToLookup(cell => cell.Model);
    }

    /// <summary>The run's folder.</summary>
    public RunFolder Folder { get; }

    /// <summary>What <c>run.json</c> says.</summary>
    public RunManifest Manifest { get; }

    /// <summary>What is kept of the outputs that are gone; null if nothing is. Read when it is first asked for.</summary>
    /// <exception cref="RunFormatException">The file is damaged or of another version.</exception>
    public RunQuality? Quality => _quality.Value;

    /// <summary>What the search left that its cells were chosen by; null if they were not. Read when it is first asked for.</summary>
    /// <exception cref="RunFormatException">The file is damaged or of another version.</exception>
    public TuneRecord? Tune => _tune.Value;

    /// <summary>How often a latency was estimated from timings: what a large run takes its time for, so once for each cell.</summary>
    internal int Estimates => _estimates;

    /// <summary>Reads a run.</summary>
    /// <param name="folder">Its folder.</param>
    /// <returns>The run.</returns>
    /// <exception cref="RunFormatException">The folder, or a file in it, is missing or damaged.</exception>
    public static MeasuredRun Read(RunFolder folder)
    {
        var manifest = folder.ReadManifest();
        var measured = manifest.Cells.Where(cell => cell.Status == CellStatus.Measured).ToList();
        return new MeasuredRun(folder, manifest, measured.Count == 0 ? new Dictionary<MeasurementId, CellTimings>()
            : manifest.SchemaVersion > 1 ? LaunchTimingsReader.Read(folder, measured)
            : BenchmarkDotNetReader.Read(folder));
    }

    /// <summary>A run whose figures were published, and which has no timings to be read.</summary>
    /// <param name="source">Where the manifest was read, for messages.</param>
    /// <param name="manifest">The manifest.</param>
    /// <returns>The run.</returns>
    internal static MeasuredRun OfPublished(string source, RunManifest manifest) =>
        new(new RunFolder(source), manifest, new Dictionary<MeasurementId, CellTimings>());

    /// <summary>The cells of a model, in the order of the run.</summary>
    internal IEnumerable<CellFacts> CellsOf(string model) => _cells[model];

    /// <summary>The run with some of its cells only.</summary>
    /// <param name="keep">Which ones.</param>
    /// <returns>The run.</returns>
    internal MeasuredRun Only(Func<CellFacts, bool> keep) =>
        new(Folder, Manifest with { Cells = [.. Manifest.Cells.Where(keep)] }, _timings);

    /// <summary>What is known of a cell's latency.</summary>
    /// <param name="cell">A cell of this run.</param>
    /// <returns>The estimate, or null if the cell was neither measured nor published.</returns>
    /// <exception cref="RunFormatException">Timings and manifest contradict each other, or a published time is none.</exception>
    public LatencyEstimate? LatencyOf(CellFacts cell)
    {
        if (cell.Status == CellStatus.Published)
        {
            return cell.Published is { } figures
                ? Published(cell, figures)
                : throw new RunFormatException(
                    Folder.ManifestPath, $"found no published figures for {cell.Id}; expected them, as its status says.");
        }

        if (TimingsOf(cell) is not { } timings)
        {
            return null;
        }

        Interlocked.Increment(ref _estimates);
        return LatencyEstimate.From(timings);
    }

    private LatencyEstimate Published(CellFacts cell, PublishedFigures figures) =>
        Manifest.Published is null
            ? throw new RunFormatException(Folder.ManifestPath,
                $"found published figures for {cell.Id} and no source; expected who published them, as published.source.")
        : !(figures.MeanMs > 0 && figures.MeanMs <= LongestMs) ? throw new RunFormatException(
            Folder.ManifestPath, string.Create(CultureInfo.InvariantCulture,
                $"found {figures.MeanMs} for {cell.Id}; expected a published meanMs above 0 and at most {LongestMs}."))
        : figures.MetricChange is < -1 or > 1 ? throw new RunFormatException(
            Folder.ManifestPath, string.Create(CultureInfo.InvariantCulture,
                $"found the metricChange {figures.MetricChange} of {cell.Id}; expected a number from -1 to 1."))
        : LatencyEstimate.Published(figures.MeanMs);

    /// <summary>The timings of a cell.</summary>
    /// <param name="cell">A cell of this run.</param>
    /// <returns>The timings of the launches that ran to their end, or null if the cell was not measured.</returns>
    /// <exception cref="RunFormatException">Timings and manifest contradict each other.</exception>
    public CellTimings? TimingsOf(CellFacts cell)
    {
        if (cell.Status != CellStatus.Measured)
        {
            return null;
        }

        if (!_timings.TryGetValue(cell.Measurement, out var all))
        {
            throw new RunFormatException(
                Folder.BenchmarkDotNetPath,
                $"found no timings of {cell.Measurement}, which run.json calls measured. The folder is damaged or mixed up.");
        }

        // An interrupted launch leaves timings but no record; it does not count.
        var rounds = cell.Launches.Select(launch => launch.Round).ToList();
        var timings = all.Only(rounds);
        return timings.Count > 0 && timings.Launches.Select(launch => launch.Round).SequenceEqual(rounds)
            && timings.Count == cell.Iterations
            ? timings
            : throw new RunFormatException(
                Folder.BenchmarkDotNetPath,
                $"found {timings.Count} timings of {cell.Measurement} in rounds "
                + $"{string.Join(", ", timings.Launches.Select(launch => launch.Round))}; "
                + $"run.json says {cell.Iterations} in rounds {string.Join(", ", rounds)}. The folder is damaged or mixed up.");
    }
}
