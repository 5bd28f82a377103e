using Bench.Analysis.Cost;
using Bench.Analysis.Equivalence;
using Bench.Analysis.Input;
using Bench.Analysis.Measurements;
using Bench.Analysis.Runs;
using Bench.Analysis.Statistics;

namespace Bench.Analysis.Rows;

/// <summary>Puts together what is known of every cell of some runs: its facts, its estimates, its cost, its outputs.</summary>
internal static class RowBuilder
{
    /// <summary>Makes the rows of every model.</summary>
    /// <param name="runs">The runs, at least one.</param>
    /// <param name="cost">How times and prices become costs.</param>
    /// <returns>The models in the order in which the runs name them.</returns>
    /// <exception cref="RunFormatException">Timings or outputs are missing or damaged.</exception>
    /// <exception cref="ArgumentException">The cost model is out of range.</exception>
    public static IReadOnlyList<ModelReport> Build(IReadOnlyList<PricedRun> runs, CostModel cost)
    {
        cost.Check();
        return JudgeTogether(runs
            .SelectMany(run => run.Manifest.Cells.Select(cell => cell.Model))
            .Distinct()
            .Select(model => BuildModel(model, runs, cost))
            .ToList());
    }

    /// <summary>All comparisons of a report are read together, so they are corrected together: each cell's once, however many loads it
    /// was measured under, since its outputs are those of its closed load.</summary>
    internal static IReadOnlyList<ModelReport> JudgeTogether(IReadOnlyList<ModelReport> models)
    {
        var cells = models.SelectMany(model => model.Rows).Where(row => row.Comparison is not null)
            .DistinctBy(CellOfRun).ToList();
        var judged = cells.Zip(OutputComparison.Together([.. cells.Select(row => row.Comparison!)]))
            .ToDictionary(pair => CellOfRun(pair.First), pair => pair.Second);
        return [.. models.Select(model => model with
        {
            Rows = [.. model.Rows.Select(row => row.Comparison is null ? row : row with { Comparison = judged[CellOfRun(row)] })],
        })];
    }

    private static (string Run, CellId Cell) CellOfRun(MeasurementRow row) => (row.RunId, row.Facts.Id);

    private static ModelReport BuildModel(string id, IReadOnlyList<PricedRun> runs, CostModel cost)
    {
        var facts = runs.SelectMany(run => run.Manifest.Models.Where(model => model.Id == id)).ToList();
        var cells = runs.SelectMany(run => run.Measured.CellsOf(id).Select(cell => (Run: run, Cell: cell))).ToList();
        var allowed = EquivalenceOptions.Strictest(facts);
        var baselines = new Dictionary<PricedRun, Lazy<double?>>(ReferenceEqualityComparer.Instance);
        foreach (var run in runs)
        {
            baselines[run] = new Lazy<double?>(() => BaselineMs(run, id));
        }

        var metric = cells.Select(entry => entry.Cell.TaskMetric).FirstOrDefault(found => found is not null);
        return new ModelReport
        {
            Id = id,
            Title = facts.FirstOrDefault()?.Title ?? "This model could not be prepared",
            MetricName = metric?.Name ?? (facts.FirstOrDefault() is { HasLabels: false } ? null
                : facts.FirstOrDefault()?.Task == "segmentation" ? "mean Dice" : "accuracy"),
            GradedName = metric?.GradedName ?? "graded score",
            Inputs = facts.FirstOrDefault()?.Inputs,
            Outputs = facts.FirstOrDefault()?.Outputs,
            Volume = facts.FirstOrDefault()?.Volume,
            Notes = facts.FirstOrDefault()?.Notes ?? [],
            EvaluatedImages = facts.FirstOrDefault()?.EvaluatedCount,
            DataImages = facts.FirstOrDefault()?.DataCount,
            Margin = allowed.Margin,
            ToleratedShare = allowed.ToleratedShare,
            Rows = InParallel.Select(cells, entry => BuildRow(entry.Run, entry.Cell, runs, cost, baselines[entry.Run])),
            Warnings = [.. ComparabilityWarnings(facts, [.. runs.Where(run => run.Model(id) is not null)])],
        };
    }

    /// <summary>A cell alone says which row is meant, until it is in several runs: then what it ran on does, or else the run.</summary>
    private static string Label(PricedRun run, CellFacts cell, IReadOnlyList<PricedRun> runs)
    {
        // One run needs no look at all its cells for each of them.
        if (runs.Count == 1)
        {
            return cell.Measurement.ToString();
        }

        string On(PricedRun of, CellFacts found) => CellDevice.Of(of.Manifest.Machine, found).Label;
        var alike = runs.Count(
            other => other.Measured.CellsOf(cell.Model).Any(
                found => found.Measurement == cell.Measurement && On(other, found) == On(run, cell)));
        return alike == 1 ? $"{cell.Measurement} on {On(run, cell)}" : $"{cell.Measurement} in {run.Manifest.Id}";
    }

