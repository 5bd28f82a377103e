using System.Globalization;
using Bench.Analysis.Comparison;
using Bench.Analysis.Equivalence;
using Bench.Analysis.Reports;
using Bench.Analysis.Runs;

namespace Bench.Analysis.Gate;

/// <summary>Says whether a run may pass: whether every cell is shown not to be worse than the base by more than the rules allow.</summary>
/// <remarks>
/// A regression is claimed only where the whole interval of a ratio lies beyond the threshold, and never below the machine's noise floor; a pass
/// only where the whole interval lies within it. What is neither is inconclusive, which is an answer of its own and no pass.
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
        rules.CheckPatterns([.. baseline.Benchmarks.Concat(current.Benchmarks).Select(benchmark => benchmark.Name).Distinct()]);
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
            ThresholdOf = cell => Math.Max(rules.For(cell).Threshold!.Value, Floor(cell, options.Statistic)),
        });
        var findings = new List<GateFinding>();
        findings.AddRange(Comparability(baseline, current, comparison));
        findings.AddRange(comparison.Missing.Select(missing => new GateFinding(missing.Name, GateSubject.Presence, GateOutcome.Invalid, $"the base measured it; {missing.Reason}.")));
        foreach (var cell in comparison.Cells)
        {
            findings.AddRange(cell.IsControl ? [] : Times(cell, rules.For(cell.Name), Floor(cell.Name, TimeStatistic.Mean)));
            findings.AddRange(Quality(cell, rules.For(cell.Name), baseline, current));
            findings.AddRange(Size(cell, rules.For(cell.Name)));
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

        if (comparison.Cells.Count == 0)
        {
            yield return new GateFinding(null, GateSubject.Presence, GateOutcome.Invalid, "nothing is on both sides.");
        }
    }

    private static IEnumerable<GateFinding> Times(CellComparison cell, GateRule rule, double meanFloor)
    {
        yield return new GateFinding(cell.Name, GateSubject.Time, TimeOutcome(cell.Time, cell.Threshold), Text(cell.Time, cell.Threshold, cell.SmallestShown));

        // The mean of a noisy run says little, and need not be shown to be good; but where it is shown to be worse, it is.
        var meanThreshold = Math.Max(rule.Threshold!.Value, meanFloor);
        if (cell.MeanTime != cell.Time && TimeOutcome(cell.MeanTime, meanThreshold) == GateOutcome.Regression)
        {
            yield return new GateFinding(cell.Name, GateSubject.MeanTime, GateOutcome.Regression, Text(cell.MeanTime, meanThreshold, null));
        }

        if (cell.Cost is { } cost && cell.MeanTime is { Interval: { } interval, BaseNs: > 0 })
        {
            // What the price adds to what the time does.
            var price = cost.Ratio / (cell.MeanTime.CurrentNs / cell.MeanTime.BaseNs);
            var threshold = Math.Max(rule.CostThreshold!.Value, meanFloor);
            yield return new GateFinding(
                cell.Name,
                GateSubject.Cost,
                interval.Lower * price > 1 + threshold ? GateOutcome.Regression : GateOutcome.Passed,
                $"{Figures.Usd(cost.Base)} → {Figures.Usd(cost.Current)} USD per million images (threshold {Figures.Percent(threshold)})");
        }
    }

    private static GateOutcome TimeOutcome(TimeRatio time, double threshold) =>
        time.Interval is not { } interval ? GateOutcome.Inconclusive
        : interval.Lower > 1 + threshold ? GateOutcome.Regression
        : interval.Upper <= 1 + threshold ? GateOutcome.Passed
        : GateOutcome.Inconclusive;

    private static string Text(TimeRatio time, double threshold, double? smallest)
    {
        var text = $"{Figures.Duration(time.BaseNs)} → {Figures.Duration(time.CurrentNs)}, ratio {Figures.Ratio(time)} (threshold {Figures.Percent(threshold)})";
        return time.Interval is null ? $"{text}; a single measurement on a side cannot show anything: launch each benchmark four times or more"
            : smallest is { } shown ? $"{text}; a slowdown of {Figures.Percent(shown - 1)} would have been shown" : text;
    }

    private static IEnumerable<GateFinding> Quality(CellComparison cell, GateRule rule, ComparisonSide baseline, ComparisonSide current)
    {
        if (cell.Metric is { } metric)
        {
            var limit = Math.Max(metric.Base - rule.MetricMargin!.Value, rule.MinimumMetric ?? 0);

            // A sum of a thousand scores may differ in its last bit.
            yield return new GateFinding(
                cell.Name,
                GateSubject.Metric,
                metric.Current < limit - 1e-12 ? GateOutcome.Regression : GateOutcome.Passed,
                string.Create(CultureInfo.InvariantCulture, $"{metric.Base:0.0000} → {metric.Current:0.0000} (at least {limit:0.0000})"));
        }

        var before = Cell(baseline, cell.Name)?.TaskMetric;
        if (before is not null && Cell(current, cell.Name)?.TaskMetric is null)
        {
            yield return new GateFinding(cell.Name, GateSubject.Outputs, GateOutcome.Invalid, "the base has outputs and the current side has none.");
        }

        if (cell.Quality is { } quality && rule.RequireEquivalence == true)
        {
            yield return new GateFinding(
                cell.Name,
                GateSubject.Outputs,
                quality.Verdict switch
                {
                    EquivalenceVerdict.Identical or EquivalenceVerdict.Equivalent => GateOutcome.Passed,
                    EquivalenceVerdict.Different => GateOutcome.Regression,
                    _ => GateOutcome.Inconclusive,
                },
                $"{quality.Verdict.Name()} to the base's, centre of differences {Figures.Centre(quality.Tests.Centre)} (margin {quality.Tests.Tost.Margin.ToString(CultureInfo.InvariantCulture)})");
        }
    }

    private static IEnumerable<GateFinding> Size(CellComparison cell, GateRule rule)
    {
        if (cell.ModelBytes is { Base: > 0 } bytes)
        {
            yield return new GateFinding(
                cell.Name,
                GateSubject.Size,
                bytes.Ratio > 1 + rule.SizeThreshold!.Value ? GateOutcome.Regression : GateOutcome.Passed,
                string.Create(CultureInfo.InvariantCulture, $"model of {bytes.Base / 1e6:0.00} → {bytes.Current / 1e6:0.00} MB (threshold {Figures.Percent(rule.SizeThreshold.Value)})"));
        }
    }

    private static CellFacts? Cell(ComparisonSide side, string name) => side.Benchmarks.FirstOrDefault(benchmark => benchmark.Name == name)?.Cell;
}
