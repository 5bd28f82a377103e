using Bench.Benchmarks.Progress;

namespace Bench.EndToEnd.Tests.Progress;

public class TimeLeftTests
{
    [Test]
    public void Estimate_NothingHasEnded_IsUnknown() =>
        Assert.That(new TimeLeft(new Dictionary<string, int> { ["a"] = 3 }).Estimate(TimeSpan.Zero), Is.Null);

    [Test]
    public void Estimate_CellsOfDifferentLength_AddsEachAtItsOwn()
    {
        var left = new TimeLeft(new Dictionary<string, int> { ["slow"] = 3, ["fast"] = 3, ["new"] = 1 });
        left.Ended("slow", TimeSpan.FromSeconds(10));
        left.Ended("fast", TimeSpan.FromSeconds(2));

        // 2 × 10 + 2 × 2, and the new one as long as the others on average.
        Assert.That(left.Estimate(TimeSpan.Zero), Is.EqualTo(TimeSpan.FromSeconds(30)));
        Assert.That(left.Estimate(TimeSpan.FromSeconds(4)), Is.EqualTo(TimeSpan.FromSeconds(26)));
        Assert.That(left.Estimate(TimeSpan.FromSeconds(100)), Is.EqualTo(TimeSpan.Zero));
    }

    [Test]
    public void Estimate_CellThatFailed_IsNotWaitedFor()
    {
        var left = new TimeLeft(new Dictionary<string, int> { ["bad"] = 3, ["good"] = 2 });
        left.Ended("bad", TimeSpan.FromSeconds(1));
        left.Ended("good", TimeSpan.FromSeconds(5));
        left.Ended("bad", null);
        left.Ended("bad", null);

        Assert.That(left.Estimate(TimeSpan.Zero), Is.EqualTo(TimeSpan.FromSeconds(5)));
    }
}
