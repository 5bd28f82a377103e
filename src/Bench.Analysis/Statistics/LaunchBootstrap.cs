using MathNet.Numerics.Random;

namespace Bench.Analysis.Statistics;

/// <summary>
/// A two-level bootstrap of the mean: launches are drawn with replacement, and from each drawn launch blocks of neighbouring iterations.
/// </summary>
/// <remarks>
/// The launch is the unit of replication: iterations of one process share its memory layout and its moment, and neighbours are not
/// independent. So an interval over iterations alone would be far too narrow. Blocks keep the dependence of neighbours.
/// Kalibera and Jones, "Rigorous benchmarking in reasonable time", https://doi.org/10.1145/2491894.2464160;
/// Künsch's moving blocks, https://doi.org/10.1214/aos/1176347265. Percentile interval.
/// </remarks>
public static class LaunchBootstrap
{
    /// <summary>The number of resamples.</summary>
    public const int Resamples = 4000;

    /// <summary>The interval of the mean over all launches.</summary>
    /// <param name="launches">The latencies of each launch; none empty.</param>
    /// <param name="level">The confidence, in (0, 1).</param>
    /// <param name="seed">The seed of the draws.</param>
    /// <returns>The interval, or null with fewer than two launches: then nothing is known of how launches differ.</returns>
    public static ConfidenceInterval? Mean(IReadOnlyList<IReadOnlyList<double>> launches, double level, int seed)
    {
        if (!(level > 0 && level < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(level), level, "Expected a level in (0, 1).");
        }

        if (launches.Count < 2)
        {
            return null;
        }

        var random = new Xoshiro256StarStar(seed, threadSafe: false);
        var blocks = launches.Select(launch => new Blocks(launch)).ToArray();
        var means = new double[Resamples];
        for (var i = 0; i < Resamples; i++)
        {
            var sum = 0.0;
            var count = 0;
            for (var k = 0; k < blocks.Length; k++)
            {
                var launch = blocks[random.Next(blocks.Length)];
                sum += launch.DrawSum(random);
                count += launch.Count;
            }

            means[i] = sum / count;
        }

        Array.Sort(means);
        var tail = (1 - level) / 2;
        return new ConfidenceInterval(Quantiles.NearestRank(means, tail), Quantiles.NearestRank(means, 1 - tail), level);
    }

    /// <summary>One launch with the running sums that make a block's sum one subtraction.</summary>
    private sealed class Blocks
    {
        private readonly double[] _sums;
        private readonly int _length;

        public Blocks(IReadOnlyList<double> values)
        {
            Count = values.Count;
            _length = Math.Max(1, (int)Math.Round(Math.Cbrt(Count)));
            _sums = new double[Count + 1];
            for (var i = 0; i < Count; i++)
            {
                _sums[i + 1] = _sums[i] + values[i];
            }
        }

        public int Count { get; }

        public double DrawSum(Xoshiro256StarStar random)
        {
            var sum = 0.0;
            for (var drawn = 0; drawn < Count; drawn += _length)
            {
                var length = Math.Min(_length, Count - drawn);
                var start = random.Next(Count - length + 1);
                sum += _sums[start + length] - _sums[start];
            }

            return sum;
        }
    }
}
