using Bench.Analysis.Statistics.Queueing;
using Bench.Benchmarks.Loads;

namespace Bench.EndToEnd.Tests.Loads;

/// <summary>Open loads in virtual time: a server that takes a constant time for each request.</summary>
public class OpenLoadTests
{
    private const double ServiceMs = 10;
    private const long ServiceUs = 10_000;
    private const ulong Seed = 1910;

    [TestCase(0.5, 1)]
    [TestCase(0.8, 1)]
    [TestCase(0.8, 2)]
    [TestCase(0.7, 4)]
    public void Run_ServersOfConstantTime_WaitAsTheorySays(double utilisation, int streams)
    {
        var (times, arrivals) = Measure(utilisation, streams, requests: 40_000);
        var counted = Counted(times, arrivals);

        var wait = counted.Average(i => times.SentMs[i] - times.DueMs[i]);
        var expected = QueueTheory.MeanWaitMs(utilisation, ServiceMs, streams);
        Assert.That(wait, Is.EqualTo(expected).Within(0.06 * expected));
        // Requests wait for nothing but a stream.
        Assert.That(counted.Select(i => times.AnsweredMs[i] - times.SentMs[i]), Is.All.EqualTo(ServiceMs).Within(1e-9));
    }

    [Test]
    public void Run_LongLoad_KeepsLittlesLaw()
    {
        var (times, arrivals) = Measure(0.8, 1, requests: 20_000);
        var counted = Counted(times, arrivals);

        // In flight over time, from when each came and went, against rate × latency.
        var seconds = arrivals.UntilMs - arrivals.FromMs;
        var inFlight = Enumerable.Range(0, times.DueMs.Length).Sum(i => Math.Max(
            0, Math.Min(times.AnsweredMs[i], arrivals.UntilMs) - Math.Max(times.DueMs[i], arrivals.FromMs))) / seconds;
        var rate = counted.Count / seconds;
        Assert.That(rate * counted.Average(i => times.AnsweredMs[i] - times.DueMs[i]), Is.EqualTo(inFlight).Within(0.01 * inFlight));
    }

    /// <summary>The classical test of load generators: one that waits for answers before it sends on sees one slow request.</summary>
    [Test]
    public void Run_ServerStopsForHalfASecond_ShowsInP99()
    {
        var time = new VirtualTime();
        var stream = new VirtualStream(time, sent => sent == 1500 ? 500_000 : ServiceUs);
        var arrivals = Arrivals.Draw(50, 2_000, ServiceMs, 100, Seed);

        var times = new OpenLoad([stream], time, time).Run(arrivals.DueMs, double.PositiveInfinity);
        var result = OpenResult.Of(times, arrivals, limitMs: 100, level: 0, Seed);

        var sorted = result.LatenciesMs.Order().ToArray();
        Assert.That(sorted[(int)(0.99 * sorted.Length)], Is.GreaterThan(200), "requests that came meanwhile waited");
        Assert.That(sorted[^1], Is.AtLeast(490));
        Assert.That(result.Facts.Overload, Is.Null);
        Assert.That(result.Facts.Cycles.LateCycles, Is.EqualTo(1), "all of them are one busy cycle");
        Assert.That(result.Facts.Cycles.Late, Is.GreaterThan(15));
    }

    [Test]
    public void Run_MoreThanCanBeAnswered_IsOverloaded()
    {
        var time = new VirtualTime();
        var arrivals = Arrivals.Draw(120, 6_000, ServiceMs, 100, Seed);

        var times = new OpenLoad([new VirtualStream(time, _ => ServiceUs)], time, time).Run(arrivals.DueMs, oldestMs: 400);
        var result = OpenResult.Of(times, arrivals, limitMs: 20, level: 0, Seed);

        Assert.That(result.Facts.IsOverloaded, result.Facts.Overload);
        Assert.That(result.Facts.Overload, Does.EndWith("s a request had waited longer than any may"));
        Assert.That(times.EndMs, Is.InRange(1_000, 6_000), "1/6 of the time is too little: 400 ms are reached after some seconds");
        Assert.That(result.Facts.Sent, Is.EqualTo(times.AnsweredMs.Count(double.IsFinite)));
    }

