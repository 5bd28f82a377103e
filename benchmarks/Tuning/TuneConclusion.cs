using Bench.Analysis.Consoles;
using Bench.Analysis.Cost;
using Bench.Analysis.Measurements;
using Bench.Analysis.Reports;
using Bench.Analysis.Rows;
using Bench.Analysis.Runs;
using Bench.Analysis.Statistics.Queueing;
using Bench.Benchmarks.Engines;
using Bench.Benchmarks.Host;
using Bench.Benchmarks.Launches;
using Bench.Benchmarks.Progress;
using Bench.CommandLine;

namespace Bench.Benchmarks.Tuning;

/// <summary>What a search ends with: what is shown by fresh launches, the settings to paste, and everything that was tried.</summary>
/// <param name="options">What was asked for.</param>
/// <param name="folders">The run's folders.</param>
/// <param name="field">What was searched.</param>
/// <param name="choice">What was found.</param>
/// <param name="console">Hears of it.</param>
internal sealed class TuneConclusion(
    BenchOptions options, TuneFolders folders, TuneField field, TuneChoice choice, TextWriter console)
{
    /// <summary>Nothing meets the limit: says so.</summary>
    /// <returns>The exit code.</returns>
    /// <param name="paths">Bench's own folders.</param>
    public int WriteNothing(BenchPaths paths)
    {
        if (!choice.Points.Any(point => point.IsShownOver))
        {
            console.WriteLine("Launches failed of all configurations that were left. Nothing can be said.");
            return ExitCodes.Incomplete;
        }

        Record(TuneOutcome.NothingMeets, null, null).Write(folders.Confirmed);
        using (var log = new RunLog(Path.Combine(folders.Confirmed.BenchmarkDotNetPath, "benchmark.log"), console: null, paths))
        {
            RunConclusion.WriteFiles(folders.Confirmed, options, log);
        }

        console.WriteLine(TuneAnswer.Nothing(
            options.Tune!.Load?.RequestsPerSecond is { } rate
                ? FormattableString.Invariant($"{rate} requests a second")
                : FormattableString.Invariant($"{options.Profile.Measuring.LimitMs} ms"),
            choice));
        return ExitCodes.Regression;
    }

    /// <summary>Concludes from fresh launches.</summary>
    /// <param name="engines">The engines.</param>
    /// <param name="paths">Bench's own folders.</param>
    /// <param name="plan">What all launches shared: what the settings are written from.</param>
    /// <param name="model">The model.</param>
    /// <returns>The exit code.</returns>
    public int Write(IReadOnlyList<EngineOffer> engines, BenchPaths paths, LaunchPlan plan, string model)
    {
        using var log = new RunLog(Path.Combine(folders.Confirmed.BenchmarkDotNetPath, "benchmark.log"), console: null, paths);
        var run = PricedRun.Read([folders.Confirmed], new RunPrice(options.Prices));
        var all = ReportBuilder.Build(run, CostModel.Runtime).Models.SelectMany(found => found.Rows).ToList();
        var rows = all.Where(row => row.Load is null).ToDictionary(row => row.CellId);
        if (choice.Confirmed.FirstOrDefault(candidate => rows[candidate.Cell].Throughput is null) is { } failed)
        {
            console.WriteLine($"{failed.Cell}: {rows[failed.Cell].Reason}. Nothing can be said without it.");
            return ExitCodes.Incomplete;
        }

        var claim = Claim(run[0]);
        var chosen = claim.IsRunnerUp ? choice.RunnerUp! : choice.Winner!;
        var answer = new TuneAnswer(choice, field, claim, chosen, rows[chosen.Cell], rows[choice.Default.Cell])
        {
            Limit = Limit is null ? null : new TuneLimit(
                Limit, options.Tune!.Load, Meets(all, chosen.Cell), Meets(all, choice.Default.Cell))
            {
                WhyUndecided = Open(all, chosen.Cell)?.Facts.OpenPlan?.WhyNot,
            },
            WhyNotAccepted = chosen.IsDefault ? null : options.Tune!.Quality.WhyNot(rows[chosen.Cell]),
        };
        var record = Record(answer.Outcome, chosen, claim) with { WhyNot = answer.WhyNotShown };
        record.Write(folders.Confirmed);
        var (_, report, decisions) = RunConclusion.WriteFiles(folders.Confirmed, options, log);
        var written = TuneSettingsFiles.Write(folders, engines, paths, plan, chosen.Cell, model, answer.Title);
        console.WriteLine();
        console.Write(ConsoleReport.Write(
            report, decisions, string.Empty, Terminal.Width(console), options.Tune!.Load is null ? Limit : null));
        console.WriteLine();
        console.Write(answer.Write(record, written, folders, Terminal.Width(console)));
        return answer.Outcome switch
        {
            TuneOutcome.Improved => ExitCodes.Success,
            TuneOutcome.NotShown => ExitCodes.Inconclusive,
            _ => ExitCodes.Regression,
        };
    }

    private LimitQuestion? Limit => options.Profile.Measuring is { LimitMs: { } limit, Quantile: { } quantile }
        ? new LimitQuestion(limit, quantile)
        : null;

    /// <summary>Whether a configuration is shown to meet the limit; null if that is not known.</summary>
    private bool? Meets(IReadOnlyList<MeasurementRow> rows, CellId cell) => options.Tune!.Load is not null
        ? Open(rows, cell) switch
        {
            { Open.Verdict: LateVerdict.Met } => true,
            { Open.Verdict: LateVerdict.Missed } => false,
            // No rate meets it.
            { Facts.OpenPlan: { WhyNot: not null, IsUndecided: false } } => false,
            _ => null,
        }
        : Limit!.Meets(rows.First(row => row.CellId == cell && row.Load is null));

    private MeasurementRow? Open(IReadOnlyList<MeasurementRow> rows, CellId cell) =>
        rows.FirstOrDefault(row => row.CellId == cell && row.Load is not null && row.Load == options.Tune!.Load);

    private TuneClaim Claim(PricedRun run)
    {
        var costs = choice.Confirmed.ToDictionary(candidate => candidate.Cell, candidate => Costs(run, candidate.Cell));
        // A round counts that all have.
        var rounds = costs.Values.Select(cell => cell.Keys.AsEnumerable()).Aggregate((some, others) => some.Intersect(others))
            .Order().ToList();
        double[] Of(TuneCandidate candidate) => [.. rounds.Select(round => costs[candidate.Cell][round])];
        return TuneClaim.Of(Of(choice.Winner!), choice.RunnerUp is { } other ? Of(other) : null, Of(choice.Default));
    }

    private Dictionary<int, double> Costs(PricedRun run, CellId id)
    {
        var cell = run.Manifest.Cells.First(cell => cell.Id == id);
        return run.Measured.TimingsOf(cell)!.Launches.ToDictionary(
            launch => launch.Round, launch => launch.RequestMs / id.Batch * field.Price(id));
    }

    private TuneRecord Record(TuneOutcome outcome, TuneCandidate? chosen, TuneClaim? claim)
    {
        var launches = folders.Search.Launches.ReadAll();
        return new TuneRecord
        {
            Outcome = outcome,
            Chosen = chosen?.Cell,
            RunnerUp = (chosen == choice.Winner ? choice.RunnerUp : choice.Winner)?.Cell,
            Default = choice.Default.Cell,
            TimesAsCheap = claim is null ? null : TuneRatio.Of(claim.TimesAsCheap.Ratio, claim.TimesAsCheap.Interval),
            RunnerUpOverBest = claim?.RunnerUp is { } other ? TuneRatio.Of(other.Ratio, other.Interval) : null,
            IsPriced = field.IsPriced,
            LimitMs = options.Profile.Measuring.LimitMs,
            Quantile = options.Profile.Measuring.Quantile,
            RequestsPerSecond = options.Tune!.Load?.RequestsPerSecond,
            Launches = launches.Count,
            Seconds = Math.Round(launches.Sum(record => (record.EndedUtc - record.StartedUtc).TotalSeconds), 1),
            Points = [.. choice.Points.Concat(field.Pruned).Select(Confirmed).Select(point => point.ToPoint())],
        };
    }

    private TuneStanding Confirmed(TuneStanding point) =>
        choice.Confirmed.Contains(point.Candidate) ? point with { Stage = TuneStage.Confirmed } : point;
}
