using Bench.Analysis.Statistics.Paired;

namespace Bench.Analysis.Equivalence;

/// <summary>All tests on one number per image from two sides. Differences are first − second.</summary>
/// <param name="Wilcoxon">Whether the differences are centred on zero.</param>
/// <param name="Centre">Where they are centred.</param>
/// <param name="Tost">Whether they are shown to be centred within the margin.</param>
/// <param name="SignTestPValue">Whether as many are positive as negative, which asks for no symmetry.</param>
/// <param name="MeanDifference">The mean of the differences, which a few large ones move and the centre does not.</param>
/// <param name="ShareBeyondMargin">The share of pairs that differ by more than the margin, in [0, 1].</param>
/// <param name="MaxAbsDifference">The largest absolute difference of any two output values.</param>
public sealed record PairedEquivalence(
    SignedRankResult Wilcoxon,
    CentreEstimate Centre,
    EquivalenceResult Tost,
    double SignTestPValue,
    double MeanDifference,
    double ShareBeyondMargin,
    double MaxAbsDifference)
{
    /// <summary>Compares paired numbers.</summary>
    /// <param name="first">One number per image; finite, at least one.</param>
    /// <param name="second">The same of the other side, in the same order.</param>
    /// <param name="maxAbsDifference">The largest absolute difference of any two output values; 0 only if all are equal.</param>
    /// <param name="options">How.</param>
    /// <returns>The tests' results.</returns>
    /// <exception cref="ArgumentException">The lengths differ, there are no numbers, one is not finite, or an option is out of range.</exception>
    public static PairedEquivalence Of(ReadOnlySpan<double> first, ReadOnlySpan<double> second, double maxAbsDifference, EquivalenceOptions options)
    {
        var wilcoxon = SignedRankTest.Test(first, second, options.SignedRank);
        var differences = new double[first.Length];
        for (var i = 0; i < differences.Length; i++)
        {
            differences[i] = first[i] - second[i];
        }

        return new PairedEquivalence(
            wilcoxon,
            HodgesLehmann.Estimate(differences, options.Level),
            EquivalenceTest.Test(first, second, options.Margin, options.SignedRank),
            SignTest.PValue(wilcoxon.Positives, wilcoxon.Negatives),
            differences.Average(),
            (double)differences.Count(difference => Math.Abs(difference) > options.Margin) / differences.Length,
            maxAbsDifference);
    }

    /// <summary>
    /// The verdict of this comparison alone. Signed ranks speak of the centre of symmetric differences: where a minority of images is ruined, the
    /// centre may stay where it was. So differences whose mean is beyond the margin are never called equivalent.
    /// </summary>
    /// <param name="significance">The significance of each one-sided test.</param>
    /// <returns>The verdict.</returns>
    public EquivalenceVerdict Verdict(double significance) => Verdict(significance, Tost.PValue, Tost.PDifferent / 2);

    /// <summary>The verdict for p-values that may have been corrected for there being other comparisons.</summary>
    /// <param name="significance">The significance.</param>
    /// <param name="pEquivalent">The p-value of H0: not equivalent.</param>
    /// <param name="pDifferent">The p-value of H0: equivalent, on the side where it is smaller.</param>
    /// <returns>The verdict.</returns>
    internal EquivalenceVerdict Verdict(double significance, double pEquivalent, double pDifferent) =>
        MaxAbsDifference == 0 ? EquivalenceVerdict.Identical
        : EquivalenceTest.SmallestPValue(Wilcoxon.Pairs) > significance ? EquivalenceVerdict.InsufficientData
        : pEquivalent <= significance && Math.Abs(MeanDifference) <= Tost.Margin ? EquivalenceVerdict.Equivalent
        : pDifferent <= significance ? EquivalenceVerdict.Different
        : EquivalenceVerdict.Inconclusive;
}
