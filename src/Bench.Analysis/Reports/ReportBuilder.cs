using Bench.Analysis.Cost;
using Bench.Analysis.Equivalence;
using Bench.Analysis.Runs;
using Bench.Analysis.Statistics;
using Bench.Analysis.Timings;

namespace Bench.Analysis.Reports;

/// <summary>Turns run folders into a <see cref="Report"/>.</summary>
public static class ReportBuilder
{
    // Cells are compared with this backend at this precision, and timed against that one.
    private const string ReferenceBackend = "ort-cpu";
    private const string BaselineBackend = "ort-cpu-unoptimized";
    private const string ReferencePrecision = "fp32";

    /// <summary>Reads runs and reports on them.</summary>
    /// <param name="folders">The run folders, at least one.</param>
    /// <param name="price">What the user says about the machines' price.</param>
    /// <returns>The report.</returns>
    /// <exception cref="RunFormatException">A folder, or a file in it, is missing or damaged.</exception>
    /// <exception cref="ArgumentException">A hardware key or price is not a valid one.</exception>
    public static Report Build(IReadOnlyList<RunFolder> folders, RunPrice price)
    {
        price.Check();
        var runs = folders.Select(folder => Read(folder, price)).ToList();
        var models = runs
            .SelectMany(run => run.Manifest.Cells.Select(cell => cell.Model))
            .Distinct()
            .Select(model => BuildModel(model, runs))
            .ToList();
        return new Report(Report.CurrentSchemaVersion, [.. runs.Select(Summary)], JudgeTogether(models));
    }

    private static Run Read(RunFolder folder, RunPrice price)
    {
        var measured = MeasuredRun.Read(folder);
        return new Run(measured, price.Of(folder, measured.Manifest));
    }

    /// <summary>All comparisons of a report are read together, so they are corrected together.</summary>
    private static List<ModelReport> JudgeTogether(List<ModelReport> models)
    {
        var judged = new Queue<OutputComparison>(OutputComparison.Together(
            [.. models.SelectMany(model => model.Rows).Select(row => row.Comparison).OfType<OutputComparison>()], new EquivalenceOptions()));
        return [.. models.Select(model => model with
        {
            Rows = [.. model.Rows.Select(row => row.Comparison is null ? row : row with { Comparison = judged.Dequeue() })],
        })];
    }

    private static RunSummary Summary(Run run) => new(
        run.Manifest.Id,
        run.Manifest.Complete,
        run.Manifest.Profile,
        run.Manifest.StartedUtc,
        run.Manifest.Cells.Max(cell => cell.SlowedDownBy),
        run.Manifest.Git,
        run.Manifest.Machine,
        run.Manifest.Software,
        [.. run.Manifest.Cells
            .Where(cell => cell is { Status: CellStatus.Measured, Engine: not null })
            .DistinctBy(cell => (cell.Backend, cell.Engine, cell.Device, Settings(cell)))
            .GroupBy(cell => (cell.Backend, cell.Engine, cell.Device))
            .Select(cells => new EngineSummary(cells.Key.Backend, cells.Key.Engine!, cells.First().EngineSource, cells.Key.Device, Common(cells.ToList())))],
        run.Price);

    private static string Settings(CellFacts cell) => string.Join(' ', cell.EngineSettings.OrderBy(setting => setting.Key, StringComparer.Ordinal));

    /// <summary>Settings that all cells of a backend have; those that differ from precision to precision stand in run.json.</summary>
    private static SortedDictionary<string, string> Common(List<CellFacts> cells) => new(
        cells[0].EngineSettings.Where(setting => cells.TrueForAll(cell => cell.EngineSettings.GetValueOrDefault(setting.Key) == setting.Value)).ToDictionary(),
        StringComparer.Ordinal);

    private static ModelReport BuildModel(string id, IReadOnlyList<Run> runs)
    {
        var facts = runs.SelectMany(run => run.Manifest.Models.Where(model => model.Id == id)).ToList();
        var cells = runs.SelectMany(run => run.Manifest.Cells.Where(cell => cell.Model == id).Select(cell => (Run: run, Cell: cell))).ToList();
        var metric = cells.Select(entry => entry.Cell.TaskMetric).FirstOrDefault(found => found is not null);
        return new ModelReport(
            id,
            facts.FirstOrDefault()?.Title ?? "This model could not be prepared",
            metric?.Name ?? (facts.FirstOrDefault()?.Task == "segmentation" ? "mean Dice" : "accuracy"),
            metric?.GradedName ?? "graded score",
            facts.FirstOrDefault()?.EvaluatedCount,
            facts.FirstOrDefault()?.DataCount,
            EquivalenceOptions.For(facts.FirstOrDefault()).Margin,
            [.. cells.Select(entry => BuildRow(entry.Run, entry.Cell, Label(entry.Run, entry.Cell, runs)))],
            [.. ComparabilityWarnings(facts, runs)]);
    }

    /// <summary>A cell alone says which row is meant, until there are several machines, or several runs of one.</summary>
    private static string Label(Run run, CellFacts cell, IReadOnlyList<Run> runs) =>
        runs.Count == 1 ? cell.Id
        : runs.Count(other => other.Manifest.Machine.Name == run.Manifest.Machine.Name) == 1 ? $"{cell.Id} on {run.Manifest.Machine.Name}"
        : $"{cell.Id} in {run.Manifest.Id}";

