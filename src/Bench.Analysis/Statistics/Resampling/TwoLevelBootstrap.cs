using Bench.Analysis.Statistics.TwoSamples;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;
using MathNet.Numerics.Statistics;

namespace Bench.Analysis.Statistics.Resampling;

/// <summary>Intervals from drawing launches anew, and moving blocks of iterations within them.</summary>
/// <remarks>
/// <para>The shape of an interval comes from both levels. Its width does not: the means of launches already vary by what varies within them, so
/// drawing both with replacement counts that twice, and k launches drawn from k vary too little by (k − 1)/k (Davison and Hinkley 1997, section
/// 3.8). So the spread is brought to that of drawing whole launches, times √(k/(k − 1)), and the normal quantile to Student's with k − 1 degrees
/// of freedom, as Hesterberg 2015 advises for few units, https://doi.org/10.1080/00031305.2015.1089789. Plain percentiles of five launches would
/// cover the truth 83 to 88 times in 100 where they promise 95.</para>
/// <para>Away from the middle the shares of launches that lie beyond a quantile are skewed, which a symmetric width does not see: at P90 five
/// launches cover the truth 92.4 times in 100, ten 93.0, twenty what they promise. Use as many, or order statistics.</para>
/// <para>With a single launch only blocks can be drawn, and the interval says nothing of how launches differ.</para>
/// </remarks>
public static class TwoLevelBootstrap
{
    // What is drawn of degrees of freedom must not depend on what is drawn of launches.
    private const int StudentSeed = 0x2545F491;

    /// <summary>The mean of all iterations.</summary>
    /// <param name="launches">The values of each launch, in the order of measurement; no launch empty, all finite.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <returns>The interval around the mean.</returns>
    /// <exception cref="ArgumentException">There is no launch, one is empty, a value is not finite, or an option is out of range.</exception>
    public static ConfidenceInterval Mean(IReadOnlyList<IReadOnlyList<double>> launches, BootstrapOptions? options = null) =>
        Interval(launches, sample => sample.Mean(), options ?? new BootstrapOptions());

    /// <summary>A quantile of all iterations, by nearest rank.</summary>
    /// <param name="launches">As for <see cref="Mean"/>.</param>
    /// <param name="p">The share, in (0, 1).</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <returns>The interval around the quantile.</returns>
    /// <exception cref="ArgumentException">As for <see cref="Mean"/>, or <paramref name="p"/> is out of range.</exception>
    public static ConfidenceInterval Quantile(IReadOnlyList<IReadOnlyList<double>> launches, double p, BootstrapOptions? options = null) =>
        p > 0 && p < 1
            ? Interval(launches, sample => sample.Quantile(p), options ?? new BootstrapOptions())
            : throw new ArgumentOutOfRangeException(nameof(p), p, "Expected a share in (0, 1).");

    /// <summary>The mean of current iterations over that of base iterations.</summary>
    /// <param name="baseline">The base launches; values above 0.</param>
    /// <param name="current">The current launches; values above 0.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <returns>The ratio and its interval.</returns>
    /// <exception cref="ArgumentException">As for <see cref="Mean"/>, or a value is not above 0.</exception>
    public static RatioEstimate RatioOfMeans(
        IReadOnlyList<IReadOnlyList<double>> baseline, IReadOnlyList<IReadOnlyList<double>> current, BootstrapOptions? options = null) =>
        Ratio(baseline, current, sample => sample.Mean(), options ?? new BootstrapOptions());

    /// <summary>A quantile of current iterations over that of base iterations.</summary>
    /// <param name="baseline">The base launches; values above 0.</param>
    /// <param name="current">The current launches; values above 0.</param>
    /// <param name="p">The share, in (0, 1).</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <returns>The ratio and its interval.</returns>
    /// <exception cref="ArgumentException">As for <see cref="Mean"/>, a value is not above 0, or <paramref name="p"/> is out of range.</exception>
    public static RatioEstimate RatioOfQuantiles(
        IReadOnlyList<IReadOnlyList<double>> baseline, IReadOnlyList<IReadOnlyList<double>> current, double p, BootstrapOptions? options = null) =>
        p > 0 && p < 1
            ? Ratio(baseline, current, sample => sample.Quantile(p), options ?? new BootstrapOptions())
            : throw new ArgumentOutOfRangeException(nameof(p), p, "Expected a share in (0, 1).");

