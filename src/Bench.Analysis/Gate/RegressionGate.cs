using System.Globalization;
using Bench.Analysis.Comparison;
using Bench.Analysis.Equivalence;
using Bench.Analysis.Reports;
using Bench.Analysis.Runs;
using Bench.Analysis.Statistics;

namespace Bench.Analysis.Gate;

/// <summary>Says whether a run may pass: whether every cell is shown not to be worse than the base by more than the rules allow.</summary>
/// <remarks>
/// A regression is claimed only where the whole interval of a ratio lies beyond the threshold and beyond the machine's noise floor; a pass only
/// where the whole interval lies within the threshold. What is neither is inconclusive, which is an answer of its own and no pass.
/// </remarks>
public static class RegressionGate
{
    /// <summary>Reads two sides and holds one against the other.</summary>
    /// <param name="basePath">A run folder, an export of BenchmarkDotNet, or a folder of exports.</param>
    /// <param name="currentPath">The same of what is to pass.</param>
    /// <param name="options">How times are compared; the rules' thresholds take the place of its own.</param>
    /// <param name="rules">What is allowed.</param>
    /// <param name="noisePath">The machine's noise floor; null without one.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="RunFormatException">A side or the noise floor is missing or damaged, or a rule matches no cell.</exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static GateReport Check(string basePath, string currentPath, ComparisonOptions options, GateRules rules, string? noisePath)
    {
        options.Price.Check();
        var baseline = ComparisonSide.Read(basePath, options.Price);
        var current = ComparisonSide.Read(currentPath, options.Price);
        var noise = noisePath is null ? null : NoiseFloor.Read(noisePath);
        noise?.CheckMachine(baseline, options.Control, noisePath!);
        rules.CheckPatterns([.. baseline.Benchmarks.Concat(current.Benchmarks).SelectMany(benchmark => new[] { benchmark.Name, benchmark.Label }).Distinct()]);
        return Check(baseline, current, options, rules, noise);
    }

    /// <summary>Holds one side against the other.</summary>
    /// <param name="baseline">The base.</param>
    /// <param name="current">What is to pass.</param>
    /// <param name="options">How times are compared; the rules' thresholds take the place of its own.</param>
    /// <param name="rules">What is allowed.</param>
    /// <param name="noise">The machine's noise floor; null without one.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="RunFormatException">The base measured nothing.</exception>
    public static GateReport Check(ComparisonSide baseline, ComparisonSide current, ComparisonOptions options, GateRules rules, NoiseFloor? noise)
    {
        double Floor(string cell, TimeStatistic statistic) => noise?.Cells.GetValueOrDefault(cell)?.Of(statistic) ?? 0;
        var comparison = Comparer.Compare(baseline, current, options with
        {
            Threshold = rules.Defaults.Threshold!.Value,
            ThresholdOf = cell => rules.For(cell).Threshold,
        });
        var findings = new List<GateFinding>();
        findings.AddRange(Comparability(baseline, current, comparison));
        findings.AddRange(comparison.Missing.Select(missing => new GateFinding(missing.Name, GateSubject.Presence, GateOutcome.Invalid, $"the base measured it; {missing.Reason}.")));
        findings.AddRange(comparison.Failed.Where(failed => failed.IsNew).Select(failed => new GateFinding(failed.Name, GateSubject.Presence, GateOutcome.Invalid, $"{failed.Reason}.")));
        foreach (var cell in comparison.Cells)
        {
            var (floor, meanFloor) = (Floor(cell.Name, options.Statistic), Floor(cell.Name, TimeStatistic.Mean));
            findings.AddRange(cell.IsControl ? [] : Times(cell, rules.For(cell.Name), floor, meanFloor));
            findings.AddRange(cell.IsControl ? [] : Cost(cell, rules.For(cell.Name), floor, meanFloor, baseline, current));
            findings.AddRange(Quality(cell, rules.For(cell.Name), baseline, current));
            findings.AddRange(Size(cell, rules.For(cell.Name), baseline, current));
        }

        return new GateReport(GateReport.CurrentSchemaVersion, findings.Max(finding => finding.Outcome), findings, comparison);
    }

