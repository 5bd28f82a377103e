namespace Bench.Analysis.Statistics.Paired;

/// <summary>The exact sign test, which asks nothing of the differences' distribution. Zeros are left out.</summary>
internal static class SignTest
{
    /// <summary>Tests whether as many differences are positive as negative.</summary>
    /// <param name="positive">How many are positive; at least 0.</param>
    /// <param name="negative">How many are negative; at least 0.</param>
    /// <returns>The two-sided p-value, in (0, 1]; 1 if there are none. R's <c>binom.test</c>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative.</exception>
    public static double PValue(int positive, int negative)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(positive);
        ArgumentOutOfRangeException.ThrowIfNegative(negative);
        return Math.Min(1, 2 * BinomialTail.AtMost(Math.Min(positive, negative), positive + (long)negative, 0.5));
    }
}
