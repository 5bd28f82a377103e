using Bench.Analysis.Statistics;
using Bench.Analysis.Statistics.Paired;
using Bench.Analysis.Statistics.Resampling;
using Bench.Analysis.Statistics.TwoSamples;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;

namespace Bench.Analysis.Tests.Statistics;

/// <summary>Does a 95 % interval hold the truth 95 times in 100? 2,000 seeded simulations each; 93.5 to 96.5 are three standard deviations of that count.</summary>
[Parallelizable(ParallelScope.Children)]
public class CoverageTests
{
    private const int Simulations = 2000;

    [TestCase(20)]
    [TestCase(200)]
    public void HodgesLehmann_SymmetricDifferences(int count) => Covers(random =>
        Holds(HodgesLehmann.Estimate(Sample(count, () => StudentT.Sample(random, 0.3, 1, 4)), 0.95).Interval, 0.3));

    [TestCase(10, 10)]
    [TestCase(30, 20)]
    public void HodgesLehmannRatio_Launches(int n, int m) => Covers(random =>
        Holds(HodgesLehmannRatio.Estimate(Sample(n, () => LogNormal.Sample(random, 3, 0.02)), Sample(m, () => LogNormal.Sample(random, 3.1, 0.02)), 0.95).Interval, Math.Exp(0.1)));

    [TestCase(3, 3)]
    [TestCase(3, 5)]
    public void Welch_FewLaunches(int n, int m) => Covers(random =>
        Holds(Welch.Ratio(Sample(n, () => LogNormal.Sample(random, 3, 0.02)), Sample(m, () => LogNormal.Sample(random, 3.1, 0.02)), 0.95).Interval, Math.Exp(0.1)));

    [TestCase(1000, 0.03, 0.05)]
    [TestCase(200, 0.10, 0.10)]
    public void McNemar_DifferenceOfPairedProportions(int images, double onlyFirst, double onlySecond) => Covers(random =>
    {
        var counts = Multinomial.Sample(random, [0.8, onlyFirst, onlySecond, 0.2 - onlyFirst - onlySecond], images);
        return Holds(McNemar.DifferenceInterval(new PairedOutcomes(counts[0], counts[1], counts[2], counts[3]), 0.95), onlyFirst - onlySecond);
    });

    /// <summary>Counts are whole, so that an exact interval covers a little more than it must; with many values, little more.</summary>
    [TestCase(705, 0.5)]
    [TestCase(5000, 0.9)]
    public void QuantileBounds_IndependentLatencies(int count, double p) => Covers(random =>
    {
        var values = Sample(count, () => LogNormal.Sample(random, 3, 0.1));
        Array.Sort(values);
        return Holds(QuantileBounds.Interval(values, p, 0.95), LogNormal.InvCDF(3, 0.1, p));
    });

    [Test]
    public void LaunchMeans_AutocorrelatedLatencies([Values(2, 5)] int launches) => Covers(random =>
        Holds(LaunchMeans.Interval(Launches(random, launches, 50, 0.01, 0.03, 0.5), 0.95), 1));

    /// <summary>What differs between launches, what varies within them, and how far neighbours depend on each other.</summary>
    [TestCase(5, 0.01, 0.03, 0.0)]
    [TestCase(5, 0.01, 0.03, 0.5)]
    [TestCase(5, 0.00, 0.03, 0.5)]
    [TestCase(10, 0.03, 0.03, 0.3)]
    public void TwoLevelBootstrap_MeanOfAutocorrelatedLatencies(int launches, double between, double within, double correlation) => Covers(random =>
        Holds(TwoLevelBootstrap.Mean(Launches(random, launches, 60, between, within, correlation), Options(random)), 1));

    [TestCase(5, 0.01, 0.03, 0.3)]
    [TestCase(10, 0.02, 0.03, 0.5)]
    public void TwoLevelBootstrap_MedianOfAutocorrelatedLatencies(int launches, double between, double within, double correlation) => Covers(random =>
        Holds(TwoLevelBootstrap.Quantile(Launches(random, launches, 60, between, within, correlation), 0.5, Options(random)), 1));

