using Bench.Analysis.Exports;
using Bench.Analysis.Runs;
using Bench.Analysis.Timings;

namespace Bench.Analysis.Comparison;

/// <summary>A cell, or a benchmark of any project, on one side of a comparison.</summary>
/// <param name="Name">The cell's id, or the benchmark's name.</param>
/// <param name="Job">What tells its job from others of the same name; empty for a cell.</param>
/// <param name="ShortName">The name without namespace and type arguments, as tables in markdown have it.</param>
/// <param name="Launches">Times of one operation in ns, launch by launch; empty where it failed or only a summary is left.</param>
/// <param name="Summary">Mean and its uncertainty, where nothing else is left.</param>
/// <param name="Failure">Why there are no times; null if there are.</param>
/// <param name="WasTried">False for a cell that cannot run on its machine.</param>
/// <param name="Cell">The cell; null for other projects' benchmarks.</param>
public sealed record SideBenchmark(
    string Name,
    string Job,
    string ShortName,
    IReadOnlyList<IReadOnlyList<double>> Launches,
    ExportedSummary? Summary,
    string? Failure,
    bool WasTried,
    CellFacts? Cell)
{
    private const double NanosecondsPerMillisecond = 1e6;

    /// <summary>The rounds of the launches; empty where they are counted from 1.</summary>
    public IReadOnlyList<int> Rounds { get; init; } = [];

    /// <summary>Name and job, for a table.</summary>
    public string Label => Job.Length > 0 ? $"{Name} [{Job}]" : Name;

    internal static SideBenchmark Of(MeasuredRun run, CellFacts cell)
    {
        var timings = run.TimingsOf(cell);
        return new SideBenchmark(
            cell.Id,
            string.Empty,
            cell.Id,
            timings is null ? [] : [.. timings.Launches.Select(launch => launch.LatenciesMs.Select(ms => ms * NanosecondsPerMillisecond).ToArray())],
            null,
            timings is null ? cell.Reason ?? cell.Status.ToString().ToLowerInvariant() : null,
            cell.Status != CellStatus.Unavailable,
            cell)
        {
            Rounds = timings is null ? [] : [.. timings.Launches.Select(launch => launch.Round)],
        };
    }

    internal static IReadOnlyList<SideBenchmark> Of(Export export)
    {
        // The rounds of a cell are jobs of their own in Bench's own exports.
        var rounds = export.Benchmarks.ToLookup(benchmark => JobName.TryParse(benchmark.Name, out var job, out var model) ? job.CellId(model) : string.Empty);
        return
        [
            .. rounds.Where(cell => cell.Key.Length > 0).Select(cell => OfRounds(cell.Key, [.. cell])),
            .. rounds[string.Empty].Select(benchmark => new SideBenchmark(
                benchmark.Name.FullName ?? benchmark.Name.Label,
                benchmark.Name.Job,
                ShortNameOf(benchmark.Name),
                benchmark.Launches,
                benchmark.Summary,
                benchmark.Failure,
                WasTried: true,
                null)),
        ];
    }

    private static SideBenchmark OfRounds(string cellId, IReadOnlyList<ExportedBenchmark> rounds)
    {
        // A table in markdown keeps the mean of each round, which is what a launch counts for.
        var launches = rounds
            .SelectMany(benchmark => (benchmark.Summary is { } summary ? [[summary.MeanNs]] : benchmark.Launches).Select(launch => (Round: RoundOf(benchmark), Launch: launch)))
            .OrderBy(entry => entry.Round)
            .ToList();
        var failure = rounds.Select(round => round.Failure).FirstOrDefault(reason => reason is not null);
        return new SideBenchmark(cellId, string.Empty, cellId, failure is null ? [.. launches.Select(entry => entry.Launch)] : [], null, failure, WasTried: true, null)
        {
            Rounds = failure is null ? [.. launches.Select(entry => entry.Round)] : [],
        };
    }

    private static int RoundOf(ExportedBenchmark benchmark) => JobName.TryParse(benchmark.Name, out var job, out _) ? job.Round : 0;

    private static string ShortNameOf(BenchmarkName name)
    {
        var plain = name.Type.Replace('<', '_').Replace('>', '_');
        var arguments = plain.IndexOf('_', StringComparison.Ordinal);
        var dot = plain.LastIndexOf('.', arguments < 0 ? plain.Length - 1 : arguments);
        return (name with { Type = plain[(dot + 1)..] }).Label;
    }
}
