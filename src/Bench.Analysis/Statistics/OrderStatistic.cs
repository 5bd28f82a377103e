namespace Bench.Analysis.Statistics;

/// <summary>Values with a rank among very many that are never formed, found by counting how many a candidate reaches.</summary>
internal static class OrderStatistic
{
    /// <summary>The value with a rank, to the last bit, by bisection over the doubles.</summary>
    /// <param name="smallest">The smallest of all values.</param>
    /// <param name="largest">The largest of all values.</param>
    /// <param name="rank">The rank, from 1.</param>
    /// <param name="countUpTo">How many values do not exceed a limit.</param>
    public static double Find(double smallest, double largest, long rank, Func<double, long> countUpTo)
    {
        var low = OrderedBits.Of(smallest);
        var high = OrderedBits.Of(largest);
        while (low < high)
        {
            var middle = OrderedBits.Middle(low, high);
            if (countUpTo(OrderedBits.ToDouble(middle)) >= rank)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return OrderedBits.ToDouble(low);
    }

    /// <summary>The median: the value in the middle, or half way between the two.</summary>
    /// <param name="count">How many values there are.</param>
    /// <param name="ofRank">The value with a rank, from 1.</param>
    public static double Median(long count, Func<long, double> ofRank)
    {
        var lower = ofRank((count + 1) / 2);
        var upper = count % 2 == 0 ? ofRank((count / 2) + 1) : lower;
        return (lower / 2) + (upper / 2);
    }
}
