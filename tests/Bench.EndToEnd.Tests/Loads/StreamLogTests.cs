using Bench.Benchmarks.Loads;

namespace Bench.EndToEnd.Tests.Loads;

public class StreamLogTests
{
    [TestCase(1, 1)]
    [TestCase(8, 1)]
    [TestCase(9, 2)]
    [TestCase(16, 2)]
    [TestCase(17, 4)]
    [TestCase(1000, 128)]
    public void Add_AnyNumberOfRequests_AreCountedAndKeptEvenly(int requests, int every)
    {
        var log = new StreamLog(8);

        Fill(log, requests);

        Assert.That(log.Count, Is.EqualTo(requests));
        Assert.That(log.Sent.ToArray(), Is.EqualTo(Enumerable.Range(0, requests).Where(i => i % every == 0).Select(i => 10L * i)));
        Assert.That(log.Answered.ToArray(), Is.EqualTo(log.Sent.ToArray().Select(sent => sent + 7)));
        Assert.That((log.FirstAnswered, log.LastAnswered), Is.EqualTo((7L, (10L * (requests - 1)) + 7)));
        Assert.That(log.GapTicks, Is.EqualTo(3L * (requests - 1)), "of all, not of those that are kept");
    }

    [Test]
    public void Add_OddRoom_IsKeptEvenly()
    {
        var log = new StreamLog(5);

        Fill(log, 12);

        Assert.That(log.Sent.ToArray(), Is.EqualTo([0, 40, 80]));
    }

    [Test]
    public void Clear_AfterMany_BeginsAnew()
    {
        var log = new StreamLog(8);
        Fill(log, 100);

        log.Clear();
        Assert.That((log.Count, log.Sent.Length, log.GapTicks), Is.EqualTo((0, 0, 0L)));
        Fill(log, 3);
        Assert.That(log.Sent.ToArray(), Is.EqualTo([0, 10, 20]));
    }

    [Test]
    public void Add_FullLog_AllocatesNothing()
    {
        var log = new StreamLog(64);
        Fill(log, 1000);
        log.Clear();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10_000; i++)
        {
            log.Add(i, i);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    private static void Fill(StreamLog log, int requests)
    {
        for (var i = 0; i < requests; i++)
        {
            log.Add(10 * i, (10 * i) + 7);
        }
    }
}
