using MathNet.Numerics.Distributions;

namespace Bench.Analysis.Statistics.Paired;

/// <summary>Where paired differences are centred.</summary>
/// <param name="Value">The Hodges–Lehmann estimate: the median of the means of all pairs of differences, each with itself included.</param>
/// <param name="Interval">Its distribution-free interval; null where there are too few differences for the level.</param>
public sealed record CentreEstimate(double Value, ConfidenceInterval? Interval);

/// <summary>The Hodges–Lehmann estimate of the centre of symmetric differences, with the interval that goes with the signed-rank test.</summary>
/// <remarks>
/// <para>Hodges and Lehmann 1963, https://doi.org/10.1214/aoms/1177704172. The interval's ends are order statistics of the Walsh averages (Tukey
/// 1949), exact for up to 1,000 differences without ties and conservative with them; beyond, their ranks come from the normal approximation.</para>
/// <para>The n (n + 1) / 2 averages are never formed: for a candidate, two pointers along the sorted differences count the averages that it
/// reaches in n steps, and bisection over the doubles between the smallest and the largest finds the order statistic to the last bit.</para>
/// </remarks>
public static class HodgesLehmann
{
    /// <summary>Estimates the centre of differences.</summary>
    /// <param name="differences">The differences, zeros included; finite, at least one, in any order.</param>
    /// <param name="level">The confidence of the interval, in (0, 1).</param>
    /// <returns>Estimate and interval.</returns>
    /// <exception cref="ArgumentException">There are no differences, one is not finite, or the level is out of range.</exception>
    public static CentreEstimate Estimate(ReadOnlySpan<double> differences, double level)
    {
        if (differences.IsEmpty)
        {
            throw new ArgumentException("Found no differences; expected at least one.", nameof(differences));
        }

        ConfidenceInterval.CheckLevel(level);

        var halves = new double[differences.Length];
        for (var i = 0; i < halves.Length; i++)
        {
            halves[i] = double.IsFinite(differences[i])
                ? differences[i] / 2
                : throw new ArgumentException($"Found {differences[i]} at position {i}; expected finite differences.", nameof(differences));
        }

        Array.Sort(halves);
        var averages = halves.Length * (halves.Length + 1L) / 2;
        var value = OrderStatistic.Median(averages, middle => Walsh(halves, middle));
        var rank = LowerRank(halves.Length, 1 - level);
        return new CentreEstimate(
            value, rank < 1 ? null : new ConfidenceInterval(Walsh(halves, rank), Walsh(halves, averages + 1 - rank), level));
    }

    /// <summary>Which Walsh average, from below and from above, is the end of the interval; below 1 where none is far enough out.</summary>
    private static long LowerRank(int n, double alpha)
    {
        if (n <= SignedRankDistribution.MaximumPairs)
        {
            return SignedRankDistribution.Quantile(n, alpha / 2);
        }

        var mean = n * (n + 1.0) / 4;
        var deviation = Math.Sqrt(n * (n + 1.0) * ((2.0 * n) + 1) / 24);
        return (long)Math.Floor(mean + (Normal.InvCDF(0, 1, alpha / 2) * deviation) + 0.5);
    }

    /// <summary>The average with a rank, from 1.</summary>
    private static double Walsh(double[] sortedHalves, long rank) =>
        OrderStatistic.Find(2 * sortedHalves[0], 2 * sortedHalves[^1], rank, limit => CountUpTo(sortedHalves, limit));

    private static long CountUpTo(ReadOnlySpan<double> sortedHalves, double limit)
    {
        long count = 0;
        var j = sortedHalves.Length - 1;
        for (var i = 0; i <= j; i++)
        {
            while (j >= i && sortedHalves[i] + sortedHalves[j] > limit)
            {
                j--;
            }

            count += j - i + 1;
        }

        return count;
    }
}