    private static IEnumerable<string> ComparabilityWarnings(IReadOnlyList<ModelFacts> facts, IReadOnlyList<Run> runs)
    {
        // A run has only the files that its engines and precisions needed.
        if (facts.SelectMany(model => model.Files).GroupBy(file => file.Key).Any(files => files.Select(file => file.Value.Sha256).Distinct().Count() > 1))
        {
            yield return "the runs measured different files of this model (SHA-256 in run.json).";
        }

        if (facts.Select(model => model.DataSha256).Distinct().Count() > 1)
        {
            yield return "the runs evaluated different images.";
        }

        if (facts.Select(model => model.EvaluatedCount).Distinct().Count() > 1 || runs.Select(run => run.Manifest.Profile).Distinct().Count() > 1)
        {
            yield return "the runs have different profiles: they evaluated and timed different numbers of images.";
        }
    }

    private static CellRow BuildRow(Run run, CellFacts cell, string label)
    {
        var latency = Latency(run, cell);
        var baseline = Find(run, cell, BaselineBackend) is { } b ? run.Measured.TimingsOf(b)?.All.Average() : null;
        var reference = Reference(run, cell);
        return new CellRow(
            run.Manifest.Id,
            cell.Id,
            label,
            cell.Status,
            cell.Reason,
            cell.Engine is null ? null : $"{cell.Engine} ({cell.EngineSource})",
            cell.Device,
            cell.NotComparable,
            cell.NodesElsewhere,
            cell.Launches.Select(launch => launch.EngineBuildMs).FirstOrDefault(build => build is not null),
            cell.Precision,
            cell.EffectivePrecision,
            cell.Threads,
            latency,
            Median(cell.Launches.Select(launch => launch.LoadMs)),
            Median(cell.Launches.Select(launch => launch.FirstInferenceMs)),
            latency is not null && cell.NotComparable is null && run.Price is { } price ? Cost(latency, price) : null,
            latency is not null && baseline is not null && cell.NotComparable is null ? latency.MeanMs / baseline : null,
            cell.TaskMetric?.Value,
            reference?.Id == cell.Id,
            reference is null || reference.Id == cell.Id ? null : Compare(run, reference, cell),
            [.. TrustRules.Warnings(run.Manifest.Machine, cell, latency)]);
    }

    private static OutputComparison? Compare(Run run, CellFacts reference, CellFacts cell) => OutputComparison.Between(
        run.Folder,
        reference,
        run.Folder,
        cell,
        EquivalenceOptions.For(run.Manifest.Models.FirstOrDefault(model => model.Id == cell.Model)));

    private static CellFacts? Find(Run run, CellFacts cell, string backend) => run.Manifest.Cells.FirstOrDefault(
        other => other.Model == cell.Model && other.Backend == backend && other.Precision == ReferencePrecision);

    /// <summary>
    /// What a cell's outputs are compared with: the reference backend's at FP32, or else the first of its versions that was measured, or else the
    /// first version of the cell's own backend at its own precision, so that two releases of any engine can be compared.
    /// </summary>
    private static CellFacts? Reference(Run run, CellFacts cell)
    {
        var reference = Measured(run, cell.Model, ReferenceBackend, ReferencePrecision);
        var versions = Measured(run, cell.Model, BaseName(cell.Backend), cell.Precision);
        return reference.Count > 0 ? reference[0] : versions.Count > 1 ? versions[0] : null;
    }

    /// <summary>The cells of a backend, the one without a version first, then versions in the order of the run.</summary>
    private static List<CellFacts> Measured(Run run, string model, string backend, string precision) => [.. run.Manifest.Cells
        .Where(cell => cell.Model == model && cell.Precision == precision && cell.Status == CellStatus.Measured && BaseName(cell.Backend) == backend)
        .OrderBy(cell => cell.Backend == backend ? 0 : 1)];

    // "ort-cpu@1.29.0" is a version of "ort-cpu".
    private static string BaseName(string backend) => backend.Split('@')[0];

    private static LatencyEstimate? Latency(Run run, CellFacts cell) =>
        run.Measured.TimingsOf(cell) is { } timings ? LatencyEstimate.From(timings) : null;

    private static CostEstimate Cost(LatencyEstimate latency, HourlyPrice price) => new(
        HourlyPrice.PerMillionImages(latency.MeanMs, price.UsdPerHour),
        latency.MeanInterval is { } interval ? HourlyPrice.PerMillionImages(interval.HalfWidth, price.UsdPerHour) : null,
        HourlyPrice.PerMillionImages(latency.MeanMs, price.LowUsdPerHour),
        HourlyPrice.PerMillionImages(latency.MeanMs, price.HighUsdPerHour));

    private static double? Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? null : Quantiles.NearestRank(sorted, 0.5);
    }

    private sealed record Run(MeasuredRun Measured, HourlyPrice? Price)
    {
        public RunFolder Folder => Measured.Folder;

        public RunManifest Manifest => Measured.Manifest;
    }
}
