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
    /// <summary>Why a precision of an engine is not searched; null if it is.</summary>
    /// <param name="row">What was seen of it on all evaluation images, before time was spent.</param>
    public string? WhyNot(MeasurementRow row) =>
        row.Facts.ComputedIn is { } computedIn ? $"the engine computes it in {computedIn}"
        : Outputs == OutputRequirement.Any || row.IsReference ? null
        : row.Comparison is not { } comparison ? "its outputs were not compared with those of the reference"
        : comparison.IsAccepted == true ? null
        : comparison.Question == OutputQuestion.SameQuality && comparison.Evidence.LossUpper <= MaxAccuracyDrop ? null
        : comparison.Question == OutputQuestion.SameQuality
            ? Invariant($"{comparison.Answer}: it may lose {comparison.Evidence.LossUpper:0.####}")
        : comparison.Answer;
}
