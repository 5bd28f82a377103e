namespace Bench.Analysis.Statistics.Paired;

/// <summary>The result of two one-sided signed-rank tests against a margin.</summary>
/// <param name="Margin">The margin, above 0, in the unit of the values.</param>
/// <param name="PLower">The p-value of H0: the centre is at or below −margin. In [0, 1].</param>
/// <param name="PUpper">The p-value of H0: the centre is at or above +margin. In [0, 1].</param>
/// <param name="PBelow">The p-value of H0: the centre is at or above −margin; small where it is shown to lie below.</param>
/// <param name="PAbove">The p-value of H0: the centre is at or below +margin; small where it is shown to lie above.</param>
public sealed record EquivalenceResult(double Margin, double PLower, double PUpper, double PBelow, double PAbove)
{
    /// <summary>The p-value of H0: the centre is not within the margin. The larger of the two;
    /// no correction is needed for there being two.</summary>
    public double PValue => Math.Max(PLower, PUpper);

    /// <summary>The p-value of H0: the centre is within the margin. Small where a difference beyond it is shown.</summary>
    public double PDifferent => Math.Min(1, 2 * Math.Min(PBelow, PAbove));
}

/// <summary>Whether paired differences are shown to be centred within a margin: two one-sided signed-rank tests (TOST).</summary>
/// <remarks>
/// Schuirmann 1987, https://doi.org/10.1007/BF01068419, with the signed-rank test in place of Student's. At significance α it says the same
/// as the 1 − 2α Hodges–Lehmann interval lying within the margin. Zero differences become ties at the margin, so that equal pairs count as
/// what they are: evidence of equivalence.
/// </remarks>
internal static class EquivalenceTest
{
    /// <summary>Tests whether paired values are equivalent.</summary>
    /// <param name="first">The values of one side; finite.</param>
    /// <param name="second">The values of the other, in the same order; finite.</param>
    /// <param name="margin">How much the centre of first − second may lie from zero; above 0, finite, fixed before looking.</param>
    /// <param name="options">How each of the tests is done; null for the defaults.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">The margin is out of range, the lengths differ, there are no pairs, or a value
    /// is not finite.</exception>
    public static EquivalenceResult Test(
        ReadOnlySpan<double> first, ReadOnlySpan<double> second, double margin, SignedRankOptions? options = null)
    {
        if (!(margin > 0 && double.IsFinite(margin)))
        {
            throw new ArgumentOutOfRangeException(nameof(margin), margin, "Expected a finite margin above 0.");
        }

        var fromBelow = SignedRankTest.Test(first, second, margin, options ?? new SignedRankOptions());
        var fromAbove = SignedRankTest.Test(first, second, -margin, options ?? new SignedRankOptions());
        return new EquivalenceResult(margin, fromBelow.PGreater, fromAbove.PLess, fromBelow.PLess, fromAbove.PGreater);
    }

    /// <summary>The smallest p-value that so many pairs can reach, however they differ: each sign is a coin.</summary>
    /// <param name="pairs">How many pairs.</param>
    /// <returns>2^−pairs.</returns>
    public static double SmallestPValue(int pairs) => Math.Pow(2, -pairs);
}
