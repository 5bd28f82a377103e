namespace Bench.Analysis.Statistics;

/// <summary>Quantiles of latencies, and how many latencies it takes to speak of one.</summary>
internal static class Quantiles
{
    /// <summary>The confidence with which a quantile must hold before it is printed.</summary>
    public const double RequiredConfidence = 0.99;

    /// <summary>The nearest-rank quantile: the smallest observed value that at least the share <paramref name="p"/> of all values
    /// does not exceed.</summary>
    /// <param name="sorted">The values, ascending; at least one.</param>
    /// <param name="p">The share, in (0, 1].</param>
    /// <returns>One of the values.</returns>
    /// <remarks>Type 1 of Hyndman and Fan, https://doi.org/10.1080/00031305.1996.10473566; R's <c>quantile(type = 1)</c>.</remarks>
    /// <exception cref="ArgumentException"><paramref name="sorted"/> is empty, or <paramref name="p"/> is out of range or NaN.</exception>
    public static double NearestRank(ReadOnlySpan<double> sorted, double p)
    {
        if (sorted.IsEmpty)
        {
            throw new ArgumentException("Found no values; expected at least one.", nameof(sorted));
        }

        if (!(p > 0 && p <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(p), p, "Expected a share in (0, 1].");
        }

        return sorted[(int)Rank(p, sorted.Length) - 1];
    }

    /// <summary>The quantile between two neighbouring values, by linear interpolation.</summary>
    /// <param name="sorted">The values, ascending; at least one.</param>
    /// <param name="p">The share, in [0, 1].</param>
    /// <returns>A value between the smallest and the largest.</returns>
    /// <remarks>Type 7 of Hyndman and Fan; R's default.</remarks>
    internal static double Interpolated(ReadOnlySpan<double> sorted, double p) => At(sorted, (sorted.Length - 1) * p);

    /// <summary>The value at a position from 0, by linear interpolation; beyond the ends, that at the end.</summary>
    internal static double At(ReadOnlySpan<double> sorted, double position)
    {
        var at = Math.Clamp(position, 0, sorted.Length - 1);
        var below = (int)at;
        return sorted[below] + ((at - below) * (sorted[Math.Min(below + 1, sorted.Length - 1)] - sorted[below]));
    }

    /// <summary>The median: the value in the middle, or half way between the two.</summary>
    /// <param name="values">The values, in any order; at least one.</param>
    /// <returns>The median.</returns>
    internal static double Median(IReadOnlyList<double> values)
    {
        double[] sorted = [.. values];
        Array.Sort(sorted);
        return Interpolated(sorted, 0.5);
    }

    /// <summary>The rank of a nearest-rank quantile, from 1.</summary>
    /// <param name="p">The share, in (0, 1].</param>
    /// <param name="count">How many values there are; at least one.</param>
    internal static long Rank(double p, long count) =>
        // A product such as 0.07 * 100 = 7.000000000000001 must not round up to the next rank.
        Math.Clamp((long)Math.Ceiling((p * count) - (1e-9 * count)), 1, count);

    /// <summary>The smallest number of values that can carry a quantile: with one value above it, it must still hold with
    /// 99 % confidence.</summary>
    /// <param name="p">The share, in (0, 1).</param>
    /// <returns>64 for 0.90, 130 for 0.95, 662 for 0.99, 6636 for 0.999.</returns>
    /// <remarks>
    /// The rule of MLPerf Inference's early stopping, https://github.com/mlcommons/inference_policies: the chance that at most one of n
    /// values exceeds the true quantile must not be above 1 − 0.99.
    /// </remarks>
    public static int MinimumCount(double p) => QuantileBounds.MinimumCount(p, exceeding: 1, RequiredConfidence);
}
