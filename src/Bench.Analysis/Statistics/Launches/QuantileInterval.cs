using MathNet.Numerics.Distributions;

namespace Bench.Analysis.Statistics.Launches;

/// <summary>The interval of a quantile over requests of random launches, where launches differ.</summary>
/// <remarks>
/// <para>Order statistics of all requests pretend that a launch is no unit, and the more requests a launch has the more they lie: at 5 ×
/// 1,000 their "99 %" interval of P90 covers one time in three. Here the shift of launches and the requests within them are two sources of
/// error: for the shift the variance that a quantile of a mixture has when each of its parts moves at random, with Student's t; for the
/// requests a rank bound on the square-root scale, with their autocorrelation and with how launches differ in shape.
/// Both are added in quadrature (Howe 1974), so that only the first pays for the few launches.</para>
/// <para>Launches that are slower as a whole are bounded by how often they were seen (Clopper and Pearson). A kind of launch that was not
/// seen is in no interval. Constants were chosen by simulation; what the interval covers is simulated in LimitCoverageTests.</para>
/// </remarks>
internal static class QuantileInterval
{
    private const int FewestLaunches = 3;
    private const double FewestBeyond = 3;

    // Where the launches hardly differ by luck, a share of the scatter within them.
    private const double FloorShare = 0.4;

    // The level at which launches count as different in shape, and that of the bound if they are not.
    private const double ShapeLevel = 0.95;
    private const double AlikeLevel = 0.975;

    // From which ratio of the scatter between launches to that within them the tail of the mixture depends on the former's own error.
    private const double RampFrom = 1.25;
    private const double RampTo = 2;
    private const double SmallSpread = 0.05;

    /// <summary>Finds the interval.</summary>
    /// <param name="sample">The latencies.</param>
    /// <param name="p">The share, in [0.5, 1).</param>
    /// <param name="level">The confidence, in (0, 1).</param>
    /// <returns>The interval, in the unit of the latencies; null if the launches, or the requests beyond the quantile,
    /// do not suffice.</returns>
    public static ConfidenceInterval? Of(LaunchSample sample, double p, double level)
    {
        var ordinary = sample.Levels.Length - sample.Slow.Count;
        if (ordinary < FewestLaunches || double.IsNaN(sample.Resolution))
        {
            return null;
        }

        var centre = Quantiles.Interpolated(sample.Pooled, p);
        var rounding = Math.Log(1 + (sample.Resolution / Math.Exp(centre)));
        var between = Variance([.. sample.Ordinary.Select(launch => sample.Levels[launch])]) + (rounding * rounding / 12);
        var tail = (1 + level) / 2;
        if (Shape.Of(sample, p, tail, between) is not { } shape)
        {
            return null;
        }

        var t = StudentT.InvCDF(0, 1, ordinary - 1, tail);
        var (lower, upper) = sample.Slow.Count == 0 ? Alike(sample, centre, shape, t) : WithSlowLaunches(sample, shape, t, tail);
        return new ConfidenceInterval(
            Math.Max(0, Math.Exp(lower) - (sample.Resolution / 2)), Math.Exp(upper) + (sample.Resolution / 2), level);
    }

    private static (double Lower, double Upper) Alike(LaunchSample sample, double centre, Shape shape, double t)
    {
        double launches = sample.Levels.Length;
        return (centre - Hypot(t * Math.Sqrt(shape.LowerVariance / launches), shape.Below),
            centre + Hypot((t * Math.Sqrt(shape.UpperVariance / launches)) + shape.Extra, shape.Above));
    }

    /// <summary>The quantile of a mixture of ordinary and slow launches, the share of the latter at either end of what was seen.</summary>
    private static (double Lower, double Upper) WithSlowLaunches(LaunchSample sample, Shape shape, double t, double tail)
    {
        var slow = sample.Slow.Count;
        var ordinary = sample.Levels.Length - slow;
        double[] fast = [.. sample.Ordinary.SelectMany(launch => sample.Logarithms[launch])];
        double[] late = [.. sample.Slow.SelectMany(launch => sample.Logarithms[launch])];
        Array.Sort(fast);
        Array.Sort(late);
        double Lower(int launches) => -t * Math.Sqrt(shape.LowerVariance / launches);
        double Upper(int launches) => (t * Math.Sqrt(shape.UpperVariance / launches)) + shape.Extra;
        return (
            Mixture(fast, Lower(ordinary), late, Lower(slow), ClopperPearson.Lower(slow, sample.Levels.Length, tail), shape.LowerRank),
            Mixture(fast, Upper(ordinary), late, Upper(slow), ClopperPearson.Upper(slow, sample.Levels.Length, tail), shape.UpperRank));
    }

    /// <summary>The quantile of two shifted samples with given weights: both are walked in order.</summary>
    private static double Mixture(double[] fast, double fastShift, double[] late, double lateShift, double lateShare, double p)
    {
        var (i, j, reached, value) = (0, 0, 0.0, double.NegativeInfinity);
        while (reached < p - 1e-12 && (i < fast.Length || j < late.Length))
        {
            if (j >= late.Length || (i < fast.Length && fast[i] + fastShift <= late[j] + lateShift))
            {
                value = fast[i++] + fastShift;
                reached += (1 - lateShare) / fast.Length;
            }
            else
            {
                value = late[j++] + lateShift;
                reached += lateShare / late.Length;
            }
        }

        return value;
    }

