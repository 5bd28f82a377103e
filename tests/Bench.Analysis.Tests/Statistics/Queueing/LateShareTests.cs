using Bench.Analysis.Statistics;
using Bench.Analysis.Statistics.Queueing;
using MathNet.Numerics;

namespace Bench.Analysis.Tests.Statistics.Queueing;

public class LateShareTests
{
    [Test]
    public void Judge_NoRequests_IsUndecided()
    {
        var share = LateShare.Judge(default, 0.99);

        Assert.That((share.Verdict, share.Lower, share.Upper), Is.EqualTo((LateVerdict.Undecided, 0.0, 1.0)));
        Assert.That(share.RequestsNeeded, Is.Null);
        Assert.That(share.Share, Is.NaN);
    }

    /// <summary>Requests that never meet each other: an exact bound needs 459 of which none is late, and this one 472.</summary>
    [Test]
    public void Judge_NobodyWaitsAndNoneIsLate_IsMetAfterAFewHundred()
    {
        var fewest = Enumerable.Range(1, 1000).First(requests => Alone(requests, 0).Verdict == LateVerdict.Met);

        Assert.That(fewest, Is.InRange(459, 490));
        Assert.That(ClopperPearson.Upper(0, fewest, LateShare.Level), Is.AtMost(0.01));
    }

    /// <summary>Where requests are independent there is an exact bound. This one is at most 2 % more lenient, and where one or none was
    /// late up to an eighth more strict.</summary>
    [TestCase(0)]
    [TestCase(1)]
    [TestCase(3)]
    [TestCase(10)]
    [TestCase(100)]
    public void Judge_NobodyWaits_IsNearTheExactBound(int late)
    {
        bool IsExactlyMet(int requests) => ClopperPearson.Upper(late, requests, LateShare.Level) <= 0.01;
        var candidates = Enumerable.Range(late + 1, 40_000);
        var exact = candidates.First(IsExactlyMet);
        var found = candidates.First(requests => Alone(requests, late).Verdict == LateVerdict.Met);

        TestContext.Out.WriteLine($"{late} late: {found} requests, exactly {exact}");
        Assert.That(found, Is.InRange(0.98 * exact, 1.125 * exact));
    }

    /// <summary>Without a late request it is the length of the longest cycle that counts: so many might have been late together.</summary>
    [Test]
    public void Judge_LongCyclesAndNoneIsLate_TakesThatMuchMore()
    {
        LateShare Judge(int cycles) => LateShare.Judge(CycleSums.Of(Enumerable.Repeat(new BusyCycle(20, 0), cycles)), 0.99);
        var few = Judge(50);

        Assert.That(few.Verdict, Is.EqualTo(LateVerdict.Undecided), "a thousand requests, but fifty cycles");
        Assert.That(few.RequestsNeeded, Is.InRange(459 * 20, 12_000));
        Assert.That(Judge((int)(few.RequestsNeeded!.Value / 20) + 1).Verdict, Is.EqualTo(LateVerdict.Met), "as many as it said");
    }

    [Test]
    public void Judge_FarTooMany_IsMissed()
    {
        var share = LateShare.Judge(CycleSums.Of(Enumerable.Range(0, 1000).Select(i => new BusyCycle(10, i % 10 == 0 ? 3 : 0))), 0.99);

        Assert.That((share.Verdict, share.RequestsNeeded), Is.EqualTo((LateVerdict.Missed, (long?)null)));
        Assert.That(share.Share, Is.EqualTo(0.03));
        Assert.That(share.Lower, Is.InRange(0.02, 0.03));
    }

    /// <summary>One launch that never came to an end of its queue is one observation, however long: it shows nothing for others.</summary>
    [Test]
    public void Judge_OneCycle_ShowsNothing()
    {
        var one = new BusyCycle(100_000, 30_000);

        Assert.That(LateShare.Judge(CycleSums.Of([one]), 0.99).Verdict, Is.EqualTo(LateVerdict.Undecided));
        Assert.That(LateShare.Judge(CycleSums.Of([one, one, one]), 0.99).Verdict, Is.EqualTo(LateVerdict.Missed));
    }

    /// <summary>Half the allowed share, in bursts of five: 30,000 by the planner, and a little more since few bursts say little of their
    /// size. What it says it takes is what it takes.</summary>
    [Test]
    public void RequestsNeeded_HalfTheShare_IsWhatThePlannerSays()
    {
        LateShare Judge(int cycles) => LateShare.Judge(
            CycleSums.Of(Enumerable.Range(0, cycles).Select(i => new BusyCycle(10, i % 100 == 50 ? 5 : 0))), 0.99);
        var few = Judge(500);

        Assert.That(few.Verdict, Is.EqualTo(LateVerdict.Undecided));
        Assert.That(few.RequestsNeeded, Is.InRange(30_000, 33_000));
        Assert.That(Judge((int)few.RequestsNeeded!.Value / 10).Verdict, Is.EqualTo(LateVerdict.Met));
    }

    [Test]
    public void RequestsNeeded_AtTheLimit_IsNotKnown() => Assert.That(Alone(10_000, 100).RequestsNeeded, Is.Null);

    /// <summary>The bounds are quantiles of a gamma distribution with the mean and the variance of the late requests; the upper one has one
    /// burst more.</summary>
    [Test]
    public void Judge_Bounds_AreGammaQuantiles()
    {
        var sums = CycleSums.Of(Enumerable.Range(0, 2000).Select(i => new BusyCycle(1 + (i % 40), i % 40 == 39 ? 1 + (i % 7) : 0)));
        var share = LateShare.Judge(sums, 0.99);
        var (variance, extra) = (sums.SquaredDeviations(share.Allowed), (sums.MostLate / 2.0) + (40 / Math.Sqrt(51)));

        Assert.That(Below(sums.Late, variance, share.Lower * sums.Requests), Is.EqualTo(0.01).Within(1e-9));
        Assert.That(
            Below(sums.Late + extra, variance + (extra * extra), share.Upper * sums.Requests), Is.EqualTo(0.99).Within(1e-9));
    }

    /// <summary>One more late request never makes a limit look better kept.</summary>
    [FsCheck.NUnit.Property]
    public void Judge_OneCycleWithMoreLate_IsNoBetter(int seed)
    {
        var random = new Random(seed);
        var cycles = Enumerable.Range(0, 300).Select(_ => new BusyCycle(random.Next(1, 30), 0)).ToArray();
        for (var i = 0; i < 30; i++)
        {
            cycles[i] = cycles[i] with { Late = random.Next(cycles[i].Requests + 1) };
        }

        var more = (BusyCycle[])cycles.Clone();
        more[0] = more[0] with { Late = more[0].Requests };

        Assert.That(
            LateShare.Judge(CycleSums.Of(more), 0.9).Upper, Is.AtLeast(LateShare.Judge(CycleSums.Of(cycles), 0.9).Upper * (1 - 1e-12)));
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(double.NaN)]
    public void Judge_WrongQuantile_IsRefused(double quantile) =>
        Assert.That(() => LateShare.Judge(default, quantile), Throws.InstanceOf<ArgumentOutOfRangeException>());

    private static double Below(double mean, double variance, double value) =>
        SpecialFunctions.GammaLowerRegularized(mean * mean / variance, value * mean / variance);

    private static LateShare Alone(int requests, int late) =>
        LateShare.Judge(CycleSums.Of(Enumerable.Range(0, requests).Select(i => new BusyCycle(1, i < late ? 1 : 0))), 0.99);
}
