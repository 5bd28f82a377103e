using Bench.Benchmarks.Launches;

namespace Bench.EndToEnd.Tests.Launches;

public class PulseTests
{
    [Test]
    public void Dispose_WhileABeatGoesOn_WaitsForItsEnd()
    {
        using var begun = new ManualResetEventSlim();
        var (running, ended) = (0, false);
        var pulse = new Pulse(
            () =>
            {
                Interlocked.Increment(ref running);
                begun.Set();
                Thread.Sleep(50);
                ended = true;
                Interlocked.Decrement(ref running);
            },
            TimeSpan.FromMilliseconds(1));
        begun.Wait();

        pulse.Dispose();

        Assert.That((running, ended), Is.EqualTo((0, true)), "who writes next has the output alone");
    }

    [Test]
    public void Beat_NobodyListens_EndsNothing()
    {
        using var beats = new CountdownEvent(2);
        using var pulse = new Pulse(
            () =>
            {
                if (!beats.IsSet)
                {
                    beats.Signal();
                }

                throw new IOException("broken pipe");
            },
            TimeSpan.FromMilliseconds(1));

        beats.Wait();

        Assert.Pass();
    }
}
