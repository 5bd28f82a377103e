using Bench.Analysis.Comparison;
using Bench.Analysis.Exports;
using Bench.Analysis.Statistics;

namespace Bench.Analysis.Tests.Comparison;

public class TimeRatioTests
{
    [TestCase(4, 4, Evidence.Launches)]
    [TestCase(3, 10, Evidence.FewLaunches)]
    [TestCase(2, 2, Evidence.FewLaunches)]
    [TestCase(1, 10, Evidence.Iterations)]
    [TestCase(1, 1, Evidence.Iterations)]
    public void Of_SoManyLaunches_RestsOnWhatTheyCarry(int baseLaunches, int currentLaunches, Evidence evidence)
    {
        var ratio = TimeRatio.Of(Benchmark(baseLaunches, 1), Benchmark(currentLaunches, 1.1), TimeStatistic.Median, 0.95);

        Assert.That(ratio.Evidence, Is.EqualTo(evidence));
        Assert.That(ratio.Interval, Is.Not.Null);
        Assert.That(ratio.Ratio, Is.EqualTo(1.1).Within(0.2).Percent);
    }

    [Test]
    public void Of_SingleMeasurements_HasNoInterval()
    {
        var ratio = TimeRatio.Of(Side([[10.0]]), Side([[11.0]]), TimeStatistic.Median, 0.95);

        Assert.That((ratio.Ratio, ratio.Interval, ratio.Evidence), Is.EqualTo((1.1, (ConfidenceInterval?)null, Evidence.None)));
    }

    /// <summary>An empty method takes less than the overhead of measuring it.</summary>
    [Test]
    public void Of_NoTimeAtAll_HasNoRatio()
    {
        var ratio = TimeRatio.Of(Side([[0.0, 0, 0, 0]]), Side([[1.0, 1, 1, 1]]), TimeStatistic.Median, 0.95);

        Assert.That((ratio.Ratio, ratio.Interval), Is.EqualTo((double.NaN, (ConfidenceInterval?)null)));
    }

    /// <summary>Every tenth iteration takes twice as long: the median does not see it, the mean does.</summary>
    [Test]
    public void Of_MeanAndMedian_SeeDifferentThings()
    {
        double[][] Launches(bool hasTail) => [.. Enumerable.Range(0, 5).Select(launch => Enumerable.Range(0, 100).Select(i => (10 + (0.01 * launch) + (0.001 * (i % 7))) * (hasTail && i % 10 == 0 ? 2 : 1)).ToArray())];
        var (from, to) = (Side(Launches(false)), Side(Launches(true)));

        Assert.That(TimeRatio.Of(from, to, TimeStatistic.Median, 0.95).Interval!.Upper, Is.LessThan(1.01));
        Assert.That(TimeRatio.Of(from, to, TimeStatistic.Mean, 0.95).Interval!.Lower, Is.GreaterThan(1.09));
    }

    /// <summary>Iterations that follow each other closely must not count as independent.</summary>
    [Test]
    public void Of_AutocorrelatedIterations_HasAWiderInterval()
    {
        double[] Drifting(double factor) => [.. Enumerable.Range(0, 200).Select(i => factor * (10 + Math.Sin(i / 10.0) + (0.001 * (i % 7))))];
        double[] Shuffled(double factor)
        {
            var values = Drifting(factor);
            new Random(1).Shuffle(values);
            return values;
        }

        var together = TimeRatio.Of(Side([Drifting(1)]), Side([Drifting(1)]), TimeStatistic.Median, 0.95).Interval!;
        var apart = TimeRatio.Of(Side([Shuffled(1)]), Side([Shuffled(1)]), TimeStatistic.Median, 0.95).Interval!;

        Assert.That(together.HalfWidth, Is.GreaterThan(2 * apart.HalfWidth));
    }

