using Bench.Analysis.Consoles;
using Bench.Analysis.Cost;
using Bench.Analysis.Decision;
using Bench.Analysis.Rendering;
using Bench.Analysis.Reports;
using Bench.Analysis.Rows;
using Bench.Analysis.Runs;
using Bench.Analysis.Statistics.Queueing;
using Bench.Benchmarks.Configs;
using Bench.Benchmarks.Engines;
using Bench.CommandLine;
using BenchmarkDotNet.Loggers;

namespace Bench.Benchmarks.Host;

/// <summary>What a run ends with: its report, in the folder and on the console, and what is missing.</summary>
internal static class RunConclusion
{
    /// <summary>What is said in place of where the report stands: whoever started this program moves the run's folder.</summary>
    public const string NextVariable = "BENCH_NEXT";

    /// <returns>The exit code: 0 only if every cell that can run here was measured, and every backend that was named is here; of searches
    /// for the highest rate, only if one was found.</returns>
    public static int Write(
        RunFolder folder, BenchOptions options, IReadOnlyList<EngineOffer> engines, TextWriter console, ILogger exportLog)
    {
        var (_, report, decisions) = WriteFiles(folder, options, exportLog);
        console.WriteLine();
        console.Write(ConsoleReport.Write(report, decisions, Next(folder, report), Terminal.Width(console), Limit(options)));
        var cells = report.Models.SelectMany(model => model.Rows).ToList();
        if (cells.Count(cell => cell.Status == CellStatus.Failed) is > 0 and var failed)
        {
            console.WriteLine($"{failed} of {cells.Count} cells failed.");
        }

        var missing = engines.Where(engine => !engine.Availability.IsAvailable)
            .Select(engine => engine.Backend.Id).Where(options.NamedBackends.Contains).ToList();
        if (missing.Count > 0)
        {
            console.WriteLine(ConsoleText.Wrapped(
                $"{string.Join(", ", missing)}: asked for and not available; the reasons stand in the report."));
        }

        var undecided = cells.Where(cell => cell.Status == CellStatus.Undecided || cell.Open?.Verdict == LateVerdict.Undecided).ToList();
        var bands = cells.Select(cell => cell.Band).OfType<RateBand>().ToList();
        return !report.IsComplete || missing.Count > 0 || bands.Exists(band => band.End == RateSearchEnd.LaunchFailed)
            ? ExitCodes.Incomplete
            : undecided.Count > 0 || report.Models.Any(model => Limit(options)?.IsUndecided(model.Rows) == true)
                ? ExitCodes.Inconclusive
            : OfSearches(bands);
    }

    /// <summary>Writes the report and the exports into the run's folder.</summary>
    /// <returns>The run, its report, and what is the cheapest of each model.</returns>
    public static (PricedRun Run, Report Report, IReadOnlyList<ModelDecision> Decisions) WriteFiles(
        RunFolder folder, BenchOptions options, ILogger exportLog)
    {
        var runs = PricedRun.Read([folder], new RunPrice(options.Prices));
        var report = ReportBuilder.Build(runs, CostModel.Runtime);
        var decisions = ReportAnswers.Decisions(runs, report);
        File.WriteAllText(folder.MarkdownReportPath, MarkdownReport.Write(report, ReportAnswers.Of(report, decisions)));
        File.WriteAllText(folder.JsonReportPath, JsonReport.Write(report));
        // After the report: an export that fails must not take it along.
        RunExport.Write(runs[0].Measured, report.Models, options.Exporters, exportLog);
        return (runs[0], report, decisions);
    }

    /// <summary>Under an open load every measurement says by itself whether it is met.</summary>
    private static LimitQuestion? Limit(BenchOptions options) =>
        options is { Loads.Count: 0, Profile.Measuring: { LimitMs: { } limit, Quantile: { } quantile, FindRate: false } }
            ? new LimitQuestion(limit, quantile)
            : null;

    private static string Next(RunFolder folder, Report report)
    {
        if (Environment.GetEnvironmentVariable(NextVariable) is { Length: > 0 } told)
        {
            return told;
        }

        var current = Environment.CurrentDirectory;
        var path = Path.GetRelativePath(current, folder.Path);
        var bench = ReadingProgram.Of(current, Environment.GetEnvironmentVariable(ReadingProgram.Variable));
        return $"{path} has report.md, with everything, and report.json. "
            + (report.HasMeasurements ? $"{bench} decide {path} --limit 20ms says what to buy for a time limit." : string.Empty);
    }

    /// <summary>What the searches for the highest rate say together: no solution only if it is shown that no cell has a rate.</summary>
    /// <param name="bands">What they found; none if nobody asked.</param>
    internal static int OfSearches(IReadOnlyList<RateBand> bands) => bands.All(band => band.Met is not null) ? ExitCodes.Success
        : bands.Any(band => band is { Met: null, End: not RateSearchEnd.NothingMet }) ? ExitCodes.Inconclusive
        : bands.Any(band => band.Met is not null) ? ExitCodes.Success
        : ExitCodes.Regression;
}
