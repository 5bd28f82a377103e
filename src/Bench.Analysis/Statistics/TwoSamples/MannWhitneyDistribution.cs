using MathNet.Numerics.Distributions;

namespace Bench.Analysis.Statistics.TwoSamples;

/// <summary>The null distribution of Mann and Whitney's U: how many of the n·m pairs have the first value larger.
/// https://doi.org/10.1214/aoms/1177730491.</summary>
internal static class MannWhitneyDistribution
{
    // Up to here counting takes about a millisecond; beyond, the normal approximation of the quantile is right to a few units of very many.
    private const long MaximumExactPairs = 10_000;

    /// <summary>The smallest q with P(U ≤ q) ≥ p: R's <c>qwilcox</c>; by the normal approximation with large samples.</summary>
    /// <param name="n">The size of one sample.</param>
    /// <param name="m">The size of the other.</param>
    /// <param name="p">A probability below 0.5.</param>
    /// <returns>The quantile.</returns>
    public static long Quantile(int n, int m, double p)
    {
        if ((long)n * m > MaximumExactPairs)
        {
            var deviation = Math.Sqrt((double)n * m * (n + m + 1) / 12);
            return Math.Max(0, (long)Math.Floor(((double)n * m / 2) + (Normal.InvCDF(0, 1, p) * deviation) + 0.5));
        }

        var counts = Counts(Math.Min(n, m), Math.Max(n, m));
        var total = counts.Sum();
        var sum = 0.0;
        for (var u = 0; u < counts.Length; u++)
        {
            sum += counts[u];
            if (sum / total >= p)
            {
                return u;
            }
        }

        return counts.Length - 1;
    }

    /// <summary>How many arrangements give each U: the Gaussian binomial coefficient, multiplied out.</summary>
    private static double[] Counts(int n, int m)
    {
        var counts = new double[(n * m) + 1];
        counts[0] = 1;
        for (var i = 1; i <= n; i++)
        {
            // times 1 − q^(m + i) …
            for (var u = counts.Length - 1; u >= m + i; u--)
            {
                counts[u] -= counts[u - m - i];
            }

            // … over 1 − q^i
            for (var u = i; u < counts.Length; u++)
            {
                counts[u] += counts[u - i];
            }
        }

        return counts;
    }
}
