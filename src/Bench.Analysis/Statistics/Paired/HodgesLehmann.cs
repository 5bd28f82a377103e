using MathNet.Numerics.Distributions;

namespace Bench.Analysis.Statistics.Paired;

/// <summary>Where paired differences are centred.</summary>
/// <param name="Value">The Hodges–Lehmann estimate: the median of the means of all pairs of differences, each with itself included.</param>
/// <param name="Interval">Its distribution-free interval; null where there are too few differences for the level.</param>
public sealed record CentreEstimate(double Value, ConfidenceInterval? Interval);

/// <summary>The Hodges–Lehmann estimate of the centre of symmetric differences, with the interval that goes with the
/// signed-rank test.</summary>
/// <remarks>
/// <para>Hodges and Lehmann 1963, https://doi.org/10.1214/aoms/1177704172. The interval's ends are order statistics of
/// the Walsh averages (Tukey
/// 1949), exact for up to 1,000 differences without ties and conservative with them; beyond, their ranks come from the
/// normal approximation.</para>
/// <para>The n (n + 1) / 2 averages are never formed (<see cref="WalshAverages"/>).</para>
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

        for (var i = 0; i < differences.Length; i++)
        {
            if (!double.IsFinite(differences[i]))
            {
                throw new ArgumentException($"Found {differences[i]} at position {i}; expected finite differences.", nameof(differences));
            }
        }

        var averages = new WalshAverages(differences);
        var value = OrderStatistic.Median(averages.Count, averages.WithRank);
        var rank = LowerRank(differences.Length, 1 - level);
        return new CentreEstimate(
            value, rank < 1 ? null : new ConfidenceInterval(averages.WithRank(rank), averages.WithRank(averages.Count + 1 - rank), level));
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
}