    /// <summary>With 5 launches it would cover 92.4 times in 100, with 10 of them 93.0: so <see cref="LatencyEstimate"/> has it from 20 on.</summary>
    [Test]
    public void TwoLevelBootstrap_P90OfAutocorrelatedLatencies() => Covers(random =>
        Holds(
            TwoLevelBootstrap.Quantile(Launches(random, LatencyEstimate.MinimumTailLaunches, 60, 0.01, 0.03, 0.2), 0.9, Options(random)),
            1 + (Math.Sqrt((0.01 * 0.01) + (0.03 * 0.03)) * Normal.InvCDF(0, 1, 0.9))));

    [TestCase(5, 5)]
    [TestCase(5, 10)]
    public void TwoLevelBootstrap_RatioOfMeans(int baseLaunches, int currentLaunches) => Covers(random =>
        Holds(
            TwoLevelBootstrap.RatioOfMeans(
                Launches(random, baseLaunches, 60, 0.01, 0.03, 0.3), Scaled(Launches(random, currentLaunches, 60, 0.01, 0.03, 0.3), 1.1), Options(random)).Interval,
            1.1));

    [Test]
    public void TwoLevelBootstrap_RatioOfMedians() => Covers(random =>
        Holds(
            TwoLevelBootstrap.RatioOfQuantiles(
                Launches(random, 5, 60, 0.01, 0.03, 0.3), Scaled(Launches(random, 5, 60, 0.01, 0.03, 0.3), 1.1), 0.5, Options(random)).Interval,
            1.1));

    /// <summary>One launch: the blocks alone must see the autocorrelation.</summary>
    [TestCase(0.0)]
    [TestCase(0.3)]
    public void TwoLevelBootstrap_SingleLaunch(double correlation) => Covers(random =>
        Holds(TwoLevelBootstrap.Mean(Launches(random, 1, 705, 0, 0.03, correlation), Options(random)), 1));

    /// <summary>What a decision draws: the middle 95 of 100 draws of a mean hold the truth as often as its interval does, with few launches too.</summary>
    [TestCase(3)]
    [TestCase(5)]
    [TestCase(10)]
    public void TwoLevelBootstrap_DrawsOfTheMean(int launches) => Covers(random =>
    {
        var draws = TwoLevelBootstrap.Draws(Launches(random, launches, 60, 0.01, 0.03, 0.3), null, Options(random), random.Next()).MeanMs;
        Array.Sort(draws);
        return Holds(new ConfidenceInterval(Quantiles.NearestRank(draws, 0.025), Quantiles.NearestRank(draws, 0.975), 0.95), 1);
    });

    private static void Covers(Func<RandomSource, bool> simulate)
    {
        var random = new Xoshiro256StarStar(20261122, threadSafe: false);
        var covered = 0;
        for (var i = 0; i < Simulations; i++)
        {
            covered += simulate(random) ? 1 : 0;
        }

        Assert.That((double)covered / Simulations, Is.InRange(0.935, 0.965));
    }

    private static bool Holds(ConfidenceInterval? interval, double truth) => interval is not null && interval.Lower <= truth && truth <= interval.Upper;

    private static double[] Sample(int count, Func<double> draw)
    {
        var values = new double[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = draw();
        }

        return values;
    }

    private static BootstrapOptions Options(RandomSource random) => new() { Replicates = 400, Seed = random.Next() };

    /// <summary>Latencies around 1: launches differ, and each is an autoregression of order 1 around its own mean.</summary>
    private static double[][] Launches(RandomSource random, int count, int iterations, double between, double within, double correlation)
    {
        var launches = new double[count][];
        for (var launch = 0; launch < count; launch++)
        {
            var mean = 1 + (between * Normal.Sample(random, 0, 1));
            var state = Normal.Sample(random, 0, 1);
            launches[launch] = Sample(iterations, () =>
            {
                state = (correlation * state) + (Math.Sqrt(1 - (correlation * correlation)) * Normal.Sample(random, 0, 1));
                return mean + (within * state);
            });
        }

        return launches;
    }

    private static double[][] Scaled(double[][] launches, double factor) => Array.ConvertAll(launches, launch => Array.ConvertAll(launch, value => value * factor));
}
