using Bench.Benchmarks.Loads;

namespace Bench.EndToEnd.Tests.Loads;

/// <summary>A clock that jumps to the next moment at which a stream has something to do, and lets that stream alone work then. A tick is a
/// microsecond. So loads are measured exactly, and the same every time, with the threads that they really have.</summary>
internal sealed class VirtualTime : ILoadClock, IStreamThreads
{
    private readonly Lock _gate = new();
    private readonly List<Waiting> _waiting = [];
    private long _now;
    private int _working;
    private int _order;

    public double TicksPerMs => 1000;

    public long Now => Volatile.Read(ref _now);

    public void Run(int streams, Action begin, Action<int> body)
    {
        _working = streams;
        using var threads = new StreamThreads();
        threads.Run(streams, begin, stream =>
        {
            // Streams begin one after the other, in their order.
            WaitInOrder(Now, stream);
            try
            {
                body(stream);
            }
            finally
            {
                Leave();
            }
        });
    }

    public void WaitUntil(long time) => WaitInOrder(Math.Max(time, Now), order: null);

    /// <summary>A server that takes a constant time for a request.</summary>
    /// <param name="us">The time in microseconds.</param>
    public void Serve(long us) => WaitUntil(Now + us);

    private void WaitInOrder(long time, int? order)
    {
        var own = new Waiting(time, order ?? 1000 + Interlocked.Increment(ref _order));
        lock (_gate)
        {
            _waiting.Add(own);
            _working--;
            WakeNext();
        }

        own.Turn.Wait();
    }

    private void Leave()
    {
        lock (_gate)
        {
            _working--;
            WakeNext();
        }
    }

    private void WakeNext()
    {
        if (_working > 0 || _waiting.Count == 0)
        {
            return;
        }

        var next = _waiting.MinBy(waiting => (waiting.Time, waiting.Order))!;
        _waiting.Remove(next);
        _working++;
        Volatile.Write(ref _now, Math.Max(_now, next.Time));
        next.Turn.Release();
    }

    private sealed record Waiting(long Time, int Order)
    {
        public SemaphoreSlim Turn { get; } = new(0);
    }
}

/// <summary>A stream whose requests take as long as a test says.</summary>
/// <param name="time">The clock.</param>
/// <param name="us">How long a request takes in microseconds, by its number.</param>
/// <param name="gapUs">How long the stream takes to choose a request.</param>
internal sealed class VirtualStream(VirtualTime time, Func<int, long> us, long gapUs = 0) : IRequestStream
{
    /// <summary>How many requests were sent.</summary>
    public int Sent { get; private set; }

    public void Next()
    {
        if (gapUs > 0)
        {
            time.Serve(gapUs);
        }
    }

    public void Run() => time.Serve(us(Sent++));
}
