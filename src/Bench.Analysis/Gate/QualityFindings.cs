using System.Globalization;
using Bench.Analysis.Comparison;
using Bench.Analysis.Equivalence;
using Bench.Analysis.Rendering;
using Bench.Analysis.Runs;

namespace Bench.Analysis.Gate;

/// <summary>What a gate says of the outputs, the quality and the size of a cell.</summary>
internal static class QualityFindings
{
    public static IEnumerable<GateFinding> Of(CellComparison cell, CellFacts? before, CellFacts? now, GateRule rule)
    {
        if (before?.TaskMetric is not null && cell.Metric is null)
        {
            yield return new GateFinding(cell.Name, GateSubject.Metric, GateOutcome.Invalid,
                $"the base has {before.TaskMetric.Name}; the current side has {now?.TaskMetric?.Name ?? "no task metric"}.");
        }
        else if (rule.MinimumMetric is not null && now?.TaskMetric is null)
        {
            yield return new GateFinding(
                cell.Name, GateSubject.Metric, GateOutcome.Invalid, "it must reach a metric, and the current side has none.");
        }
        else if (now?.TaskMetric is { } metric)
        {
            yield return Metric(cell, before, now, metric, rule);
        }

        if (rule.RequireEquivalence == true && (before?.TaskMetric is not null || before?.Outputs is not null || before?.OutputImages > 0))
        {
            yield return Outputs(cell);
        }
    }

    public static IEnumerable<GateFinding> OfSize(CellComparison cell, ComparisonSide baseline, ComparisonSide current, GateRule rule)
    {
        if (cell.ModelBytes is { Base: > 0, Current: > 0 } bytes)
        {
            yield return new GateFinding(
                cell.Name,
                GateSubject.Size,
                bytes.Ratio > 1 + rule.SizeThreshold!.Value ? GateOutcome.Regression : GateOutcome.Passed,
                string.Create(CultureInfo.InvariantCulture, $"model of {bytes.Base / 1e6:0.00} → {bytes.Current / 1e6:0.00} MB (threshold "
                    + $"{Figures.Percent(rule.SizeThreshold.Value)})"));
        }
        else if (baseline.Run is not null && current.Run is not null)
        {
            yield return new GateFinding(
                cell.Name, GateSubject.Size, GateOutcome.Invalid, "the size of the model is not recorded on both sides.");
        }
    }

    /// <summary>Accuracy or Dice: what it lost must be shown to be within the margin, and what it must reach it must reach
    /// on these images.</summary>
    private static GateFinding Metric(CellComparison cell, CellFacts? before, CellFacts now, TaskMetricFacts metric, GateRule rule)
    {
        var change = cell.Metric is { } both ? $"{Figures.Metric(both.Base)} → " : string.Empty;
        var text = $"{metric.Name} {change}{Figures.Metric(metric.Value)}";
        GateFinding Finding(GateOutcome outcome, string why) => new(cell.Name, GateSubject.Metric, outcome, $"{text} ({why})");

        if (rule.MinimumMetric is not null && metric.IsError)
        {
            return Finding(GateOutcome.Invalid, "the rules want a least metric (minimumMetric), and of errors less is better");
        }

        // A sum of a thousand scores may differ in its last bit.
        if (rule.MinimumMetric is { } least && metric.Value < least - 1e-12)
        {
            return Finding(GateOutcome.Regression, $"at least {Figures.Metric(least)} on these images");
        }

        if (before?.TaskMetric is not { } reference)
        {
            return Finding(GateOutcome.Passed, $"at least {Figures.Metric(rule.MinimumMetric)} on these images");
        }

        var margin = rule.MetricMargin!.Value;
        if (cell.Quality?.Evidence.Paired.MaxAbsDifference == 0)
        {
            return Finding(GateOutcome.Passed, "every output is equal");
        }

        if (QualityEvidence.Of(reference, now.TaskMetric!, margin) is not { } evidence)
        {
            return Finding(GateOutcome.Inconclusive, "the images cannot be paired, so that nothing is shown of the loss");
        }

        var loss = $"loss at most {Figures.Text(evidence.LossUpper, "0.0000")}, allowed {Figures.Text(margin, "0.####")}";
        return evidence.SameQuality switch
        {
            QualityVerdict.Kept => Finding(GateOutcome.Passed, loss),
            QualityVerdict.Lost => Finding(GateOutcome.Regression,
                $"loss at least {Figures.Text(evidence.LossLower, "0.0000")}, allowed {Figures.Text(margin, "0.####")}"),
            _ => Finding(GateOutcome.Inconclusive, $"{loss}: {evidence.WhyNotKept}"),
        };
    }

    private static GateFinding Outputs(CellComparison cell)
    {
        if (cell.Quality is not { } quality)
        {
            return new GateFinding(
                cell.Name,
                GateSubject.Outputs,
                GateOutcome.Invalid,
                "they cannot be paired with the base's: other images, another number of them, another shape, or outputs that are gone "
                + "from a folder (bench trim) and differ. "
                + "Where that is meant, say so in the rules (requireEquivalence).");
        }

        var outcome =
            quality.IsAccepted switch { true => GateOutcome.Passed, false => GateOutcome.Regression, _ => GateOutcome.Inconclusive };
        var why = quality.Question == OutputQuestion.SameQuality ? [quality.Evidence.WhyNotKept ?? string.Empty]
            : outcome == GateOutcome.Regression ? quality.Evidence.WhyDifferent
            : quality.Evidence.WhyNotEquivalent;
        var reasons = outcome == GateOutcome.Passed || why.Count == 0 ? string.Empty : $": {string.Join("; ", why)}";
        return new GateFinding(
            cell.Name,
            GateSubject.Outputs,
            outcome,
            $"{quality.Answer}, compared with the base's (margin {Figures.Text(quality.Evidence.Margin, "0.####")}){reasons}");
    }
}
