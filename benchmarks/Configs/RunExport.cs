using System.Collections.Immutable;
using System.Globalization;
using Bench.Analysis.Measurements;
using Bench.Analysis.Rows;
using Bench.Analysis.Runs;
using Bench.Benchmarks.Launches;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Environments;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains;
using BenchmarkDotNet.Toolchains.Results;

namespace Bench.Benchmarks.Configs;

/// <summary>
/// Makes a summary of BenchmarkDotNet from what the launches of a run left, one row for each measurement, and hands it to BenchmarkDotNet's
/// exporters. What the exports say is therefore what the run folder says, whichever way the launches came about.
/// </summary>
internal static class RunExport
{
    private const double NanosecondsPerMillisecond = 1e6;

    /// <summary>Writes the exports of a run.</summary>
    /// <param name="run">The run, with its timings.</param>
    /// <param name="models">What was found out of its cells.</param>
    /// <param name="exporters">What else is exported than JSON and markdown.</param>
    /// <param name="logger">Hears what BenchmarkDotNet says of it.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static void Write(MeasuredRun run, IReadOnlyList<ModelReport> models, IReadOnlyList<IExporter> exporters, ILogger logger)
    {
        if (Summarise(run, models, exporters) is not { } summary)
        {
            return;
        }

        foreach (var exporter in summary.Reports[0].BenchmarkCase.Config.GetExporters())
        {
            foreach (var file in exporter.ExportToFiles(summary, logger))
            {
                // BenchmarkDotNet puts the namespace in front; the folder already says what it is.
                var name = Path.GetFileName(file).Replace(
                    $"{typeof(InferenceBenchmark).Namespace}.", string.Empty, StringComparison.Ordinal);
                File.Move(file, Path.Combine(run.Folder.BenchmarkDotNetPath, name), overwrite: true);
            }
        }
    }

    /// <returns>The summary; null if nothing was measured.</returns>
    internal static Summary? Summarise(MeasuredRun run, IReadOnlyList<ModelReport> models, IReadOnlyList<IExporter> exporters)
    {
        var rows = models.SelectMany(model => model.Rows.Where(row => row.Status == CellStatus.Measured)).ToList();
        var timings = run.Manifest.Cells.Where(cell => cell.Status == CellStatus.Measured)
            .ToDictionary(cell => cell.Measurement, cell => run.TimingsOf(cell)!);
        if (rows.Count == 0)
        {
            return null;
        }

        var rowOf = new Dictionary<BenchmarkCase, MeasurementRow>();
        var config = Config(rowOf, exporters);
        var descriptor = new Descriptor(
            typeof(InferenceBenchmark), typeof(InferenceBenchmark).GetMethod(nameof(InferenceBenchmark.Infer), [])!);
        var reports = ImmutableArray.CreateBuilder<BenchmarkReport>();
        foreach (var row in rows)
        {
            var benchmark = BenchmarkCase.Create(
                descriptor, JobOf(row.CellId.Platform), ExportParameters.Of(row.Measurement), config);
            rowOf[benchmark] = row;
            reports.Add(new BenchmarkReport(
                true, benchmark, GenerateResult.Success(ArtifactsPaths.Empty, []),
                BuildResult.Success(GenerateResult.Success(ArtifactsPaths.Empty, [])),
                [.. timings[row.Measurement].Launches.Select(Execution)], []));
        }

        return new Summary(
            run.Manifest.Id, reports.ToImmutable(), HostEnvironmentInfo.GetCurrent(), run.Folder.BenchmarkDotNetPath, string.Empty,
            (run.Manifest.EndedUtc ?? run.Manifest.StartedUtc) - run.Manifest.StartedUtc, CultureInfo.InvariantCulture, [], []);
    }

    /// <summary>One request is one operation, whatever it holds: its latency as it was measured, and once more as a result.</summary>
    private static ExecuteResult Execution(LaunchTimings launch, int index) => new(
        true, 0, null,
        [
            .. launch.LatenciesMs.Select((ms, i) => Line(IterationStage.Actual, i, ms)),
            .. launch.LatenciesMs.Select((ms, i) => Line(IterationStage.Result, i, ms)),
        ],
        [], [], launch.Round);

    private static string Line(IterationStage stage, int index, double ms) =>
        new Measurement(1, IterationMode.Workload, stage, index + 1, 1, ms * NanosecondsPerMillisecond).ToString();

    private static Job JobOf(string platform) => new Job(platform)
        .WithRuntime(CoreRuntime.CreateForNewVersion("net10.0", ".NET 10.0"))
        .WithStrategy(RunStrategy.Monitoring)
        .Freeze();

    private static ImmutableConfig Config(Dictionary<BenchmarkCase, MeasurementRow> rows, IReadOnlyList<IExporter> exporters) =>
        ImmutableConfigBuilder.Create(ManualConfig.CreateEmpty()
            .WithOptions(ConfigOptions.DisableLogFile)
            .WithOrderer(new ModelOrderer(benchmark => rows[benchmark].CellId.Model))
            .AddColumn(RowColumns.All(rows))
            .AddExporter([new FullJsonExporter(), MarkdownExporter.GitHub, .. exporters]));
}
