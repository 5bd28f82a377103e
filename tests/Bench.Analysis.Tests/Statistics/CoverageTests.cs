using Bench.Analysis.Statistics;
using Bench.Analysis.Statistics.Paired;
using Bench.Analysis.Statistics.TwoSamples;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;

namespace Bench.Analysis.Tests.Statistics;

/// <summary>Does a 95 % interval hold the truth 95 times in 100? 2,000 seeded simulations each; 93.5 to 96.5 are three standard deviations
/// of that count.</summary>
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
        Holds(
            HodgesLehmannRatio.Estimate(
                Sample(n, () => LogNormal.Sample(random, 3, 0.02)), Sample(m, () => LogNormal.Sample(random, 3.1, 0.02)), 0.95).Interval,
            Math.Exp(0.1)));

    [TestCase(3, 3)]
    [TestCase(3, 5)]
    public void Welch_FewLaunches(int n, int m) => Covers(random =>
        Holds(
            Welch.Ratio(
                Sample(n, () => LogNormal.Sample(random, 3, 0.02)), Sample(m, () => LogNormal.Sample(random, 3.1, 0.02)), 0.95).Interval,
            Math.Exp(0.1)));

    [TestCase(1000, 0.03, 0.05)]
    [TestCase(200, 0.10, 0.10)]
    public void McNemar_DifferenceOfPairedProportions(int images, double onlyFirst, double onlySecond) => Covers(random =>
    {
        var counts = Multinomial.Sample(random, [0.8, onlyFirst, onlySecond, 0.2 - onlyFirst - onlySecond], images);
        return Holds(
            McNemar.DifferenceInterval(new PairedOutcomes(counts[0], counts[1], counts[2], counts[3]), 0.95), onlyFirst - onlySecond);
    });

    [Test]
    public void LaunchMeans_AutocorrelatedLatencies([Values(2, 5)] int launches) => Covers(random =>
        Holds(LaunchMeans.Interval(Launches(random, launches, 50, 0.01, 0.03, 0.5), 0.95), 1));

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

    private static bool Holds(ConfidenceInterval? interval, double truth) =>
        interval is not null && interval.Lower <= truth && truth <= interval.Upper;

    private static double[] Sample(int count, Func<double> draw)
    {
        var values = new double[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = draw();
        }

        return values;
    }

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
}
