using Bench.Benchmarks.Loads;

namespace Bench.EndToEnd.Tests.Loads;

/// <summary>Engines keep what they know of a thread: each stream has one for good.</summary>
public class StreamThreadsTests
{
    [Test]
    public void Run_AgainAndAgain_KeepsTheThreadOfEachStream()
    {
        using var threads = new StreamThreads();
        var seen = new List<int>[] { [], [], [] };

        threads.On(1, () => seen[1].Add(Environment.CurrentManagedThreadId));
        for (var i = 0; i < 3; i++)
        {
            threads.Run(3, () => { }, stream => seen[stream].Add(Environment.CurrentManagedThreadId));
        }

        threads.On(2, () => seen[2].Add(Environment.CurrentManagedThreadId));
        Assert.That(seen.Select(ids => ids.Distinct().Count()), Is.All.EqualTo(1));
        Assert.That(seen.Select(ids => ids[0]).Distinct().Count(), Is.EqualTo(3));
    }

    [Test]
    public void Run_BeforeAnyBegins_AllAreThere()
    {
        using var threads = new StreamThreads();
        var (begun, early) = (0, 0);

        threads.Run(8, () => begun++, _ => Interlocked.Add(ref early, begun == 1 ? 0 : 1));

        Assert.That((begun, early), Is.EqualTo((1, 0)));
    }

    [Test]
    public void Run_OneThatFails_IsThrownAndTheThreadsLiveOn()
    {
        using var threads = new StreamThreads();

        Assert.That(() => threads.Run(2, () => { }, stream =>
        {
            if (stream == 1)
            {
                throw new InvalidOperationException("no memory");
            }
        }), Throws.InvalidOperationException.With.Message.EqualTo("no memory"));
        Assert.That(() => threads.On(1, () => throw new InvalidDataException("again")), Throws.TypeOf<InvalidDataException>());
        var done = 0;
        threads.Run(2, () => { }, _ => Interlocked.Increment(ref done));
        Assert.That(done, Is.EqualTo(2));
    }
}