    [Test]
    public void Run_QueueThatGrowsSlowly_IsOverloadedAtTheEnd()
    {
        var time = new VirtualTime();
        var arrivals = Arrivals.Draw(110, 3_000, ServiceMs, 0, Seed);

        var times = new OpenLoad([new VirtualStream(time, _ => ServiceUs)], time, time).Run(arrivals.DueMs, double.PositiveInfinity);

        Assert.That(OpenResult.Of(times, arrivals, null, 0, Seed).Facts.Overload, Does.StartWith("when the last request was due"));
    }

    [Test]
    public void Draw_SameSeed_IsTheSameAndExponential()
    {
        var arrivals = Arrivals.Draw(100, 50_000, 1, 0, Seed);
        double[] gaps = [.. arrivals.DueMs.Zip(arrivals.DueMs.Skip(1), (one, next) => next - one)];

        Assert.That(arrivals.DueMs, Is.EqualTo(Arrivals.Draw(100, 50_000, 1, 0, Seed).DueMs).And.Ordered);
        Assert.That(arrivals.DueMs, Is.Not.EqualTo(Arrivals.Draw(100, 50_000, 1, 0, Seed + 1).DueMs));
        Assert.That(gaps.Average(), Is.EqualTo(10).Within(0.2));
        // Of an exponential time 1/e is longer than its mean, and its deviation is its mean.
        Assert.That(gaps.Count(gap => gap > 10) / (double)gaps.Length, Is.EqualTo(Math.Exp(-1)).Within(0.01));
        Assert.That(gaps.Average(gap => gap * gap), Is.EqualTo(200).Within(8));
        Assert.That(arrivals.FromMs, Is.EqualTo(200));
        Assert.That(arrivals.UntilMs, Is.EqualTo(500_200));
    }

    /// <summary>The machine's own clock and threads: order and completeness only.</summary>
    [Test]
    public void Run_OnTheMachine_AnswersEveryRequestOnceAndInOrder()
    {
        using var threads = new StreamThreads();
        var clock = new MachineClock();
        var arrivals = Arrivals.Draw(2_000, 400, 0.1, 10, Seed);
        var sent = 0;
        IRequestStream[] streams = [new CountingStream(() => Interlocked.Increment(ref sent)), new CountingStream(() =>
            Interlocked.Increment(ref sent))];

        var times = new OpenLoad(streams, clock, threads).Run(arrivals.DueMs, double.PositiveInfinity);

        Assert.That(sent, Is.EqualTo(arrivals.DueMs.Length));
        Assert.That(times.SentMs.Zip(times.DueMs).All(pair => pair.First >= pair.Second), "none is sent before it is due");
        Assert.That(times.AnsweredMs.Zip(times.SentMs).All(pair => double.IsFinite(pair.First) && pair.First >= pair.Second));
    }

    private static (OpenTimes Times, Arrivals Arrivals) Measure(double utilisation, int streams, long requests)
    {
        var time = new VirtualTime();
        var arrivals = Arrivals.Draw(utilisation * streams * 1000 / ServiceMs, requests, ServiceMs, 500, Seed);
        var all = Enumerable.Range(0, streams).Select(_ => new VirtualStream(time, _ => ServiceUs)).ToArray();
        return (new OpenLoad(all, time, time).Run(arrivals.DueMs, double.PositiveInfinity), arrivals);
    }

    private static List<int> Counted(OpenTimes times, Arrivals arrivals) => [.. Enumerable.Range(0, times.DueMs.Length)
        .Where(i => times.DueMs[i] >= arrivals.FromMs && times.DueMs[i] < arrivals.UntilMs)];

    private sealed class CountingStream(Action run) : IRequestStream
    {
        public void Next()
        {
        }

        public void Run() => run();
    }
}
