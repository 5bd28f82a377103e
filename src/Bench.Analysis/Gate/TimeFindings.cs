using Bench.Analysis.Comparison;
using Bench.Analysis.Rendering;

namespace Bench.Analysis.Gate;

/// <summary>What a gate says of the times and costs of a cell: the comparison's verdicts, put into sentences.</summary>
internal static class TimeFindings
{
    // A number of launches that nobody would wait for is no advice.
    private const double MostLaunches = 200;

    public static IEnumerable<GateFinding> Of(
        CellComparison cell, SideBenchmark? before, SideBenchmark? now, ComparisonOptions options, GateRule rule, ReferenceHistory? history)
    {
        foreach (var check in cell.Checks)
        {
            var outcome = Outcome(check);
            var why = outcome == GateOutcome.Inconclusive ? WhyInconclusive(check, options)
                : outcome == GateOutcome.Regression ? Supposed(check) : null;
            yield return new GateFinding(cell.Name, Subject(check.Subject), outcome, Text(cell, check), why) { Brief = Brief(cell, check) };
        }

        if (before?.Price is not null && now is { Price: null, Cell.SlowedDownBy: null })
        {
            yield return new GateFinding(cell.Name, GateSubject.Cost, GateOutcome.Inconclusive,
                "the base has a price and the current side has none; give --hardware or --usd-per-hour.");
        }

        if (options.Noise is { } noise && noise.Of(cell.Name, options.Control is not null) is null)
        {
            yield return new GateFinding(
                cell.Name, GateSubject.Noise, GateOutcome.Inconclusive,
                "it was not measured for the noise file, so that it is not known how runs of it differ. "
                + "Make a new one: bench noise RUN RUN …");
        }

        foreach (var sum in history?.SinceFirst(cell, rule, options.Level) ?? [])
        {
            yield return sum;
        }
    }

    private static GateSubject Subject(CheckSubject subject) => subject switch
    {
        CheckSubject.Time => GateSubject.Time,
        CheckSubject.MeanTime => GateSubject.MeanTime,
        CheckSubject.P90 => GateSubject.P90,
        CheckSubject.P99 => GateSubject.P99,
        CheckSubject.ImagesPerSecond => GateSubject.ImagesPerSecond,
        _ => GateSubject.Cost,
    };

    private static GateOutcome Outcome(TimeCheck check) =>
        check.Verdict == ComparisonVerdict.Slower ? GateOutcome.Regression : check.IsPassed ? GateOutcome.Passed : GateOutcome.Inconclusive;

    private static string Text(CellComparison cell, TimeCheck check)
    {
        var (before, now) = Figures.Durations(check.Ratio.BaseMs, check.Ratio.CurrentMs);
        var what = check.Subject == CheckSubject.Cost && cell.Cost is { } cost
            ? $"{Figures.Usd(cost.Base)} → {Figures.Usd(cost.Current)} USD per million images"
            : check.Subject == CheckSubject.ImagesPerSecond && cell.ImagesPerSecond is { } images
            ? $"{images.Rates()}, time for an image {before} → {now}"
            : $"{before} → {now}";
        return $"{what}, ratio {check.Ratio.WithInterval(check.PriceFactor)} (threshold {Figures.Percent(check.Threshold)})";
    }

    /// <summary>
    /// The ratio alone: times were said before, and so was the threshold unless it is another one. Images and dollars are said whole.
    /// </summary>
    private static string? Brief(CellComparison cell, TimeCheck check)
    {
        var threshold = check.Threshold == cell.Time.Threshold ? string.Empty : $" (threshold {Figures.Percent(check.Threshold)})";
        return check.Subject is CheckSubject.Cost or CheckSubject.ImagesPerSecond ? null : $"ratio {check.Ratio.WithInterval()}{threshold}";
    }

    /// <summary>What a regression rests on where nobody measured how runs of the same code differ.</summary>
    private static string? Supposed(TimeCheck check) => check.Ratio.Runs switch
    {
        RunEvidence.Unknown => "supposing that runs of the same code differ by no more than "
            + $"{Figures.Percent(BetweenRuns.UnknownDeviation)} (standard deviation), which nobody measured here: --noise does",
        RunEvidence.SingleLaunch => "supposing that single launches of the same code differ by no more than "
            + $"{Figures.Percent(BetweenRuns.SingleLaunchDeviation)} (standard deviation), which nobody measured here",
        _ => null,
    };

    private static string WhyInconclusive(TimeCheck check, ComparisonOptions options) => check.Ratio switch
    {
        { Interval: null } => "single or equal numbers show nothing, because they were measured once or rounded",
        { Runs: RunEvidence.Unknown or RunEvidence.SingleLaunch } when check.Verdict == ComparisonVerdict.Faster =>
            "it is faster if runs of the same code differ no more than is supposed; nothing passes on that, since nobody measured it",
        { Runs: RunEvidence.SingleLaunch } =>
            $"a side has a single launch, and how processes differ is not known: {ComparisonRemarks.HowToLaunch}",
        { Runs: RunEvidence.Unknown } => "it is not known how runs of the same code differ",
        _ => check.SmallestShown is { } shown
            ? $"the interval reaches across the threshold; a growth of {Figures.PercentResult(shown - 1)} would have been seen. Measure "
                + $"again when the machine is quieter{More(check)}"
            : "the interval reaches across the threshold",
    };

    private static string More(TimeCheck check) => check.Ratio.LaunchesNeeded(check.PriceFactor, check.Threshold) switch
    {
        null => ", or with more launches",
        <= MostLaunches and var needed => $", or with {Figures.Text(needed, "0")} launches a side or more",
        double.PositiveInfinity => "; more launches would not do, because runs of the same code differ by more",
        _ => $"; it would take more than {Figures.Text(MostLaunches, "0")} launches a side",
    };
}
