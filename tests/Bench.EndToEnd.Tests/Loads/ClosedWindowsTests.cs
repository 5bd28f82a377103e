using Bench.Analysis.Runs;
using Bench.Benchmarks.Loads;

namespace Bench.EndToEnd.Tests.Loads;

/// <summary>Closed loads of several streams, in virtual time.</summary>
public class ClosedWindowsTests
{
    [Test]
    public void Measure_StreamsThatTakeAConstantTime_HaveTheRateOfEachTogether()
    {
        var time = new VirtualTime();
        VirtualStream[] streams = [new(time, _ => 10_000), new(time, _ => 20_000)];

        var measured = new ClosedWindows(streams, time, time).Measure(WindowRule.Standard, requests: 1, _ => { });

        // Half a second holds 50 and 25 requests, and at least three windows are measured.
        Assert.That(measured.Windows!, Has.Count.EqualTo(3));
        Assert.That(measured.Windows![0].Streams.Select(stream => stream.Requests), Is.EqualTo([50, 25]));
        Assert.That(WindowFacts.RequestMs(measured.Windows), Is.EqualTo(1 / ((1 / 10.0) + (1 / 20.0))).Within(1e-9));
        Assert.That(measured.LatenciesMs, Has.Length.EqualTo(3 * 75));
        Assert.That(measured.Requests, Is.EqualTo(3 * 75));
        Assert.That(measured.LatenciesMs.Take(50), Is.All.EqualTo(10), "stream by stream");
        Assert.That(measured.LatenciesMs.Skip(50).Take(25), Is.All.EqualTo(20));
        Assert.That(measured.GapMs, Is.Zero);
    }

    [Test]
    public void Measure_StreamsOfOneServer_KeepLittlesLaw([Values(1, 2, 4, 8)] int count)
    {
        // Each waits for the others: a request takes as many services as there are streams.
        var time = new VirtualTime();
        var streams = Enumerable.Range(0, count).Select(_ => new VirtualStream(time, _ => 2_000 * count)).ToArray();

        var measured = new ClosedWindows(streams, time, time).Measure(WindowRule.Standard, requests: 1, _ => { });

        var perMs = 1 / WindowFacts.RequestMs(measured.Windows!);
        Assert.That(perMs, Is.EqualTo(0.5).Within(1e-9));
        Assert.That(perMs * measured.LatenciesMs.Average(), Is.EqualTo(count).Within(0.01 * count));
    }

    [Test]
    public void Measure_SlowRequests_LastUntilEveryStreamHasFive()
    {
        var time = new VirtualTime();
        VirtualStream[] streams = [new(time, _ => 1_000_000), new(time, _ => 300_000)];

        var measured = new ClosedWindows(streams, time, time).Measure(WindowRule.Standard, requests: 1, _ => { });

        Assert.That(measured.Windows![0].Streams[0].Requests, Is.EqualTo(5));
        // The other one was in the middle of its 17th.
        Assert.That(measured.Windows[0].Streams[1].Requests, Is.EqualTo(17));
    }

    [Test]
    public void Measure_RequestsOfManySeconds_AreEnoughTwiceAfterTwentySeconds()
    {
        var time = new VirtualTime();
        VirtualStream[] streams = [new(time, _ => 12_000_000), new(time, _ => 3_000_000)];

        var measured = new ClosedWindows(streams, time, time).Measure(WindowRule.Standard, requests: 1, _ => { });

        Assert.That(measured.Windows![0].Streams.Select(stream => stream.Requests), Is.EqualTo([2, 8]));
    }

    [Test]
    public void Measure_MoreRequestsAreAskedFor_MeasuresMoreWindows()
    {
        var time = new VirtualTime();
        VirtualStream[] streams = [new(time, _ => 50_000), new(time, _ => 50_000)];
        var between = 0;

        var measured = new ClosedWindows(streams, time, time).Measure(WindowRule.Standard, requests: 90, _ => between++);

        Assert.That(measured.Windows!, Has.Count.EqualTo(5));
        Assert.That(between, Is.EqualTo(5));
        Assert.That(measured.LatenciesMs, Has.Length.EqualTo(100));
    }