    /// <summary>Means, and a quantile, as they could have been: for simulations that need both of the same launches.</summary>
    /// <param name="launches">As for <see cref="Mean"/>; values above 0.</param>
    /// <param name="p">The share of the quantile, in (0, 1); null for the mean itself.</param>
    /// <param name="options">How; the level is not used.</param>
    /// <param name="launchSeed">
    /// The seed by which launches are drawn. Cells whose launches took turns, round by round, share what the machine did in each round: give them the same.
    /// </param>
    /// <returns>As many draws as replicates, spread as intervals are: Student's t for few launches. None lies below the shortest value.</returns>
    /// <exception cref="ArgumentException">As for <see cref="Quantile"/>.</exception>
    public static LatencyDraws Draws(IReadOnlyList<IReadOnlyList<double>> launches, double? p, BootstrapOptions options, int launchSeed)
    {
        options.Check();
        CheckCount(launches);

        // The same seeds draw the same launches and blocks for both.
        Side Drawn(Func<PooledSample, double> statistic) => Side.Of(
            launches, statistic, options, new Xoshiro256StarStar(options.Seed, threadSafe: false), new Xoshiro256StarStar(launchSeed, threadSafe: false));
        var mean = Drawn(sample => sample.Mean());
        var quantile = p is { } share ? Drawn(sample => sample.Quantile(share)) : mean;
        var random = new Xoshiro256StarStar(launchSeed ^ StudentSeed, threadSafe: false);
        var shortest = launches.Min(launch => launch.Min());
        var (meanSpread, quantileSpread) = (mean.Spread(), quantile.Spread());
        var draws = new LatencyDraws(new double[options.Replicates], new double[options.Replicates]);
        for (var i = 0; i < options.Replicates; i++)
        {
            // A normal deviate over √(χ²/ν) is Student's.
            var student = Math.Sqrt(mean.DegreesOfFreedom / ChiSquared.Sample(random, mean.DegreesOfFreedom));
            draws.MeanMs[i] = Math.Max(shortest, mean.Estimate + (mean.Deviations[i] * meanSpread * student));
            draws.QuantileMs[i] = Math.Max(shortest, quantile.Estimate + (quantile.Deviations[i] * quantileSpread * student));
        }

        return draws;
    }

    private static void CheckCount(IReadOnlyList<IReadOnlyList<double>> launches)
    {
        if (launches.Count == 1 && launches[0].Count == 1)
        {
            throw new ArgumentException("Found a single value; expected at least two, or nothing is known of how they vary.", nameof(launches));
        }
    }

    private static ConfidenceInterval Interval(
        IReadOnlyList<IReadOnlyList<double>> launches, Func<PooledSample, double> statistic, BootstrapOptions options)
    {
        options.Check();
        CheckCount(launches);
        var random = new Xoshiro256StarStar(options.Seed, threadSafe: false);
        var side = Side.Of(launches, statistic, options, random);
        return Scale(side.Estimate, side.Deviations, side.Variance, side.DegreesOfFreedom, options.Level);
    }

