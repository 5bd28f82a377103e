using Bench.Benchmarks.Configs;
using Bench.Benchmarks.Launches;

namespace Bench.EndToEnd.Tests.Launches;

public class WarmupRuleTests
{
    [Test]
    public void Add_LatenciesThatDoNotMove_EndsWhenTimeAndTwoBlocksAreOver()
    {
        // Blocks of 25 requests, 250 ms; two of them are over after 500 ms, the second is after 1000.
        var rule = Run(new WarmupRule(5, 1, 10), _ => 10);

        Assert.That((rule.Requests, rule.Seconds, rule.IsStable, rule.MedianMs), Is.EqualTo((100, 1.0, true, 10.0)));
    }

    [Test]
    public void Add_ManyRequestsAskedFor_EndsWithThem() =>
        Assert.That(Run(new WarmupRule(1000, 1, 10), _ => 10).Requests, Is.EqualTo(1000));

    // Smoke: a fifth of a second, and still two blocks of a quarter of a second.
    [Test]
    public void Add_ShortWarmup_StillTakesTwoBlocks()
    {
        var rule = Run(new WarmupRule(2, 0.2, 10), _ => 10);

        Assert.That((rule.Requests, rule.IsStable), Is.EqualTo((50, true)));
    }

    [TestCase(400.0, 10, TestName = "five requests where they take longer than a quarter of a second")]
    [TestCase(50.0, 10, TestName = "five requests where they take exactly that")]
    [TestCase(49.0, 12, TestName = "one more where five take a little less")]
    [TestCase(1.0, 500, TestName = "a quarter of a second where five requests take less")]
    public void Add_Blocks_HaveFiveRequestsAndAQuarterOfASecond(double ms, int expected) =>
        Assert.That(Run(new WarmupRule(1, 0.1, 10), _ => ms).Requests, Is.EqualTo(expected));

    [Test]
    public void Add_LatenciesThatFall_GoesOnUntilTwoBlocksAgree()
    {
        // Each block of five takes 20 % less than the last, down to 60 ms: 300, 240, 192, 153.6, 122.9, 98.3, 78.6, 62.9, 60, 60.
        var rule = Run(new WarmupRule(5, 1, 10), i => Math.Max(60, 300 * Math.Pow(0.8, i / 5)));

        Assert.That(rule.IsStable);
        Assert.That(rule.MedianMs, Is.EqualTo(60));
        Assert.That(rule.Requests, Is.EqualTo(10 * 5));
    }

    [TestCase(1.0099, true)]
    [TestCase(1.0101, false)]
    public void Add_SecondBlock_AgreesWithinOnePercent(double factor, bool isStable)
    {
        var rule = new WarmupRule(1, 0.1, 10);
        Enumerable.Repeat(100.0, 5).ToList().ForEach(ms => rule.Add(ms));
        Enumerable.Repeat(100 * factor, 4).ToList().ForEach(ms => rule.Add(ms));

        Assert.That(rule.Add(100 * factor), Is.EqualTo(isStable));
        Assert.That(rule.IsStable, Is.EqualTo(isStable));
    }

    [Test]
    public void Add_LatenciesThatNeverSettle_EndsAfterTenSecondsAsUnstable()
    {
        // Blocks of five, 100 ms and 120 ms in turn.
        var rule = Run(new WarmupRule(5, 1, 10), i => i / 5 % 2 == 0 ? 100 : 120);

        Assert.That(rule.IsStable, Is.False);
        Assert.That(rule.Seconds, Is.InRange(10, 10.2));
    }

    [Test]
    public void Add_RequestsThatTakeLongerThanAll_StillMeetTheirNumber()
    {
        var rule = Run(new WarmupRule(20, 1, 10), i => 2000 + (100 * (i % 2)) + (50 * i));

        Assert.That((rule.Requests, rule.IsStable), Is.EqualTo((20, false)));
    }

    // One slow request in a block is no drift.
    [Test]
    public void Add_SingleSlowRequest_DoesNotMoveTheMedian()
    {
        var rule = Run(new WarmupRule(5, 1, 10), i => i == 12 ? 900 : 100);

        Assert.That((rule.IsStable, rule.MedianMs), Is.EqualTo((true, 100.0)));
    }

    /// <summary>A search needs no quiet latencies: it measures each configuration again.</summary>
    [Test]
    public void Add_LatenciesThatNeverSettleInASearch_EndsSooner()
    {
        var rule = Run(new WarmupRule(3, 0.3, longestSeconds: 1.5), i => i / 5 % 2 == 0 ? 100 : 120);

        Assert.That(rule.IsStable, Is.False);
        Assert.That(rule.Seconds, Is.EqualTo(1.5).Within(0.13));
    }

    /// <summary>A smoke run on a busy machine takes no longer for it; what will be quoted waits.</summary>
    [TestCase("smoke", 1)]
    [TestCase("gate", 10)]
    [TestCase("default", 10)]
    [TestCase("paper", 10)]
    public void Add_LatenciesThatNeverSettle_EndAfterTheLongestTimeOfTheProfile(string profile, double seconds)
    {
        var rule = Run(new WarmupRule(Profile.All.Single(known => known.Name == profile).Measuring), i => i / 5 % 2 == 0 ? 100 : 120);

        Assert.That(rule.IsStable, Is.False);
        Assert.That(rule.Seconds, Is.EqualTo(seconds).Within(0.13));
    }

    [Test]
    public void MedianMs_BeforeTheFirstBlockIsWhole_IsThatOfWhatThereIs()
    {
        var rule = new WarmupRule(1, 1, 10);
        Assert.That(rule.MedianMs, Is.Zero);
        rule.Add(10);
        rule.Add(30);
        Assert.That(rule.MedianMs, Is.EqualTo(20));
    }

    private static WarmupRule Run(WarmupRule rule, Func<int, double> latencyMs)
    {
        for (var i = 0; !rule.Add(latencyMs(i)); i++)
        {
            Assert.That(i, Is.LessThan(100_000), "it must end");
        }

        return rule;
    }
}