    [Test]
    public void Measure_OnlyToTellConfigurationsApart_TakesTwoWindowsOfThreeRequests()
    {
        var time = new VirtualTime();
        VirtualStream[] streams = [new(time, _ => 400_000), new(time, _ => 400_000)];

        var measured = new ClosedWindows(streams, time, time).Measure(WindowRule.Quick, requests: 5, _ => { });

        Assert.That(measured.Windows!, Has.Count.EqualTo(2));
        Assert.That(measured.Windows!.SelectMany(window => window.Streams).Select(stream => stream.Requests), Is.All.InRange(3, 4));
        Assert.That(WindowFacts.RequestMs(measured.Windows!), Is.EqualTo(200).Within(1e-9));
    }

    [Test]
    public void Measure_StreamThatTakesLongToChoose_RecordsTheGap()
    {
        var time = new VirtualTime();
        VirtualStream[] streams = [new(time, _ => 9_000, gapUs: 1_000), new(time, _ => 9_000, gapUs: 1_000)];

        var measured = new ClosedWindows(streams, time, time).Measure(WindowRule.Standard, requests: 1, _ => { });

        Assert.That(measured.GapMs, Is.EqualTo(1));
        Assert.That(measured.LatenciesMs, Is.All.EqualTo(9));
        Assert.That(WindowFacts.RequestMs(measured.Windows!), Is.EqualTo(5).Within(1e-9), "but the machine did no more than it did");
    }

    [Test]
    public void Measure_VeryShortRequests_AreAllCountedAndSomeKept()
    {
        var time = new VirtualTime();
        VirtualStream[] streams = [new(time, _ => 10), new(time, _ => 10)];

        var measured = new ClosedWindows(streams, time, time).Measure(WindowRule.Standard, requests: 1, _ => { });

        Assert.That(measured.Windows![0].Streams.Select(stream => stream.Requests), Is.All.EqualTo(50_000));
        Assert.That(measured.Requests, Is.EqualTo(3 * 2 * 50_000));
        Assert.That(measured.LatenciesMs, Has.Length.EqualTo(3 * 2 * 1_563).And.All.EqualTo(0.01), "every 32nd");
        Assert.That(WindowFacts.RequestMs(measured.Windows), Is.EqualTo(0.005).Within(1e-9));
    }

    [Test]
    public void Measure_StreamThatIsDoneBeforeOthers_KeepsUpTheLoadUncounted()
    {
        var time = new VirtualTime();
        VirtualStream[] streams = [new(time, _ => 1_000_000), new(time, _ => 300_000)];

        var measured = new ClosedWindows(streams, time, time).Measure(WindowRule.Standard, requests: 1, _ => { });

        // The slow one has its fifth answer after 5 s, while the other is busy until 5.1 s.
        Assert.That(measured.Windows!.Select(window => window.Streams[0].Requests), Is.All.EqualTo(5));
        Assert.That(streams[0].Sent, Is.EqualTo(3 * (5 + 1)));
        Assert.That(streams[1].Sent, Is.EqualTo(3 * 17), "the last one has nothing to keep up");
        Assert.That(measured.LatenciesMs, Has.Length.EqualTo(3 * (5 + 17)));
    }

    [Test]
    public void Measure_ServerThatIsShared_HasNoTailOfItsOwn()
    {
        // Of what is done at the same time each gets its part: alone, a stream would be answered in half the time.
        var time = new VirtualTime();
        var server = new SharedServer(time, 2);

        var measured = new ClosedWindows([server.Stream(100_000), server.Stream(100_000)], time, time)
            .Measure(WindowRule.Standard, requests: 1, _ => { });

        Assert.That(WindowFacts.RequestMs(measured.Windows!), Is.EqualTo(100).Within(0.5));
    }

    [Test]
    public void Measure_StreamThatFails_EndsTheOthers()
    {
        var time = new VirtualTime();
        VirtualStream[] streams =
            [new(time, sent => sent < 3 ? 1_000 : throw new InvalidOperationException("out of memory")), new(time, _ => 1_000)];

        Assert.That(
            () => new ClosedWindows(streams, time, time).Measure(WindowRule.Standard, requests: 1, _ => { }),
            Throws.InvalidOperationException.With.Message.EqualTo("out of memory"));
        Assert.That(streams[1].Sent, Is.LessThan(10));
    }
}
