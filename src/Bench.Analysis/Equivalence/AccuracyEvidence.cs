using Bench.Analysis.Statistics;
using Bench.Analysis.Statistics.Paired;

namespace Bench.Analysis.Equivalence;

/// <summary>What is known of how accuracies differ, where there are labels.</summary>
/// <param name="Answers">How often either was right and wrong, the reference first.</param>
/// <param name="Loss">The interval of the reference's accuracy less the cell's: Tango's.</param>
/// <param name="McNemarPValue">McNemar's exact p-value of no difference at all.</param>
/// <param name="PBeyond">The p-value of H0: the accuracies are within the margin, both sides taken together.</param>
public sealed record AccuracyEvidence(PairedOutcomes Answers, ConfidenceInterval Loss, double McNemarPValue, double PBeyond)
{
    /// <summary>Examines right and wrong answers.</summary>
    /// <param name="answers">How often either was right and wrong.</param>
    /// <param name="options">Margin and level.</param>
    /// <returns>The evidence.</returns>
    public static AccuracyEvidence Of(PairedOutcomes answers, EquivalenceOptions options)
    {
        var swapped = answers with { OnlyFirstRight = answers.OnlySecondRight, OnlySecondRight = answers.OnlyFirstRight };
        return new AccuracyEvidence(
            answers,
            McNemar.DifferenceInterval(answers, options.Level),
            McNemar.ExactPValue(answers),
            Math.Min(1, 2 * Math.Min(McNemar.PAbove(answers, options.Margin), McNemar.PAbove(swapped, options.Margin))));
    }

    /// <summary>Whether the accuracies are shown to differ by no more than a margin.</summary>
    /// <param name="margin">The margin.</param>
    /// <returns>Whether the whole interval lies within it.</returns>
    public bool IsWithin(double margin) => Loss.Lower >= -margin && Loss.Upper <= margin;
}
