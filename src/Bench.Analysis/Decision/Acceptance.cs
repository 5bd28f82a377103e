using Bench.Analysis.Equivalence;
using static System.FormattableString;

namespace Bench.Analysis.Decision;

/// <summary>Whether a candidate may be chosen at all, whatever its time and cost.</summary>
internal static class Acceptance
{
    // 0.92 − 0.91 is a little more than 0.01.
    private const double RoundOff = 1e-9;
    private const double BytesPerMegabyte = 1e6;

    /// <returns>Why it must not be chosen; nothing if it may.</returns>
    public static IEnumerable<string> Objections(Candidate candidate, DecisionOptions options) =>
        [.. Quality(candidate, options), .. Outputs(candidate, options), .. Size(candidate, options)];

    /// <summary>What must be known of accuracy or Dice: of the reference nothing, of published figures what was published, else that
    /// the loss is shown.</summary>
    private static IEnumerable<string> Quality(Candidate candidate, DecisionOptions options)
    {
        if (options.MaxAccuracyDrop is double.PositiveInfinity || candidate.IsReference)
        {
            yield break;
        }

        // Without labels there is no accuracy to lose; whether the outputs are the same is asked below.
        if (candidate.Comparison is { MetricChange: null } && options.MaxAccuracyDrop is null)
        {
            yield break;
        }

        if (candidate.MetricLoss is not { } loss)
        {
            yield return $"how much accuracy it loses is unknown: measure the reference ({candidate.ReferenceRole}) on the same images, "
                + "or give --max-accuracy-drop any";
            yield break;
        }

        var allowed = options.MaxAccuracyDrop ?? candidate.Comparison?.Evidence.Margin ?? EquivalenceOptions.DefaultMargin;
        if (loss > allowed + RoundOff)
        {
            yield return Invariant($"it loses {loss:0.####}, more than {allowed:0.####} (--max-accuracy-drop)");
        }
        else if (options.MaxAccuracyDrop is not null && candidate.Comparison is { Outputs: not EquivalenceVerdict.Identical } comparison
            && comparison.Evidence.LossUpper > allowed + RoundOff)
        {
            yield return Invariant($"it is not shown to lose no more than {allowed:0.####}: ")
                + Invariant($"it may be {comparison.Evidence.LossUpper:0.####} (--max-accuracy-drop)");
        }
    }

    private static IEnumerable<string> Outputs(Candidate candidate, DecisionOptions options)
    {
        if (candidate.IsReference || options.MinEquivalence == OutputRequirement.Any)
        {
            yield break;
        }

        if (candidate.Comparison is not { } comparison)
        {
            // Of published figures nobody has the outputs; that is known, and what was published of their accuracy counts.
            if (!candidate.IsPublished || options.MinEquivalence is OutputRequirement.Equivalent or OutputRequirement.Identical)
            {
                yield return "its outputs were not compared with those of the reference (--min-equivalence)";
            }
        }
        else if (!IsMet(comparison, options))
        {
            yield return $"{comparison.Answer}{Why(comparison)} (--min-equivalence)";
        }
    }

    private static bool IsMet(OutputComparison comparison, DecisionOptions options) =>
        comparison.Question != OutputQuestion.NotTested && options.MinEquivalence switch
        {
            OutputRequirement.NotDifferent => comparison.IsAccepted != false,
            OutputRequirement.Equivalent => comparison.Outputs is EquivalenceVerdict.Identical or EquivalenceVerdict.Equivalent,
            OutputRequirement.Identical => comparison.Outputs is EquivalenceVerdict.Identical,

            // A drop that the user allows takes the place of the model's margin.
            _ => comparison.IsAccepted == true || (comparison.Question == OutputQuestion.SameQuality
                && options.MaxAccuracyDrop is { } allowed && comparison.Evidence.LossUpper <= allowed),
        };

    private static string Why(OutputComparison comparison) => comparison.Question switch
    {
        OutputQuestion.NotTested => ", so that this row says nothing of the precision in its name",
        OutputQuestion.SameQuality when comparison.Evidence.WhyNotKept is { } why => $": {why}",
        OutputQuestion.SameOutputs when comparison.Evidence.WhyNotEquivalent is { Count: > 0 } reasons => $": {string.Join("; ", reasons)}",
        _ => string.Empty,
    };

    private static IEnumerable<string> Size(Candidate candidate, DecisionOptions options)
    {
        if (options.MaxModelBytes is { } largest && !(candidate.ModelBytes <= largest))
        {
            yield return candidate.ModelBytes is { } bytes
                ? Invariant(
                    $"its model has {bytes / BytesPerMegabyte:0.##} MB, more than {largest / BytesPerMegabyte:0.##} MB (--max-model-size)")
                : "the size of its model is unknown (--max-model-size)";
        }
    }
}
