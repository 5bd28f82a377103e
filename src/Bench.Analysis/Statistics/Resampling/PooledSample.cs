using MathNet.Numerics.Random;

namespace Bench.Analysis.Statistics.Resampling;

/// <summary>The iterations of several launches, and how often each of them was drawn.</summary>
/// <remarks>
/// A resample is a count for every value. The values are sorted once, so that neither a mean nor a quantile of a resample needs copying or sorting.
/// </remarks>
internal sealed class PooledSample
{
    private readonly double[] _sorted;
    private readonly int[][] _positions;
    private readonly int[] _counts;

    public PooledSample(IReadOnlyList<IReadOnlyList<double>> launches)
    {
        _sorted = [.. launches.SelectMany(launch => launch)];
        var order = new int[_sorted.Length];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Array.Sort(_sorted, order);
        var place = new int[order.Length];
        for (var i = 0; i < order.Length; i++)
        {
            place[order[i]] = i;
        }

        _counts = new int[order.Length];
        _positions = new int[launches.Count][];
        var start = 0;
        for (var launch = 0; launch < launches.Count; launch++)
        {
            _positions[launch] = place[start..(start + launches[launch].Count)];
            start += launches[launch].Count;
        }
    }

    /// <summary>Draws every value once: the sample itself.</summary>
    public void DrawAll() => Array.Fill(_counts, 1);

    /// <summary>Draws whole launches with replacement.</summary>
    public void DrawLaunches(RandomSource random)
    {
        Array.Clear(_counts);
        for (var i = 0; i < _positions.Length; i++)
        {
            foreach (var position in _positions[random.Next(_positions.Length)])
            {
                _counts[position]++;
            }
        }
    }

    /// <summary>Draws launches with replacement, and in each of them blocks of neighbours with replacement.</summary>
    public void DrawLaunchesAndBlocks(RandomSource launches, RandomSource random, int blockLength)
    {
        Array.Clear(_counts);
        for (var i = 0; i < _positions.Length; i++)
        {
            var launch = _positions[launches.Next(_positions.Length)];
            for (var drawn = 0; drawn < launch.Length;)
            {
                var start = random.Next(Math.Max(1, launch.Length - blockLength + 1));
                for (var offset = 0; offset < blockLength && drawn < launch.Length; offset++, drawn++)
                {
                    _counts[launch[start + offset]]++;
                }
            }
        }
    }

    public double Mean()
    {
        var sum = 0.0;
        long drawn = 0;
        for (var i = 0; i < _counts.Length; i++)
        {
            sum += _counts[i] * _sorted[i];
            drawn += _counts[i];
        }

        return sum / drawn;
    }

    /// <summary>The nearest-rank quantile of what was drawn.</summary>
    public double Quantile(double p)
    {
        long drawn = 0;
        foreach (var count in _counts)
        {
            drawn += count;
        }

        var rank = Quantiles.Rank(p, drawn);
        long reached = 0;
        var i = 0;
        while ((reached += _counts[i]) < rank)
        {
            i++;
        }

        return _sorted[i];
    }
}