    private static IEnumerable<string> ComparabilityWarnings(IReadOnlyList<ModelFacts> facts, IReadOnlyList<PricedRun> runs)
    {
        foreach (var what in ModelIdentity.Differing([.. facts.Select(model => (model.Id, model))])
            .Select(difference => difference.IsOfSources).Distinct())
        {
            yield return what
                ? "the runs measured different networks by the name of this model (source in run.json)."
                : "the runs measured different files of this model (SHA-256 in run.json).";
        }

        if (facts.Select(model => model.DataSha256).OfType<string>().Distinct().Count() > 1)
        {
            yield return "the runs evaluated different images.";
        }

        if (facts.Select(model => model.Volume?.Inferences).Distinct().Count() > 1)
        {
            yield return "the runs' cards say different things of volumes; what stands here per volume is by the first.";
        }

        if (facts.Select(model => model.EvaluatedCount).Distinct().Count() > 1
            || runs.Select(run => run.Manifest.Profile).Distinct().Count() > 1)
        {
            yield return "the runs have different profiles: they evaluated and timed different numbers of images.";
        }
    }

    private static MeasurementRow BuildRow(
        PricedRun run, CellFacts cell, IReadOnlyList<PricedRun> runs, CostModel cost, Lazy<double?> baseline)
    {
        var latency = run.Measured.LatencyOf(cell);
        var reference = ReferenceCell.Of(run, cell, runs);
        var comparison = reference?.Compare(run, cell, runs);
        var int8 = Int8Gain.Of(run, cell);
        var gone = comparison is null ? reference?.WhyNotCompared(run, cell) : null;
        var row = new MeasurementRow(cell)
        {
            RunId = run.Manifest.Id,
            Plan = run.Manifest.Plan,
            Label = Label(run, cell, runs),
            Latency = latency,
            Throughput = latency is null || cell.WhyNoThroughput is not null ? null : Throughput(run, cell, latency),
            DifferenceFromBatch1 = DifferenceFromBatch1(run, cell, runs),
            Open = latency is null ? null : OpenLoadRow.Of(run.Manifest, cell),
            LoadMs = Median(cell.Launches.Select(launch => launch.LoadMs)),
            FirstInferenceMs = Median(cell.Launches.Select(launch => launch.FirstInferenceMs)),
            IsReference = reference?.Is(run, cell) ?? false,
            HasQualityReference = reference?.IsOfQuality ?? false,
            Comparison = comparison,
            Int8 = int8,
            Warnings =
            [
                .. int8 is { Verdict: not Int8Verdict.Faster } ? [int8.Text] : Array.Empty<string>(),
                .. TrustRules.Warnings(run.Manifest, cell, latency),
                .. StreamRules.Warnings(run.Manifest.Plan, cell, run.Measured.TimingsOf(cell)),
                .. gone is null ? Array.Empty<string>() : [gone],
            ],
        };
        return !row.HasComparableTime ? row : Priced(run, row, cost) with
        {
            TimeAgainstBaseline = cell.OpenLoad is null ? row.Throughput!.ImageMs / (baseline.Value ?? BaselineMs(run, cell)) : null,
        };
    }

    private static MeasurementRow Priced(PricedRun run, MeasurementRow row, CostModel cost)
    {
        var finding = run.PriceOf(row.Facts);
        var usd = finding.Price is { } price ? CostEstimate.Of(row.Throughput!, row.StartMs, price, cost) : null;
        return row with
        {
            Cost = usd,
            WhyNoCost = usd is not null
                ? null
                : finding.WhyNot ?? "how long a start takes is not known, and --images-per-start counts starts",
        };
    }

    private static ThroughputEstimate Throughput(PricedRun run, CellFacts cell, LatencyEstimate latency) =>
        run.Measured.TimingsOf(cell) is { } timings ? ThroughputEstimate.From(timings) : ThroughputEstimate.Published(latency.MeanMs);

    private static double? DifferenceFromBatch1(PricedRun run, CellFacts cell, IReadOnlyList<PricedRun> runs) =>
        OwnBatch1.Of(run.Measured, cell) is not { } alone ? null
            : OutputComparison.Between(run.Measured, alone, run.Measured, cell, EquivalenceOptions.Strictest(
                [.. runs.Select(other => other.Model(cell.Model)).OfType<ModelFacts>()]))?.Evidence.Paired.MaxAbsDifference;

    /// <summary>Where every baseline has knobs: that with the cell's own.</summary>
    private static double? BaselineMs(PricedRun run, CellFacts cell) =>
        run.Measured.CellsOf(cell.Model).FirstOrDefault(other => ReferenceCell.ForModel(run, cell.Model, run.Manifest.Roles.Baseline)
            .Includes(other.Id)
            && other is { OpenLoad: null, Id.Backend.Version: null } && other.Id.Variant.Equals(cell.Id.Variant)) is { } found
            ? ImageMs(run, found)
            : null;

    /// <summary>The time for an image of the run's baseline for a model in ms; null without one.</summary>
    private static double? BaselineMs(PricedRun run, string model) =>
        run.Measured.CellsOf(model).FirstOrDefault(cell => ReferenceCell.ForModel(run, model, run.Manifest.Roles.Baseline)
            .Is(cell.Id) && cell.OpenLoad is null) is { } cell
            ? ImageMs(run, cell)
            : null;

    private static double? ImageMs(PricedRun run, CellFacts cell) =>
        run.Measured.TimingsOf(cell) is { } timings ? ThroughputEstimate.From(timings).ImageMs : null;

    private static double? Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? null : Quantiles.NearestRank(sorted, 0.5);
    }
}
