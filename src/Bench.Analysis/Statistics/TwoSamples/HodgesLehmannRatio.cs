namespace Bench.Analysis.Statistics.TwoSamples;

/// <summary>The Hodges–Lehmann estimate of a ratio: the median of all quotients of a current and a base value, with the interval of the
/// Mann–Whitney test.</summary>
/// <remarks>
/// On logarithms it is the shift estimate of Hodges and Lehmann 1963, https://doi.org/10.1214/aoms/1177704172. The interval asks of the
/// distributions that launches are independent and that they differ by a factor, no more; and where one value in ten is an accident, such
/// as a launch during which the machine was somebody else's, it hardly moves.
/// </remarks>
public static class HodgesLehmannRatio
{
    /// <summary>Estimates the factor between two samples of independent values.</summary>
    /// <param name="baseline">The base values; above 0, at least one.</param>
    /// <param name="current">The current values; above 0, at least one.</param>
    /// <param name="level">The confidence of the interval, in (0, 1).</param>
    /// <returns>Estimate and interval; no interval where not even the extreme quotients enclose the factor with that confidence.</returns>
    /// <exception cref="ArgumentException">A sample is empty, a value is not finite and above 0, or the level is out of range.</exception>
    public static RatioEstimate Estimate(ReadOnlySpan<double> baseline, ReadOnlySpan<double> current, double level)
    {
        ConfidenceInterval.CheckLevel(level);

        var from = Logarithms(baseline, nameof(baseline));
        var to = Logarithms(current, nameof(current));
        var pairs = (long)from.Length * to.Length;
        var shift = OrderStatistic.Median(pairs, middle => Shift(from, to, middle));
        var rank = MannWhitneyDistribution.Quantile(from.Length, to.Length, (1 - level) / 2);
        if (rank < 1)
        {
            return new RatioEstimate(Math.Exp(shift), null);
        }

        // Quotients that are all equal say that the values were rounded, not that nothing varies.
        var (lower, upper) = (Shift(from, to, rank), Shift(from, to, pairs + 1 - rank));
        return new RatioEstimate(Math.Exp(shift), lower < upper ? new ConfidenceInterval(Math.Exp(lower), Math.Exp(upper), level) : null);
    }

    private static double[] Logarithms(ReadOnlySpan<double> values, string name)
    {
        if (values.IsEmpty)
        {
            throw new ArgumentException("Found no values; expected at least one.", name);
        }

        var logarithms = new double[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            logarithms[i] = values[i] > 0 && double.IsFinite(values[i])
                ? Math.Log(values[i])
                : throw new ArgumentException($"Found {values[i]} at position {i}; expected finite values above 0.", name);
        }

        Array.Sort(logarithms);
        return logarithms;
    }

    /// <summary>The difference with a rank, from 1, of all differences current − base; found without forming them.</summary>
    private static double Shift(double[] from, double[] to, long rank) =>
        OrderStatistic.Find(to[0] - from[^1], to[^1] - from[0], rank, limit => CountUpTo(from, to, limit));

    private static long CountUpTo(double[] from, double[] to, double limit)
    {
        long count = 0;
        var j = 0;
        foreach (var value in from)
        {
            // The larger the base value, the more current values are within reach.
            while (j < to.Length && to[j] - value <= limit)
            {
                j++;
            }

            count += j;
        }

        return count;
    }
}
