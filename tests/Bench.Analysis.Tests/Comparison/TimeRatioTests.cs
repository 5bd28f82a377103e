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
        var ratio = Ratio(Benchmark(baseLaunches, 1), Benchmark(currentLaunches, 1.1));

        Assert.That(ratio.Evidence, Is.EqualTo(evidence));
        Assert.That(ratio.Interval, Is.Not.Null);
        Assert.That(ratio.Ratio, Is.EqualTo(1.1).Within(0.2).Percent);
    }

    [Test]
    public void Of_SingleMeasurements_HasNoInterval()
    {
        var ratio = Ratio(Side([[10.0]]), Side([[11.0]]));

        Assert.That(
            (ratio.Ratio, ratio.Interval, ratio.Evidence), Is.EqualTo((11 / 10.0, (ConfidenceInterval?)null, Evidence.None)).Within(1e-12));
    }

    /// <summary>An empty method takes less than the overhead of measuring it; something is slower than nothing all the same.</summary>
    [Test]
    public void Of_FromNothingToSomething_IsSlower()
    {
        var ratio = Ratio(Side([[0.0, 0, 0, 0, 0]]), Side([[1, 1.01, 1.02, 1, 0.99]]));

        Assert.That((ratio.BaseMs, ratio.Interval!.Lower > 1e5), Is.EqualTo((0.0, true)));
        Assert.That(Ratio(Side([[0.0, 0, 0, 0, 0]]), Side([[0.0, 0, 0, 0, 0]])).Interval, Is.Null, "nothing and nothing are equal numbers");
    }

    /// <summary>Equal numbers say that they were rounded.</summary>
    [TestCase(TimeSubject.Typical)]
    [TestCase(TimeSubject.Mean)]
    public void Of_EqualLaunches_HasNoInterval(TimeSubject subject)
    {
        var equal = Side([[5.0, 5], [5.0, 5], [5.0, 5], [5.0, 5]]);

        Assert.That(Ratio(equal, equal, subject), Has.Property("Interval").Null.And.Property("Evidence").EqualTo(Evidence.None));
    }

    /// <summary>2 of 20 launches three times as long: the typical time does not see it, and the mean's interval must be
    /// honest about it.</summary>
    [Test]
    public void Of_TwoSlowLaunches_WidenTheMeanAlone()
    {
        double[][] Launches(bool hasSlow) => [.. Enumerable.Range(0, 20).Select(launch => Enumerable.Range(0, 20)
            .Select(i => (10 + (0.01 * (launch % 7)) + (0.001 * i)) * (hasSlow && launch is 4 or 11 ? 3 : 1)).ToArray())];
        var (from, to) = (Side(Launches(false)), Side(Launches(true)));

        Assert.That(Ratio(from, to).Interval!.Upper, Is.LessThan(1.02 * Math.Exp(1.96 * Math.Sqrt(2) * BetweenRuns.UnknownDeviation)));
        Assert.That(Ratio(from, to, TimeSubject.Mean).Ratio, Is.EqualTo(1.2).Within(0.01));
        Assert.That(Ratio(from, to, TimeSubject.Mean).Interval!.Upper, Is.GreaterThan(1.4));
    }

    /// <summary>Every tenth iteration takes twice as long: the median does not see it, the mean does.</summary>
    [Test]
    public void Of_MeanAndMedian_SeeDifferentThings()
    {
        double[][] Launches(bool hasTail) => [.. Enumerable.Range(0, 5).Select(launch => Enumerable.Range(0, 100)
            .Select(i => (10 + (0.01 * launch) + (0.001 * (i % 7))) * (hasTail && i % 10 == 0 ? 2 : 1)).ToArray())];
        var (from, to) = (Side(Launches(false)), Side(Launches(true)));

        Assert.That(Ratio(from, to, TimeSubject.Typical, Evident).Interval!.Upper, Is.LessThan(1.02));
        Assert.That(Ratio(from, to, TimeSubject.Mean, Evident).Interval!.Lower, Is.GreaterThan(1.08));
    }

    /// <summary>Iterations that follow each other closely must not count as independent.</summary>
    [Test]
    public void Of_AutocorrelatedIterations_HasAWiderInterval()
    {
        double[] Drifting(double factor) =>
            [.. Enumerable.Range(0, 200).Select(i => factor * (10 + Math.Sin(i / 10.0) + (0.001 * (i % 7))))];
        double[] Shuffled(double factor)
        {
            var values = Drifting(factor);
            new Random(1).Shuffle(values);
            return values;
        }

        var together = Ratio(Side([Drifting(1)]), Side([Drifting(1)]), TimeSubject.Typical, Evident).Interval!;
        var apart = Ratio(Side([Shuffled(1)]), Side([Shuffled(1)]), TimeSubject.Typical, Evident).Interval!;

        Assert.That(together.HalfWidth, Is.GreaterThan(2 * apart.HalfWidth));
    }

    /// <summary>"25.000 ns ± 1.0000 ns, deviation 0.9 ns": Student's quantile over the root of n is 1.11, so there were about
    /// 14 iterations.</summary>
    [Test]
    public void Of_PrintedSummaries_RecoversTheirUncertainty()
    {
        var ratio = Ratio(Summary(25, 1, 0.9), Summary(27.5, 1.1, 0.99), TimeSubject.Mean, Evident);

        Assert.That(ratio.Evidence, Is.EqualTo(Evidence.Summary));
        Assert.That(ratio.Ratio, Is.EqualTo(1.1).Within(1e-12));

        // Standard error 0.9 / √14 of 25 on both sides; t with 26 degrees of freedom is 2.056.
        var halfWidth = 2.056 * Math.Sqrt(2) * 0.9 / Math.Sqrt(14) / 25;
        var own = 1.959964 * Math.Sqrt(2) * BetweenRuns.OwnDeviation;
        Assert.That(Math.Log(ratio.Interval!.Upper / 1.1), Is.EqualTo(Math.Sqrt((halfWidth * halfWidth) + (own * own))).Within(3).Percent);
    }

    [Test]
    public void Of_SummaryWithoutHalfWidth_HasNoInterval() =>
        Assert.That(Ratio(Summary(25, null, null), Summary(27, 1, 0.9), TimeSubject.Mean).Interval, Is.Null);

    [TestCase(1.06, 1.2, ComparisonVerdict.Slower)]
    [TestCase(1.04, 1.2, ComparisonVerdict.Inconclusive)]
    [TestCase(0.96, 1.05, ComparisonVerdict.Same)]
    [TestCase(1.01, 1.04, ComparisonVerdict.Same)]
    [TestCase(0.8, 0.95, ComparisonVerdict.Faster)]
    [TestCase(0.8, 0.99, ComparisonVerdict.NotSlower)]
    [TestCase(0.9, 1.1, ComparisonVerdict.Inconclusive)]
    public void Verdict_OfAnInterval_NeedsTheWholeOfIt(double lower, double upper, ComparisonVerdict verdict) =>
        Assert.That(Check(lower, upper, RunEvidence.Control).Verdict, Is.EqualTo(verdict));

    /// <summary>Without evidence of how runs differ nothing passes, whatever the interval.</summary>
    [Test]
    public void Verdict_NothingKnownOfRuns_PassesNothing([Values(RunEvidence.Unknown, RunEvidence.SingleLaunch)] RunEvidence runs)
    {
        Assert.That(
            Check(0.99, 1.01, runs), Has.Property("Verdict").EqualTo(ComparisonVerdict.Inconclusive).And.Property("IsPassed").False);
        Assert.That(Check(0.5, 0.6, runs), Has.Property("Verdict").EqualTo(ComparisonVerdict.Faster).And.Property("IsPassed").False);
        Assert.That(Check(1.9, 2.1, runs).Verdict, Is.EqualTo(ComparisonVerdict.Slower), "a doubling fails a gate all the same");
    }

    [Test]
    public void Verdict_ControlThatDrifted_PassesNothingButStopsRegressions()
    {
        Assert.That(Check(0.99, 1.01, RunEvidence.Control, drifted: true).IsPassed, Is.False);
        Assert.That(Check(1.9, 2.1, RunEvidence.Control, drifted: true).Verdict, Is.EqualTo(ComparisonVerdict.Slower));
    }

    [Test]
    public void Verdict_Tail_HasTwiceTheThreshold() =>
        Assert.That(TimeCheck.Of(TimeSubject.P90, At(1.06, 1.09, RunEvidence.Control), 0.05, false),
            Has.Property("Verdict").EqualTo(ComparisonVerdict.Same).And.Property("Threshold").EqualTo(0.1));

    [Test]
    public void Verdict_WithoutInterval_IsInconclusive() =>
        Assert.That(TimeCheck.Of(TimeSubject.Typical, At(1, 1, RunEvidence.Control) with { Interval = null }, 0.05, false).Verdict,
            Is.EqualTo(ComparisonVerdict.Inconclusive));

    /// <summary>A price has no noise, so that it moves the whole interval.</summary>
    [Test]
    public void Verdict_Cost_IsTheMeansTimesThePrice() =>
        Assert.That(TimeCheck.OfCost(At(0.99, 1.01, RunEvidence.Control), 1.1, 0.05, false).Verdict, Is.EqualTo(ComparisonVerdict.Slower));

    [Test]
    public void SmallestShown_OfAnInterval_WouldJustClearTheThreshold() =>
        Assert.That(Check(0.98, 1.02, RunEvidence.Control).SmallestShown, Is.EqualTo(1.05 * Math.Sqrt(0.98 * 1.02) / 0.98).Within(1e-12));

    private static SideBenchmark Benchmark(int launches, double factor)
    {
        var random = new Random(launches);
        return Side([.. Enumerable.Range(0, launches).Select(launch => Enumerable.Range(0, 50)
            .Select(i => factor * (1 + (0.003 * random.NextDouble()) + (0.001 * (launch % 3)))).ToArray())]);
    }

    private static readonly BetweenRuns Evident = new(RunEvidence.Control);

    private static TimeRatio Ratio(
        SideBenchmark baseline, SideBenchmark current, TimeSubject subject = TimeSubject.Typical, BetweenRuns? between = null) =>
            TimeRatio.Of(new MatchedPair("x", baseline, current), subject, 0.95, between ?? new BetweenRuns(RunEvidence.Unknown));

    private static TimeRatio At(double lower, double upper, RunEvidence runs) =>
        new(10, 10, Math.Sqrt(lower * upper), new ConfidenceInterval(lower, upper, 0.95), Evidence.Launches, runs);

    private static TimeCheck Check(double lower, double upper, RunEvidence runs, bool drifted = false) =>
        TimeCheck.Of(TimeSubject.Typical, At(lower, upper, runs), 0.05, drifted);

    private static SideBenchmark Side(double[][] launches) => new("x", null, launches, null, null, true, null);

    private static SideBenchmark Summary(double mean, double? halfWidth, double? deviation) =>
        new("x", null, [], ExportedSummary.OfTable(mean, halfWidth, deviation, 0), null, true, null);
}
