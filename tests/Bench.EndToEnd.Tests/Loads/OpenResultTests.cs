using Bench.Benchmarks.Launches;
using Bench.Benchmarks.Loads;

namespace Bench.EndToEnd.Tests.Loads;

/// <summary>What is made of a launch that was overloaded, or stood still; in virtual time, with a server that takes 10 ms.</summary>
public class OpenResultTests
{
    private const double ServiceMs = 10;
    private const long ServiceUs = 10_000;
    private const ulong Seed = 1910;

    [Test]
    public void Of_StoppedBeforeAnyRequestCounts_HasTheThroughputOfTheServer()
    {
        var result = Measure(rate: 1000, requests: 3_000, oldestMs: 400, limitMs: null);

        Assert.That(result.Facts.IsOverloaded, result.Facts.Overload);
        Assert.That(result.LatenciesMs, Is.Not.Empty);
        Assert.That(PerSecond(result), Is.EqualTo(100).Within(5), "not as many as in no time at all");
    }

    [Test]
    public void Of_OverloadedWithoutLimit_CountsNoAnswerThatCameAfterTheTime()
    {
        var result = Measure(rate: 200, requests: 2_000, oldestMs: double.PositiveInfinity, limitMs: null);

        Assert.That(result.Facts.IsOverloaded, result.Facts.Overload);
        Assert.That(PerSecond(result), Is.EqualTo(100).Within(3), "the server answers a hundred a second, whatever is offered");
    }

    [Test]
    public void Of_OverloadedWithLimit_HasOnlyAnswersWithinIt()
    {
        var result = Measure(rate: 200, requests: 2_000, oldestMs: double.PositiveInfinity, limitMs: 50);

        Assert.That(result.Facts.InTime, Is.Zero);
        Assert.That(result.LatenciesMs, Has.All.GreaterThan(50));
    }

    [Test]
    public void Of_MachineStandsStillAtTheEnd_IsNotOverloaded()
    {
        var arrivals = Arrivals.Draw(50, 300, ServiceMs, 0, Seed);
        var last = arrivals.DueMs.Length - 25;

        var result = Of(arrivals, sent => sent == last ? 600_000 : ServiceUs, double.PositiveInfinity, null);

        Assert.That(result.Facts.Overload, Is.Null, "most requests had found the stream free");
    }

    [TestCase(20, 10, 1000)]
    [TestCase(100, 10, 2000)]
    [TestCase(null, 10, 2000)]
    [TestCase(null, 1, 1000)]
    public void OldestMs_ShortLimitsAndRequests_AreAtLeastASecond(double? limitMs, double serviceMs, double expected) =>
        Assert.That(OpenEngine.OldestMs(limitMs, serviceMs), Is.EqualTo(expected));

    [Test]
    public void GoesOn_RequestThatIsNotAnswered_IsSaidOnce()
    {
        var time = new VirtualTime();
        OpenLoad? load = null;
        var (asked, moved) = (0, new List<bool>());
        var stream = new VirtualStream(time, sent =>
        {
            asked = sent;
            if (sent == 3)
            {
                moved.AddRange([load!.GoesOn(), load.GoesOn(), load.GoesOn()]);
            }

            return ServiceUs;
        });
        load = new OpenLoad([stream], time, time);

        load.Run([1, 2, 3, 4, 5], double.PositiveInfinity);

        Assert.That(asked, Is.EqualTo(4));
        Assert.That(moved, Is.EqualTo([true, false, false]), "an engine that hangs in a request must fall silent");
    }

    [Test]
    public void GoesOn_NextRequestIsNotDue_IsSaidAgain()
    {
        var time = new VirtualTime();
        OpenLoad? load = null;
        var moved = new List<bool>();
        // The second stream waits for its request meanwhile.
        IRequestStream[] streams = [.. Enumerable.Range(0, 2).Select(_ => new VirtualStream(time, _ =>
        {
            moved.AddRange([load!.GoesOn(), load.GoesOn()]);
            return ServiceUs;
        }))];
        load = new OpenLoad(streams, time, time);

        load.Run([1, 1_000], double.PositiveInfinity);

        Assert.That(moved.Take(2), Is.EqualTo([true, true]));
    }

    [Test]
    public void Run_StreamThatAllocates_IsMeasured()
    {
        var time = new VirtualTime();
        byte[]? kept = null;
        var stream = new VirtualStream(time, _ =>
        {
            kept = new byte[100_000];
            return ServiceUs;
        });

        var times = new OpenLoad([stream], time, time).Run([1, 2, 3], double.PositiveInfinity);

        Assert.That(kept, Is.Not.Null);
        Assert.That(times.AllocatedBytes, Is.AtLeast(300_000));
    }

    [Test]
    public void Draw_NoneInTheTime_HasOneAllTheSame() =>
        Assert.That(Arrivals.Draw(0.001, 0, ServiceMs, 0, Seed).DueMs, Has.Length.EqualTo(1));

    private static double PerSecond(OpenResult result) => result.Facts.InTime / result.Facts.Seconds;

    private static OpenResult Measure(double rate, long requests, double oldestMs, double? limitMs) =>
        Of(Arrivals.Draw(rate, requests, ServiceMs, 0, Seed), _ => ServiceUs, oldestMs, limitMs);

    private static OpenResult Of(Arrivals arrivals, Func<int, long> us, double oldestMs, double? limitMs)
    {
        var time = new VirtualTime();
        var times = new OpenLoad([new VirtualStream(time, us)], time, time).Run(arrivals.DueMs, oldestMs);
        return OpenResult.Of(times, arrivals, limitMs, level: 0, Seed);
    }
}
