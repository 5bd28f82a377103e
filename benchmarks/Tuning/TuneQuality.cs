using Bench.Analysis.Decision;
using Bench.Analysis.Equivalence;
using Bench.Analysis.Rows;
using static System.FormattableString;

namespace Bench.Benchmarks.Tuning;

/// <summary>What is asked of the outputs of what is searched.</summary>
/// <param name="MaxAccuracyDrop">How much accuracy or Dice may be lost; null for the model's margin, positive infinity for any.</param>
/// <param name="Outputs">What must be known of the outputs.</param>
internal sealed record TuneQuality(double? MaxAccuracyDrop, OutputRequirement Outputs)
{
    // 0.92 − 0.91 is a little more than 0.01.
    private const double RoundOff = 1e-9;

    /// <summary>Why a precision of an engine is not searched; null if it is.</summary>
    /// <param name="row">What was seen of it on all evaluation images, before time was spent.</param>
    public string? WhyNot(MeasurementRow row) =>
        row.Facts.ComputedIn is { } computedIn ? $"the engine computes it in {computedIn}"
        : Outputs == OutputRequirement.Any || row.IsReference ? null
        : row.Comparison is not { } comparison ? "its outputs were not compared with those of the reference"
        : WhyTooMuch(comparison) is { } why ? why
        : comparison.IsAccepted == true ? null
        // A drop that the user allows takes the place of the model's margin.
        : comparison.Question == OutputQuestion.SameQuality && comparison.Evidence.LossUpper <= MaxAccuracyDrop ? null
        : comparison.Question == OutputQuestion.SameQuality
            ? Invariant($"{comparison.Answer}: it may lose {comparison.Evidence.LossUpper:0.####}")
        : comparison.Answer;

    /// <summary>Why a loss is more than the user allows, whatever the model's margin is; null if nobody says, or it is not.</summary>
    private string? WhyTooMuch(OutputComparison comparison) =>
        MaxAccuracyDrop is not { } drop || double.IsPositiveInfinity(drop) || comparison.Outputs == EquivalenceVerdict.Identical ? null
        : comparison.MetricChange is null ? "how much accuracy it loses is unknown, for want of labels (--max-accuracy-drop)"
        : comparison.Evidence.LossUpper > drop + RoundOff
            ? Invariant($"it is not shown to lose no more than {drop:0.####}: it may be {comparison.Evidence.LossUpper:0.####} ")
                + "(--max-accuracy-drop)"
        : null;
}
