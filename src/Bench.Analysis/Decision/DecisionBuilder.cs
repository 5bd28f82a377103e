using Bench.Analysis.Comparison;
using Bench.Analysis.Cost;
using Bench.Analysis.Input;
using Bench.Analysis.Measurements;
using Bench.Analysis.Rows;
using Bench.Analysis.Runs;

namespace Bench.Analysis.Decision;

/// <summary>Turns runs into decisions, one for each model.</summary>
public static class DecisionBuilder
{
    // Seeds of runs lie below, those of cells above.
    private const int LaunchSeeds = 10_000;

    /// <summary>Reads runs and decides.</summary>
    /// <param name="folders">The run folders, at least one.</param>
    /// <param name="price">What the user says about the machines' price.</param>
    /// <param name="options">What is asked of a choice.</param>
    /// <returns>A decision for each model.</returns>
    /// <exception cref="RunFormatException">A folder is missing or damaged, or the runs cannot be put into one decision.</exception>
    /// <exception cref="ArgumentException">A hardware key, a price or an option is not a valid one.</exception>
    public static IReadOnlyList<ModelDecision> Build(IReadOnlyList<RunFolder> folders, RunPrice price, DecisionOptions options)
    {
        var runs = Read(folders, price, options);
        return Build(runs, RowBuilder.Build(runs, options.Cost), options);
    }

    /// <summary>Reads the runs that a decision is made of.</summary>
    /// <param name="folders">The run folders, at least one.</param>
    /// <param name="price">What the user says about the machines' price.</param>
    /// <param name="options">What is asked of a choice.</param>
    /// <returns>The runs, or, where the latest alone are asked for, what is left of them.</returns>
    /// <exception cref="RunFormatException">A folder is missing or damaged.</exception>
    /// <exception cref="ArgumentException">A hardware key, a price or an option is not a valid one.</exception>
    public static IReadOnlyList<PricedRun> Read(IReadOnlyList<RunFolder> folders, RunPrice price, DecisionOptions options)
    {
        options.Check();
        var runs = PricedRun.Read(folders, price);
        foreach (var run in runs)
        {
            run.Manifest.ThrowIfSearch(run.Folder);
        }

        return options.LatestOnly ? LatestRuns.Of(runs) : runs;
    }

    /// <summary>Decides.</summary>
    /// <param name="runs">The runs, as <see cref="Read"/> gives them.</param>
    /// <param name="models">Their rows, with the same cost model.</param>
    /// <param name="options">What is asked of a choice.</param>
    /// <returns>A decision for each model.</returns>
    /// <exception cref="RunFormatException">The runs cannot be put into one decision.</exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static IReadOnlyList<ModelDecision> Build(
        IReadOnlyList<PricedRun> runs, IReadOnlyList<ModelReport> models, DecisionOptions options)
    {
        options.Check();
        Comparable.Check(runs, options);
        return [.. models.Select(model =>
        {
            var candidates = Candidates(runs, model, options);
            var decision = DecisionRule.Decide(model.Id, candidates, options);
            List<string> ofRuns = [.. DecisionRemarks.OfRuns(runs, model, decision, options)];
            return decision with { RunRemarks = ofRuns, Remarks = [.. decision.Remarks, .. ofRuns] };
        })];
    }

    private static List<Candidate> Candidates(IReadOnlyList<PricedRun> runs, ModelReport model, DecisionOptions options)
    {
        var candidates = new List<Candidate>();
        foreach (var row in model.Rows.Where(row => row is { HasComparableTime: true, Cost: not null } && IsAskedFor(row, options)))
        {
            var (index, run) = runs.Index().Single(entry => entry.Item.Manifest.Id == row.RunId);
            candidates.Add(Candidate(run, row, options, (index, candidates.Count), runs.Count));
        }

        Comparable.CheckProducts(runs, candidates);
        return candidates;
    }

    /// <summary>Whether a row may be a candidate at all.</summary>
    internal static bool IsAskedFor(MeasurementRow row, DecisionOptions options) =>
        !options.PlainOnly || row is { CellId.IsPlain: true, Load: null };

    private static Candidate Candidate(
        PricedRun run, MeasurementRow row, DecisionOptions options, (int Run, int Cell) index, int runs)
    {
        var cell = row.Facts;
        var timings = run.Measured.TimingsOf(cell);
        var price = run.PriceOf(cell).Price!;
        var comparison = row.HasQualityReference ? row.Comparison : null;
        var isReference = row is { IsReference: true, HasQualityReference: true };
        var latency = LatencyBound.Of(row.Latency!, timings, options.Quantile);
        var times = Times(run.Manifest, timings?.Launches ?? [], row.CellId.Batch);
        return new Candidate
        {
            Cell = row.CellId,
            Load = row.Measurement.Load,
            Hardware = price.Hardware ?? CellDevice.Of(run.Manifest.Machine, cell).Label,
            RunId = row.RunId,
            Label = row.Label,
            Price = price,
            Latency = latency,
            Throughput = row.Throughput!,
            Threads = row.Threads,
            StartMs = row.StartMs ?? 0,
            Cost = row.Cost!,
            MetricChange = row.PublishedMetricChange ?? (isReference ? 0 : comparison?.MetricChange),
            Comparison = comparison,
            IsReference = isReference,
            ReferenceRole = run.Manifest.Roles.Reference,
            ModelBytes = run.Manifest.ModelFile(cell)?.Bytes,
            LaunchImageMs = times,
            AreNodes = timings?.IsOfNodes == true,
            Draws = LatencyDraws.Of(
                [.. Times(run.Manifest, timings?.Only(SharedRounds(run, cell)).Launches ?? [], row.CellId.Batch).Values],
                latency,
                row.Latency!.MeanMs / row.Throughput!.ImageMs,
                options.Quantile == LatencyQuantile.Mean,
                runs > 1 ? BetweenRuns.UnknownDeviation : 0,
                options,
                options.Seed + 1 + index.Run,
                options.Seed + LaunchSeeds + index.Cell),
            IsPublished = timings is null,
        };
    }

    /// <summary>The time for an image of each launch, by its round. Where several nodes have measured the model it is the mean of each
    /// node, by its place among them: cells of one run then share nodes as they share rounds, and launches on one node count once.
    /// </summary>
    private static SortedDictionary<int, double> Times(RunManifest manifest, IReadOnlyList<LaunchTimings> launches, int batch)
    {
        var nodes = manifest.Nodes?.ToList() ?? [];
        return new(launches.GroupBy(launch => launch.Node is { } node ? nodes.IndexOf(node) : launch.Round)
            .ToDictionary(unit => unit.Key, unit => unit.Average(launch => launch.RequestMs / batch)));
    }

    /// <summary>The rounds that ran to their end for all cells of a model in a run, or the cell's own if those are too few.</summary>
    private static HashSet<int> SharedRounds(PricedRun run, CellFacts cell)
    {
        var own = cell.Launches.Select(launch => launch.Round).ToHashSet();
        var shared = new HashSet<int>(own);
        foreach (var other in run.Measured.CellsOf(cell.Model)
            .Where(other => other.Status == CellStatus.Measured && other.Launches.Count > 1))
        {
            shared.IntersectWith(other.Launches.Select(launch => launch.Round));
        }

        return shared.Count >= LatencyDraws.FewestLaunches ? shared : own;
    }
}
