namespace Bench.Analysis.Statistics;

/// <summary>How many values it takes to speak of a quantile: how many of n independent values exceed the true one is binomial.</summary>
internal static class QuantileBounds
{
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