    private static RatioEstimate Ratio(
        IReadOnlyList<IReadOnlyList<double>> baseline,
        IReadOnlyList<IReadOnlyList<double>> current,
        Func<PooledSample, double> statistic,
        BootstrapOptions options)
    {
        options.Check();
        if (baseline.Concat(current).Any(launch => launch.Any(value => !(value > 0))))
        {
            throw new ArgumentException("Found a value that is not above 0; a ratio needs that.", nameof(baseline));
        }

        var random = new Xoshiro256StarStar(options.Seed, threadSafe: false);
        var from = Side.Of(baseline, sample => Math.Log(statistic(sample)), options, random);
        var to = Side.Of(current, sample => Math.Log(statistic(sample)), options, random);
        var deviations = new double[options.Replicates];
        for (var i = 0; i < deviations.Length; i++)
        {
            deviations[i] = to.Deviations[i] - from.Deviations[i];
        }

        var variance = from.Variance + to.Variance;
        var logarithm = Scale(
            to.Estimate - from.Estimate, deviations, variance, Welch.DegreesOfFreedom(from.Variance, from.DegreesOfFreedom, to.Variance, to.DegreesOfFreedom), options.Level);
        return new RatioEstimate(
            Math.Exp(to.Estimate - from.Estimate), new ConfidenceInterval(Math.Exp(logarithm.Lower), Math.Exp(logarithm.Upper), options.Level));
    }

    /// <summary>Percentiles of the replicates, stretched to the variance and the degrees of freedom that the launches have.</summary>
    private static ConfidenceInterval Scale(double estimate, double[] deviations, double variance, double degreesOfFreedom, double level)
    {
        var tail = (1 + level) / 2;
        var stretch = Spread(deviations, variance) * StudentT.InvCDF(0, 1, degreesOfFreedom, tail) / Normal.InvCDF(0, 1, tail);
        Array.Sort(deviations);
        return new ConfidenceInterval(
            estimate + (stretch * Quantiles.NearestRank(deviations, 1 - tail)), estimate + (stretch * Quantiles.NearestRank(deviations, tail)), level);
    }

    /// <summary>By how much deviations must be stretched to have a variance.</summary>
    private static double Spread(double[] deviations, double variance) => deviations.PopulationVariance() is > 0 and var drawn ? Math.Sqrt(variance / drawn) : 0;

    /// <summary>One side of a comparison: the estimate, how replicates deviate from it, and how far it may really be off.</summary>
    private sealed record Side(double Estimate, double[] Deviations, double Variance, double DegreesOfFreedom)
    {
        public double Spread() => TwoLevelBootstrap.Spread(Deviations, Variance);

        public static Side Of(
            IReadOnlyList<IReadOnlyList<double>> launches,
            Func<PooledSample, double> statistic,
            BootstrapOptions options,
            RandomSource random,
            RandomSource? launchRandom = null)
        {
            if (launches.Count == 0 || launches.Any(launch => launch.Count == 0 || launch.Any(value => !double.IsFinite(value))))
            {
                throw new ArgumentException("Found no launch, an empty one, or a value that is not finite; expected finite values in every launch.", nameof(launches));
            }

            var sample = new PooledSample(launches);
            sample.DrawAll();
            var estimate = statistic(sample);
            var block = options.BlockLength ?? BlockLength.Of(launches);
            var both = new double[options.Replicates];
            for (var i = 0; i < both.Length; i++)
            {
                sample.DrawLaunchesAndBlocks(launchRandom ?? random, random, block);
                both[i] = statistic(sample) - estimate;
            }

            // What is drawn: launches; or, where there is one, blocks of it.
            double units = launches.Count > 1 ? launches.Count : Math.Max(2, launches[0].Count / (double)block);
            var variance = launches.Count == 1
                ? both.PopulationVariance() * BlockLength.VarianceCorrection(launches, block)
                : LaunchVariance(sample, statistic, options.Replicates, random);
            return new Side(estimate, both, variance * units / (units - 1), units - 1);
        }

        private static double LaunchVariance(PooledSample sample, Func<PooledSample, double> statistic, int replicates, RandomSource random)
        {
            var values = new double[replicates];
            for (var i = 0; i < values.Length; i++)
            {
                sample.DrawLaunches(random);
                values[i] = statistic(sample);
            }

            return values.PopulationVariance();
        }
    }
}