    /// <summary>"25.000 ns ± 1.0000 ns, deviation 0.9 ns": Student's quantile over the root of n is 1.11, so there were about 14 iterations.</summary>
    [Test]
    public void Of_PrintedSummaries_RecoversTheirUncertainty()
    {
        var ratio = TimeRatio.Of(Summary(25, 1, 0.9), Summary(27.5, 1.1, 0.99), TimeStatistic.Mean, 0.95);

        Assert.That(ratio.Evidence, Is.EqualTo(Evidence.Summary));
        Assert.That(ratio.Ratio, Is.EqualTo(1.1).Within(1e-12));

        // Standard error 0.9 / √14 of 25 on both sides; t with 26 degrees of freedom is 2.056.
        var halfWidth = 2.056 * Math.Sqrt(2) * 0.9 / Math.Sqrt(14) / 25;
        Assert.That(Math.Log(ratio.Interval!.Upper / 1.1), Is.EqualTo(halfWidth).Within(3).Percent);
    }

    [Test]
    public void Of_SummaryWithoutHalfWidth_HasNoInterval() =>
        Assert.That(TimeRatio.Of(Summary(25, null, null), Summary(27, 1, 0.9), TimeStatistic.Mean, 0.95).Interval, Is.Null);

    [TestCase(1.06, 1.2, ComparisonVerdict.Slower)]
    [TestCase(1.04, 1.2, ComparisonVerdict.Inconclusive)]
    [TestCase(0.96, 1.05, ComparisonVerdict.Same)]
    [TestCase(1.01, 1.04, ComparisonVerdict.Same)]
    [TestCase(0.8, 0.95, ComparisonVerdict.Faster)]
    [TestCase(0.8, 0.99, ComparisonVerdict.Inconclusive)]
    [TestCase(0.9, 1.1, ComparisonVerdict.Inconclusive)]
    public void Verdict_OfAnInterval_NeedsTheWholeOfIt(double lower, double upper, ComparisonVerdict verdict) =>
        Assert.That(ComparisonVerdicts.Of(new ConfidenceInterval(lower, upper, 0.95), 0.05), Is.EqualTo(verdict));

    [Test]
    public void Verdict_WithoutInterval_IsInconclusive() => Assert.That(ComparisonVerdicts.Of(null, 0.05), Is.EqualTo(ComparisonVerdict.Inconclusive));

    [Test]
    public void SmallestShown_OfAnInterval_WouldJustClearTheThreshold()
    {
        var ratio = new TimeRatio(10, 10, 1.0, new ConfidenceInterval(0.98, 1.02, 0.95), Evidence.Launches);

        Assert.That(ComparisonVerdicts.SmallestShown(ratio, 0.05), Is.EqualTo(1.05 / 0.98));
    }

    [TestCase("5%", 0.05)]
    [TestCase("0.05", 0.05)]
    [TestCase("150 %", 1.5)]
    [TestCase("2.5%", 0.025)]
    public void Share_AsPeopleWriteIt_IsRead(string text, double expected)
    {
        Assert.That(Share.TryParse(text, out var share), Is.True);
        Assert.That(share, Is.EqualTo(expected).Within(1e-15));
    }

    [TestCase("5")]
    [TestCase("0")]
    [TestCase("-5%")]
    [TestCase("0,05")]
    [TestCase("")]
    [TestCase("%")]
    [TestCase("NaN")]
    [TestCase("1e400%")]
    public void Share_WhatIsNoneOrAmbiguous_IsRefused(string text) => Assert.That(Share.TryParse(text, out _), Is.False);

    private static SideBenchmark Benchmark(int launches, double factor)
    {
        var random = new Random(launches);
        return Side([.. Enumerable.Range(0, launches).Select(launch => Enumerable.Range(0, 50).Select(i => factor * (1e6 + (3000 * random.NextDouble()) + (1000 * (launch % 3)))).ToArray())]);
    }

    private static SideBenchmark Side(double[][] launches) => new("x", string.Empty, "x", launches, null, null, true, null);

    private static SideBenchmark Summary(double mean, double? halfWidth, double? deviation) =>
        new("x", string.Empty, "x", [], new ExportedSummary(mean, halfWidth, deviation, 0), null, true, null);
}