    private static IEnumerable<GateFinding> Comparability(ComparisonSide baseline, ComparisonSide current, ComparisonReport comparison)
    {
        foreach (var difference in comparison.Differences.Where(difference => difference.BreaksComparison))
        {
            yield return new GateFinding(null, GateSubject.Comparability, GateOutcome.Invalid, $"{difference.Name}: {difference.Base} in the base and {difference.Current} now; times of the one say nothing of the other.");
        }

        foreach (var cell in comparison.Cells.Where(cell => cell.NotComparable is not null))
        {
            yield return new GateFinding(cell.Name, GateSubject.Comparability, GateOutcome.Invalid, cell.NotComparable!);
        }

        foreach (var side in new[] { baseline, current }.Where(side => side.Run is { Manifest.Complete: false }))
        {
            yield return new GateFinding(null, GateSubject.Presence, GateOutcome.Invalid, $"{side.Source} is incomplete: the run was interrupted.");
        }

        if (baseline.Run is { Manifest.IsSlowedDown: true })
        {
            yield return new GateFinding(null, GateSubject.Comparability, GateOutcome.Invalid, $"{baseline.Source} was slowed down on purpose; nothing can be held against it.");
        }

        if (comparison.Cells.Count == 0)
        {
            yield return new GateFinding(null, GateSubject.Presence, GateOutcome.Invalid, "nothing is on both sides.");
        }
    }

    private static IEnumerable<GateFinding> Times(CellComparison cell, GateRule rule, double floor, double meanFloor)
    {
        var threshold = rule.Threshold!.Value;
        yield return new GateFinding(cell.Name, GateSubject.Time, Outcome(cell.Time.Interval, 1, threshold, floor), Text(cell.Time, threshold, floor, cell.SmallestShown));

        // The mean of a noisy run says little, and need not be shown to be good; but where it is shown to be worse, it is.
        if (cell.MeanTime != cell.Time && Outcome(cell.MeanTime.Interval, 1, threshold, meanFloor) == GateOutcome.Regression)
        {
            yield return new GateFinding(cell.Name, GateSubject.MeanTime, GateOutcome.Regression, Text(cell.MeanTime, threshold, meanFloor, null));
        }
    }

    /// <summary>What a million images cost follows the time and the price of an hour, and the price has no noise.</summary>
    private static IEnumerable<GateFinding> Cost(CellComparison cell, GateRule rule, double floor, double meanFloor, ComparisonSide baseline, ComparisonSide current)
    {
        if (cell.Cost is { } cost)
        {
            var price = current.Price!.UsdPerHour / baseline.Price!.UsdPerHour;
            var outcome = Outcome(cell.Time.Interval, price, rule.CostThreshold!.Value, floor);
            var ofMean = Outcome(cell.MeanTime.Interval, price, rule.CostThreshold.Value, meanFloor);
            yield return new GateFinding(
                cell.Name,
                GateSubject.Cost,
                ofMean == GateOutcome.Regression ? ofMean : outcome,
                $"{Figures.Usd(cost.Base)} → {Figures.Usd(cost.Current)} USD per million images (threshold {Figures.Percent(rule.CostThreshold.Value)})");
        }
        else if (baseline.Price is not null && current is { Price: null, Run.Manifest.IsSlowedDown: false })
        {
            yield return new GateFinding(cell.Name, GateSubject.Cost, GateOutcome.Inconclusive, "the base has a price and the current side has none; give --hardware or --usd-per-hour");
        }
    }

    /// <summary>A pass needs the whole interval within the threshold; a regression needs it beyond the threshold, and what time has to do with that beyond the noise.</summary>
    private static GateOutcome Outcome(ConfidenceInterval? interval, double price, double threshold, double floor)
    {
        if (interval is null)
        {
            return GateOutcome.Inconclusive;
        }

        var shown = interval.Lower > 1 + floor ? interval.Lower : Math.Min(interval.Lower, 1);
        return shown * price > 1 + threshold ? GateOutcome.Regression
            : interval.Upper * price <= 1 + threshold ? GateOutcome.Passed
            : GateOutcome.Inconclusive;
    }

