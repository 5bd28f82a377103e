namespace Bench.Analysis.Statistics;

/// <summary>What a sample says of a quantile of the distribution behind it, whatever that is: binomial bounds by order statistics.</summary>
/// <remarks>
/// How many of n independent values lie below the true quantile is binomial; so two of the ordered values enclose it with a confidence that needs
/// no further assumption. David and Nagaraja, "Order Statistics", section 7.1, https://doi.org/10.1002/0471722162. Latencies of one process are
/// not quite independent: with strong autocorrelation use the two-level bootstrap.
/// </remarks>
public static class QuantileBounds
{
    /// <summary>The interval of a quantile.</summary>
    /// <param name="sorted">The values, ascending.</param>
    /// <param name="p">The share, in (0, 1).</param>
    /// <param name="level">The confidence, in (0, 1); the interval has at least this one.</param>
    /// <returns>Two of the values, or null if even the smallest and the largest do not enclose the quantile with that confidence.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="p"/> or <paramref name="level"/> is out of range.</exception>
    public static ConfidenceInterval? Interval(ReadOnlySpan<double> sorted, double p, double level)
    {
        Check(p, level);
        var lower = LowerRank(sorted.Length, p, (1 - level) / 2);
        var upper = UpperRank(sorted.Length, p, (1 - level) / 2);
        return lower < 1 || upper > sorted.Length ? null : new ConfidenceInterval(sorted[lower - 1], sorted[upper - 1], level);
    }

    /// <summary>What a quantile does not exceed: the number to hold against a time limit.</summary>
    /// <param name="sorted">The values, ascending.</param>
    /// <param name="p">The share, in (0, 1).</param>
    /// <param name="confidence">How sure, in (0, 1).</param>
    /// <returns>One of the values, or null if there are too few.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="p"/> or <paramref name="confidence"/> is out of range.</exception>
    public static double? UpperBound(ReadOnlySpan<double> sorted, double p, double confidence)
    {
        Check(p, confidence);
        var rank = UpperRank(sorted.Length, p, 1 - confidence);
        return rank > sorted.Length ? null : sorted[rank - 1];
    }

    /// <summary>The smallest number of values of which the quantile may be claimed although some exceed it.</summary>
    /// <param name="p">The share, in (0, 1).</param>
    /// <param name="exceeding">How many values exceed it; at least 0.</param>
    /// <param name="confidence">How sure, in (0, 1).</param>
    /// <returns>The count; 662 for 0.99 with one exceeding and 0.99.</returns>
    /// <remarks>MLPerf Inference's early stopping, https://github.com/mlcommons/inference_policies.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static int MinimumCount(double p, int exceeding, double confidence)
    {
        Check(p, confidence);
        ArgumentOutOfRangeException.ThrowIfNegative(exceeding);
        var low = exceeding;
        var high = exceeding + 1;
        while (!Carries(high))
        {
            low = high;
            high = checked(2 * high);
        }

        while (high - low > 1)
        {
            var middle = low + ((high - low) / 2);
            (low, high) = Carries(middle) ? (low, middle) : (middle, high);
        }

        return high;

        bool Carries(int count) => BinomialTail.AtMost(exceeding, count, 1 - p) <= 1 - confidence;
    }

    /// <summary>The largest rank whose value lies above the quantile with at most the chance alpha; 0 if none.</summary>
    private static int LowerRank(int n, double p, double alpha) => Search(0, n, rank => BinomialTail.AtMost(rank - 1, n, p) <= alpha);

    /// <summary>The smallest rank whose value lies below the quantile with at most the chance alpha; n + 1 if none.</summary>
    private static int UpperRank(int n, double p, double alpha) => n + 1 - LowerRank(n, 1 - p, alpha);

    /// <summary>The largest rank that holds, where all below it hold too.</summary>
    private static int Search(int low, int high, Func<int, bool> holds)
    {
        while (low < high)
        {
            var middle = low + ((high - low + 1) / 2);
            (low, high) = holds(middle) ? (middle, high) : (low, middle - 1);
        }

        return low;
    }

    private static void Check(double p, double level)
    {
        if (!(p > 0 && p < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(p), p, "Expected a share in (0, 1).");
        }

        if (!(level > 0 && level < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(level), level, "Expected a confidence in (0, 1).");
        }
    }
}
