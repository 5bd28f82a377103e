using Bench.Analysis.Cost;
using Bench.Analysis.Quality;
using Bench.Analysis.Runs;
using Bench.Analysis.Statistics;
using Bench.Analysis.Timings;

namespace Bench.Analysis.Reports;

/// <summary>What the user says about machines that the runs themselves do not.</summary>
/// <param name="Prices">Prices by hardware.</param>
/// <param name="Hardware">The hardware of all runs; null to take what each run recorded.</param>
/// <param name="UsdPerHour">The price of an hour of all machines; null to take what each run recorded.</param>
public sealed record ReportOptions(PriceCatalogue Prices, string? Hardware = null, double? UsdPerHour = null);

/// <summary>Turns run folders into a <see cref="Report"/>.</summary>
public static class ReportBuilder
{
    // Cells are compared with this backend at this precision, and timed against that one.
    private const string ReferenceBackend = "ort-cpu";
    private const string BaselineBackend = "ort-cpu-unoptimized";
    private const string ReferencePrecision = "fp32";

    /// <summary>Reads runs and reports on them.</summary>
    /// <param name="folders">The run folders, at least one.</param>
    /// <param name="options">What the user says about the machines.</param>
    /// <returns>The report.</returns>
    /// <exception cref="RunFormatException">A folder, or a file in it, is missing or damaged.</exception>
    /// <exception cref="ArgumentException">A hardware key or price is not a valid one.</exception>
    public static Report Build(IReadOnlyList<RunFolder> folders, ReportOptions options)
    {
        var runs = folders.Select(folder => ReadRun(folder, options)).ToList();
        var models = runs
            .SelectMany(run => run.Manifest.Models)
            .DistinctBy(model => model.Id)
            .Select(model => BuildModel(model, runs))
            .ToList();
        return new Report(Report.CurrentSchemaVersion, [.. runs.Select(Summary)], models);
    }

    private static Run ReadRun(RunFolder folder, ReportOptions options)
    {
        var manifest = folder.ReadManifest();
        var hasTimings = manifest.Cells.Any(cell => cell.Status == CellStatus.Measured);
        var timings = hasTimings ? BenchmarkDotNetReader.Read(folder) : new Dictionary<string, CellTimings>();
        return new Run(folder, manifest, timings, PriceOf(manifest, options));
    }

    private static HourlyPrice? PriceOf(RunManifest manifest, ReportOptions options)
    {
        var (hardware, usdPerHour) = options.Hardware is null && options.UsdPerHour is null
            ? (manifest.Hardware, manifest.UsdPerHour)
            : (options.Hardware, options.UsdPerHour);
        if (usdPerHour is { } given)
        {
            return HourlyPrice.Given(given);
        }

        return hardware is null
            ? null
            : options.Prices.Find(hardware) ?? throw new ArgumentException(
                $"Found no price for the hardware '{hardware}'; expected one of {string.Join(", ", options.Prices.Hardware)}, or --usd-per-hour.");
    }

    private static RunSummary Summary(Run run) => new(
        run.Manifest.Id,
        run.Manifest.Complete,
        run.Manifest.Profile,
        run.Manifest.StartedUtc,
        run.Manifest.Git,
        run.Manifest.Machine,
        run.Manifest.Software,
        run.Price);

    private static ModelReport BuildModel(ModelFacts model, IReadOnlyList<Run> runs)
    {
        var rows = runs.SelectMany(run => run.Manifest.Cells.Where(cell => cell.Model == model.Id).Select(cell => BuildRow(run, cell))).ToList();
        var metric = runs.SelectMany(run => run.Manifest.Cells).FirstOrDefault(cell => cell.Model == model.Id && cell.TaskMetric is not null)?.TaskMetric;
        return new ModelReport(
            model.Id,
            model.Title,
            metric?.Name ?? (model.Task == "classification" ? "accuracy" : "mean Dice"),
            metric?.GradedName ?? "graded score",
            model.EvaluatedCount,
            model.DataCount,
            rows);
    }

    private static CellRow BuildRow(Run run, CellFacts cell)
    {
        var latency = Latency(run, cell);
        var baseline = Find(run, cell, BaselineBackend) is { } b ? Latency(run, b) : null;
        var reference = Find(run, cell, ReferenceBackend);
        return new CellRow(
            run.Manifest.Id,
            cell.Id,
            cell.Status,
            cell.Reason,
            cell.Engine is null ? null : $"{cell.Engine} ({cell.EngineSource})",
            cell.Precision,
            cell.EffectivePrecision,
            cell.Threads,
            latency,
            Median(cell.Launches.Select(launch => launch.LoadMs)),
            Median(cell.Launches.Select(launch => launch.FirstInferenceMs)),
            latency is not null && run.Price is { } price ? Cost(latency, price) : null,
            latency is not null && baseline is not null ? latency.MeanMs / baseline.MeanMs : null,
            cell.TaskMetric?.Value,
            reference is null || reference.Id == cell.Id ? null : OutputComparison.Between(run.Folder, reference, cell),
            [.. TrustRules.Warnings(run.Manifest.Machine, cell, latency)]);
    }

    private static CellFacts? Find(Run run, CellFacts cell, string backend) => run.Manifest.Cells.FirstOrDefault(
        other => other.Model == cell.Model && other.Backend == backend && other.Precision == ReferencePrecision);

    private static LatencyEstimate? Latency(Run run, CellFacts cell)
    {
        if (cell.Status != CellStatus.Measured)
        {
            return null;
        }

        return run.Timings.TryGetValue(cell.Id, out var timings)
            ? LatencyEstimate.From(timings, (int)(run.Manifest.Seed & int.MaxValue))
            : throw new RunFormatException(
                run.Folder.BenchmarkDotNetPath, $"found no timings of {cell.Id}, which run.json calls measured. The folder is damaged or mixed up.");
    }

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

    private sealed record Run(RunFolder Folder, RunManifest Manifest, IReadOnlyDictionary<string, CellTimings> Timings, HourlyPrice? Price);
}