    private static double Hypot(double a, double b) => Math.Sqrt((a * a) + (b * b));

    private static double Variance(double[] values)
    {
        var mean = values.Average();
        return values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1);
    }

    /// <summary>What is known of the distribution within launches, and of how a shift of launches moves the quantile.</summary>
    private sealed record Shape(
        double LowerRank, double UpperRank, double Below, double Above, double LowerVariance, double UpperVariance, double Extra)
    {
        public static Shape? Of(LaunchSample sample, double p, double tail, double between)
        {
            if (p == 0.5)
            {
                return new Shape(p, p, 0, 0, Effective(between, sample.Within, 0), Effective(between, sample.Within, 0), 0);
            }

            double n = sample.Pooled.Length;
            var (z, a) = (Normal.InvCDF(0, 1, p), 1 - p);
            var quantile = Quantiles.Interpolated(sample.PooledDeviations, p);
            var margin = RankMargin(sample, quantile, p, tail) / (2 * Math.Sqrt(a));
            var beyond = Math.Sqrt(a) - margin;
            if (beyond <= 0 || beyond * beyond * n < FewestBeyond)
            {
                return null;
            }

            var (upperRank, lowerRank) = (1 - (beyond * beyond), Math.Max(0, 1 - Math.Pow(Math.Sqrt(a) + margin, 2)));
            var spread = (quantile - Quantiles.Interpolated(sample.PooledDeviations, 0.5)) / z;
            var floor = FloorShare * sample.Within;
            var upper = between + (floor * floor);
            return new Shape(
                lowerRank,
                upperRank,
                quantile - Quantiles.At(sample.PooledDeviations, (lowerRank * n) - 1),
                Quantiles.At(sample.PooledDeviations, upperRank * n) - quantile,
                Effective(between, spread, z),
                Effective(upper, spread, z),
                TailError(between, upper, spread, z, sample.Levels.Length - sample.Slow.Count));
        }

        /// <summary>How far the share beyond the quantile may be off: by chance within launches, or by how much
        /// launches differ in it.</summary>
        private static double RankMargin(LaunchSample sample, double quantile, double p, double tail)
        {
            var beyond = Array.ConvertAll(sample.Deviations, launch => Array.ConvertAll(launch, value => value > quantile ? 1.0 : 0));
            var (launches, n) = (beyond.Length, (double)sample.Pooled.Length);
            var byChance = Math.Sqrt(p * (1 - p) * DesignEffect(beyond) / n);
            var byLaunch = Math.Sqrt(Variance(Array.ConvertAll(beyond, launch => launch.Average())) / launches);
            var differ = byLaunch * byLaunch > byChance * byChance * ChiSquared.InvCDF(launches - 1, ShapeLevel) / (launches - 1);
            return Math.Max(
                Normal.InvCDF(0, 1, tail) * byChance, StudentT.InvCDF(0, 1, launches - 1, differ ? tail : AlikeLevel) * byLaunch);
        }

        /// <summary>By how much neighbours that resemble each other widen a variance: the sum of autocorrelations, up to the first
        /// that is chance.</summary>
        private static double DesignEffect(double[][] beyond)
        {
            double n = beyond.Sum(launch => launch.Length);
            var mean = beyond.Sum(launch => launch.Sum()) / n;
            var variance = mean * (1 - mean);
            var effect = 1.0;
            for (var lag = 1; variance > 0 && lag <= Math.Max(1, beyond.Min(launch => launch.Length) / 4); lag++)
            {
                var sum = 0.0;
                foreach (var launch in beyond)
                {
                    for (var i = lag; i < launch.Length; i++)
                    {
                        sum += (launch[i] - mean) * (launch[i - lag] - mean);
                    }
                }

                var correlation = sum / n / variance;
                if (correlation < 2 / Math.Sqrt(n))
                {
                    break;
                }

                effect += 2 * correlation;
            }

            return effect;
        }

        /// <summary>The variance by which a random shift of launches moves a quantile of them all, normal shifts
        /// taken for granted.</summary>
        private static double Effective(double between, double within, double z)
        {
            if (between == 0)
            {
                return 0;
            }

            var share = between / (between + (within * within));
            return between * Math.Asin(share) / share * (1 + (z * z * share / 2));
        }

        // Where launches differ more than requests do, the tail is that of the launches, and how much they differ is known badly.
        private static double TailError(double between, double upper, double spread, double z, int launches)
        {
            var deviation = Math.Sqrt(between);
            var ramp = spread <= 0 ? 1 : Math.Clamp(((deviation / spread) - RampFrom) / (RampTo - RampFrom), 0, 1);
            var share = upper / (upper + (spread * spread));
            return ramp == 0
                ? 0
                : ramp * z * Math.Sqrt(share) * deviation * (Math.Sqrt((launches - 1) / ChiSquared.InvCDF(launches - 1, SmallSpread)) - 1);
        }
    }
}