    private static string Text(TimeRatio time, double threshold, double floor, double? smallest)
    {
        var noise = floor > threshold ? $", noise floor {Figures.Percent(floor)}" : string.Empty;
        var text = $"{Figures.Duration(time.BaseNs)} → {Figures.Duration(time.CurrentNs)}, ratio {Figures.Ratio(time)} (threshold {Figures.Percent(threshold)}{noise})";
        return double.IsNaN(time.Ratio) ? $"{text}; it takes no longer than measuring it, so there is no ratio"
            : time.Interval is null ? $"{text}; single or equal measurements on a side cannot show anything: launch each benchmark four times or more"
            : smallest is { } shown ? $"{text}; a slowdown of {Figures.Percent(shown - 1)} would have been shown" : text;
    }

    private static IEnumerable<GateFinding> Quality(CellComparison cell, GateRule rule, ComparisonSide baseline, ComparisonSide current)
    {
        var (before, now) = (Cell(baseline, cell.Name), Cell(current, cell.Name));
        if (now?.TaskMetric is { } metric && (before?.TaskMetric is not null || rule.MinimumMetric is not null))
        {
            var limit = Math.Max(cell.Metric is { } both ? both.Base - rule.MetricMargin!.Value : 0, rule.MinimumMetric ?? 0);
            var text = string.Create(CultureInfo.InvariantCulture, $"{metric.Name} {(cell.Metric is { } known ? $"{known.Base:0.0000} → " : string.Empty)}{metric.Value:0.0000} (at least {limit:0.0000})");

            // A sum of a thousand scores may differ in its last bit.
            yield return new GateFinding(cell.Name, GateSubject.Metric, metric.Value < limit - 1e-12 ? GateOutcome.Regression : GateOutcome.Passed, text);
        }

        if (before?.TaskMetric is not null && cell.Metric is null)
        {
            yield return new GateFinding(
                cell.Name, GateSubject.Metric, GateOutcome.Invalid, $"the base has {before.TaskMetric.Name}; the current side has {now?.TaskMetric?.Name ?? "no task metric"}.");
        }
        else if (rule.MinimumMetric is not null && now?.TaskMetric is null)
        {
            yield return new GateFinding(cell.Name, GateSubject.Metric, GateOutcome.Invalid, "it must reach a metric, and the current side has none.");
        }

        if (rule.RequireEquivalence != true || (before?.TaskMetric is null && before?.Outputs is null))
        {
            yield break;
        }

        yield return cell.Quality is { } quality
            ? new GateFinding(
                cell.Name,
                GateSubject.Outputs,
                quality.Verdict switch
                {
                    EquivalenceVerdict.Identical or EquivalenceVerdict.Equivalent => GateOutcome.Passed,
                    EquivalenceVerdict.Different => GateOutcome.Regression,
                    _ => GateOutcome.Inconclusive,
                },
                $"{quality.Verdict.Name()}, held against the base's; centre of differences {Figures.Centre(quality.Tests.Centre)} (margin {quality.Tests.Tost.Margin.ToString(CultureInfo.InvariantCulture)})")
            : new GateFinding(cell.Name, GateSubject.Outputs, GateOutcome.Invalid, "they cannot be paired with the base's: other images, another number of them, or another shape. Where that is meant, say so in the rules (requireEquivalence).");
    }

    private static IEnumerable<GateFinding> Size(CellComparison cell, GateRule rule, ComparisonSide baseline, ComparisonSide current)
    {
        if (cell.ModelBytes is { Base: > 0, Current: > 0 } bytes)
        {
            yield return new GateFinding(
                cell.Name,
                GateSubject.Size,
                bytes.Ratio > 1 + rule.SizeThreshold!.Value ? GateOutcome.Regression : GateOutcome.Passed,
                string.Create(CultureInfo.InvariantCulture, $"model of {bytes.Base / 1e6:0.00} → {bytes.Current / 1e6:0.00} MB (threshold {Figures.Percent(rule.SizeThreshold.Value)})"));
        }
        else if (baseline.Run is not null && current.Run is not null)
        {
            yield return new GateFinding(cell.Name, GateSubject.Size, GateOutcome.Invalid, "the size of the model is not recorded on both sides.");
        }
    }

    private static CellFacts? Cell(ComparisonSide side, string name) => side.Benchmarks.FirstOrDefault(benchmark => benchmark.Name == name)?.Cell;
}
