namespace Bench.Analysis.Statistics.Paired;

/// <summary>The means of all pairs of some values, each with itself included, in order; they are never formed.</summary>
/// <remarks>
/// For a candidate, two pointers along the sorted values count the averages that it reaches, in as many steps as there are values. The rank
/// is cornered by the Illinois method, a secant that cannot get stuck (Dowell and Jarratt 1971, https://doi.org/10.1007/BF01934364), until
/// so few averages are left that these can be formed. Every count also tells the averages next to the candidate, so that ties,
/// however many, end it. So the answer is right to the last bit after some ten counts.
/// </remarks>
/// <param name="values">The values; finite, at least one.</param>
internal sealed class WalshAverages(ReadOnlySpan<double> values)
{
    private const double Half = 0.5;
    private const int FewEnough = 1024;

    private readonly double[] _halves = SortedHalves(values);
    private readonly List<(double Limit, long Count, double Reached, double Above)> _counts = [];
    private double[] _left = [];

    /// <summary>How many there are.</summary>
    public long Count => _halves.Length * (_halves.Length + 1L) / 2;

    // So few that to form and to sort them takes no longer than a count.
    private long MostFormed => Math.Max(FewEnough, _halves.Length / 16);

    /// <summary>The average with a rank.</summary>
    /// <param name="rank">The rank, from 1 to <see cref="Count"/>.</param>
    /// <returns>The average.</returns>
    public double WithRank(long rank)
    {
        // The answer is above low, at or above next, and at or below high; next and high are averages.
        var (low, next, high) = (Math.BitDecrement(2 * _halves[0]), 2 * _halves[0], 2 * _halves[^1]);
        var (countLow, countHigh) = (0L, Count);
        foreach (var known in _counts)
        {
            (low, next, countLow) = known.Count < rank && known.Count > countLow
                ? (known.Limit, known.Above, known.Count)
                : (low, next, countLow);
            (high, countHigh) = known.Count >= rank && known.Count < countHigh ? (known.Reached, known.Count) : (high, countHigh);
        }

        var (missing, surplus) = (Math.Max(Half, rank - countLow), Math.Max(Half, countHigh - rank));
        var movedHigh = false;
        for (var step = 0; countHigh - countLow > MostFormed && next < high; step++)
        {
            var candidate = Candidate(low, high, missing, surplus, step);
            var count = CountUpTo(candidate, out var reached, out var above);
            _counts.Add((candidate, count, reached, above));
            if (count >= rank)
            {
                // An end that stays twice counts half, or a curved distribution would move only the other.
                missing = movedHigh ? Math.Max(Half, missing / 2) : missing;
                (high, countHigh, surplus, movedHigh) = (reached, count, Math.Max(Half, count - rank), true);
            }
            else
            {
                surplus = movedHigh ? surplus : Math.Max(Half, surplus / 2);
                (low, next, countLow, missing, movedHigh) = (candidate, above, count, rank - count, false);
            }
        }

        return next >= high ? high : Among(low, high, countHigh - countLow, rank - countLow);
    }

    /// <summary>Mostly where the secant is; every third time half way between the doubles, so that the end is never far.</summary>
    private static double Candidate(double low, double high, double missing, double surplus, int step)
    {
        var middle = OrderedBits.ToDouble(OrderedBits.Middle(OrderedBits.Of(low), OrderedBits.Of(high)));
        if (step % 3 == 2)
        {
            return middle;
        }

        var candidate = low + ((high - low) * (missing / (missing + surplus)));
        return candidate > low && candidate < high ? candidate : middle;
    }

    private static double[] SortedHalves(ReadOnlySpan<double> values)
    {
        var halves = new double[values.Length];
        for (var i = 0; i < halves.Length; i++)
        {
            halves[i] = values[i] / 2;
        }

        Array.Sort(halves);
        return halves;
    }

    /// <summary>How many averages do not exceed a limit, the largest of these, and the smallest of the others.</summary>
    private long CountUpTo(double limit, out double reached, out double above)
    {
        ReadOnlySpan<double> halves = _halves;
        (reached, above) = (double.NegativeInfinity, double.PositiveInfinity);
        long count = 0;
        var j = halves.Length - 1;
        for (var i = 0; i < halves.Length; i++)
        {
            while (j >= i && halves[i] + halves[j] > limit)
            {
                j--;
            }

            if (j < i)
            {
                // From here on all averages are above the limit.
                above = Math.Min(above, halves[i] + halves[i]);
                break;
            }

            count += j - i + 1;
            reached = Math.Max(reached, halves[i] + halves[j]);
            above = j + 1 < halves.Length ? Math.Min(above, halves[i] + halves[j + 1]) : above;
        }

        return count;
    }

    /// <summary>Of the averages above one limit and up to another the one with a rank.</summary>
    private double Among(double low, double high, long count, long rank)
    {
        _left = _left.Length >= count ? _left : new double[MostFormed];
        var found = 0;
        var (above, upTo) = (_halves.Length - 1, _halves.Length - 1);
        for (var i = 0; i < _halves.Length; i++)
        {
            while (upTo >= i && _halves[i] + _halves[upTo] > high)
            {
                upTo--;
            }

            above = Math.Min(above, upTo);
            while (above >= i && _halves[i] + _halves[above] > low)
            {
                above--;
            }

            for (var j = Math.Max(i, above + 1); j <= upTo; j++)
            {
                _left[found++] = _halves[i] + _halves[j];
            }
        }

        Array.Sort(_left, 0, found);
        return _left[rank - 1];
    }
}
