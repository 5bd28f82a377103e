using Bench.Analysis.Cost;
using Bench.Analysis.Exports;
using Bench.Analysis.Input;
using Bench.Analysis.Json;
using Bench.Analysis.Measurements;
using Bench.Analysis.Runs;

namespace Bench.Analysis.Comparison;

/// <summary>A cell, or a benchmark of any project, on one side of a comparison.</summary>
/// <param name="Name">The cell's id, or the benchmark's name.</param>
/// <param name="Identity">All that an export tells of which benchmark it is; null for a cell, whose id is enough.</param>
/// <param name="Launches">Times of one operation in ms, launch by launch; empty where it failed or only a summary is left.</param>
/// <param name="Summary">Mean and its uncertainty, where nothing else is left.</param>
/// <param name="Failure">Why there are no times; null if there are.</param>
/// <param name="WasTried">False for a cell that cannot run on its machine.</param>
/// <param name="Cell">The cell; null for other projects' benchmarks.</param>
public sealed record SideBenchmark(
    string Name,
    BenchmarkName? Identity,
    IReadOnlyList<IReadOnlyList<double>> Launches,
    ExportedSummary? Summary,
    string? Failure,
    bool WasTried,
    CellFacts? Cell)
{
    /// <summary>The rounds of the launches; empty where they are counted from 1.</summary>
    public IReadOnlyList<int> Rounds { get; init; } = [];

    /// <summary>Whether each of its times is one request, as in a cell; iterations of other projects are means of many operations,
    /// which have no tails.</summary>
    public bool IsOfRequests { get; init; }

    /// <summary>Whether its launches took turns with those of other benchmarks: only then do launches of the same number lie
    /// close together.</summary>
    internal bool HasRounds => Rounds.Count > 0;

    /// <summary>The round of a launch.</summary>
    internal int RoundOf(int launch) => Rounds.Count > launch ? Rounds[launch] : launch + 1;

    /// <summary>How many images the machine processes in a second; null for other projects' benchmarks, and where a run does not
    /// tell.</summary>
    public ThroughputEstimate? Throughput { get; init; }

    /// <summary>What an hour of what it ran on costs; null if unknown.</summary>
    public HourlyPrice? Price { get; init; }

    /// <summary>What MemoryDiagnoser counted; null for a cell, and where it was not used.</summary>
    public ExportedMemory? Memory { get; init; }

    /// <summary>The file that it was read from; empty for the cells of a run.</summary>
    public string File { get; init; } = string.Empty;

    /// <summary>What tells its job from others of the same name; empty for a cell.</summary>
    public string Job => Identity?.Job.Text ?? string.Empty;

    /// <summary>Name, categories and job, for a table.</summary>
    public string Label
    {
        get
        {
            var name = Identity is { Categories.Length: > 0 } ? $"{Name} ({Identity.Categories})" : Name;
            return Job.Length > 0 ? $"{name} [{Identity!.Job.Label}]" : name;
        }
    }

    internal static SideBenchmark Of(MeasuredRun run, CellFacts cell)
    {
        var timings = run.TimingsOf(cell);
        return new SideBenchmark(
            cell.Measurement.ToString(),
            null,
            timings is null ? [] : [.. timings.Units.Select(unit => unit.SelectMany(launch => launch.LatenciesMs).ToList())],
            null,
            timings is null ? cell.Reason ?? EnumNames.Of(cell.Status) : null,
            cell.Status != CellStatus.Unavailable,
            cell)
        {
            IsOfRequests = true,
            Throughput = Throughputs.Of(timings, cell.Id.Streams),
            Rounds = timings is null ? [] : [.. timings.Units.Select(unit => unit[0].Round)],
        };
    }

    internal static IReadOnlyList<SideBenchmark> Of(Export export)
    {
        // In Bench's own exports of version 1 the rounds of a cell are jobs of their own.
        var rounds = export.Benchmarks.ToLookup(benchmark => JobName.TryParse(benchmark.Name, out var job, out var model)
            ? job.CellId(model)
            : null);
        return
        [
            .. rounds.Where(cell => cell.Key is not null).Select(cell => OfRounds(cell.Key!.ToString(), [.. cell])),
            .. rounds[null].Select(benchmark =>
                MeasurementParameters.TryParse(benchmark.Name, out var id) ? OfMeasurement(id, benchmark) : OfAnybody(benchmark)),
        ];
    }

    private static SideBenchmark OfMeasurement(MeasurementId id, ExportedBenchmark benchmark) =>
        new(id.ToString(), null, benchmark.Launches, benchmark.Summary, benchmark.Failure, WasTried: true, null)
        {
            File = benchmark.File,
            IsOfRequests = benchmark.Summary is null,
            Rounds = benchmark.LaunchNumbers,
        };

    private static SideBenchmark OfAnybody(ExportedBenchmark benchmark) => new(
        NameOf(benchmark.Name), benchmark.Name, benchmark.Launches, benchmark.Summary, benchmark.Failure, WasTried: true, null)
    {
        File = benchmark.File,
        Memory = benchmark.Memory,
    };

    private static SideBenchmark OfRounds(string cellId, IReadOnlyList<ExportedBenchmark> rounds)
    {
        // A table in markdown keeps the mean of each round, which is what a launch counts for.
        var launches = rounds
            .SelectMany(benchmark => (benchmark.Summary is { } summary ? [[summary.MeanMs]] : benchmark.Launches)
                .Select(launch => (Round: RoundOf(benchmark), Launch: launch)))
            .OrderBy(entry => entry.Round)
            .ToList();
        var failure = rounds.Select(round => round.Failure).FirstOrDefault(reason => reason is not null);
        var twice = launches.GroupBy(entry => entry.Round).FirstOrDefault(round => round.Count() > 1);
        if (twice is not null)
        {
            throw new RunFormatException(
                string.Join(" and ", rounds.Select(round => round.File).Distinct()),
                $"found round {twice.Key} of {cellId} {twice.Count()} times; expected every launch once. "
                + "Give the file that you mean, or keep runs in folders of their own.");
        }

        return new SideBenchmark(
            cellId, null, failure is null ? [.. launches.Select(entry => entry.Launch)] : [], null, failure, WasTried: true, null)
        {
            IsOfRequests = rounds.All(round => round.Summary is null),
            Rounds = failure is null ? [.. launches.Select(entry => entry.Round)] : [],
        };
    }

    private static int RoundOf(ExportedBenchmark benchmark) => JobName.TryParse(benchmark.Name, out var job, out _) ? job.Round : 0;

    // Long arrays are cut short in full names, so that parameters may tell apart what they do not.
    private static string NameOf(BenchmarkName name) => name.FullName is not { } full ? name.Label
        : full.Contains("...", StringComparison.Ordinal) && name.Parameters.Length > 0
            ? $"{full} ({name.Parameters.Replace("&", ", ", StringComparison.Ordinal)})"
        : full;
}
