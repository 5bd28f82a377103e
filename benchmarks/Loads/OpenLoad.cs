namespace Bench.Benchmarks.Loads;

/// <summary>Requests that are due whether or not earlier ones are answered. There is no thread that sends them: a stream that is free
/// takes the next due time itself and waits for it, so that nothing stands between a request and its stream.</summary>
/// <param name="streams">The streams, warm.</param>
/// <param name="clock">The time.</param>
/// <param name="threads">Lets streams work side by side.</param>
internal sealed class OpenLoad(IReadOnlyList<IRequestStream> streams, ILoadClock clock, IStreamThreads threads)
{
    private long[] _due = [];
    private long[] _sent = [];
    private long[] _answered = [];
    private bool[] _wasFree = [];
    private long _begin;
    private long _oldest;
    private long _allocated;
    private int _collections;
    private int _next;
    private int _seen;
    private volatile bool _isStopped;
    private volatile bool _isOverloaded;

    /// <summary>Sends the requests, and returns when all are answered.</summary>
    /// <param name="dueMs">When each is due, in ms from the beginning, ascending.</param>
    /// <param name="oldestMs">How old an unanswered request may be, in ms: beyond it more comes in than can be answered, and no more is
    /// sent.</param>
    public OpenTimes Run(IReadOnlyList<double> dueMs, double oldestMs)
    {
        var count = dueMs.Count;
        // To the next tick: what is sent before it is due would have a latency below the true one.
        _due = [.. dueMs.Select(ms => (long)Math.Ceiling(ms * clock.TicksPerMs))];
        // Written once, so that no page is missing later.
        _sent = [.. Enumerable.Repeat(-1L, count)];
        _answered = [.. Enumerable.Repeat(-1L, count)];
        _wasFree = new bool[count];
        Array.Fill(_wasFree, false);
        (_next, _seen, _allocated, _isStopped, _isOverloaded) = (-1, int.MinValue, 0, false, false);
        _oldest = (long)Math.Min(oldestMs * clock.TicksPerMs, long.MaxValue / 4);
        threads.Run(streams.Count, Begin, Serve);
        var end = clock.Now;
        var collections = GC.CollectionCount(0) - _collections;
        return new OpenTimes(
            [.. dueMs], Times(_sent), Times(_answered), _wasFree, _isOverloaded, (end - _begin) / clock.TicksPerMs)
        {
            Collections = collections,
            AllocatedBytes = _allocated,
        };
    }

    /// <summary>Sends no more requests. May be called on any thread.</summary>
    public void Stop() => _isStopped = true;

    /// <summary>Whether it goes on: a stream has taken a request since this was last asked, or the next one is not yet due. An engine that
    /// hangs answers nothing, and then no stream takes another one. May be called on any thread, one at a time.</summary>
    public bool GoesOn()
    {
        var next = Volatile.Read(ref _next);
        var hasMoved = next != _seen;
        _seen = next;
        return hasMoved || (next >= 0 && next < _due.Length && clock.Now < _begin + _due[next]);
    }

    private void Begin()
    {
        _collections = GC.CollectionCount(0);
        _begin = clock.Now;
    }

    private void Serve(int index)
    {
        var stream = streams[index];
        var allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            while (!_isStopped && Interlocked.Increment(ref _next) is var i && i < _due.Length)
            {
                stream.Next();
                var due = _begin + _due[i];
                var taken = clock.Now;
                _wasFree[i] = taken <= due;
                if (taken - due > _oldest)
                {
                    (_isOverloaded, _isStopped) = (true, true);
                    return;
                }

                clock.WaitUntil(due);
                _sent[i] = clock.Now;
                stream.Run();
                _answered[i] = clock.Now;
            }
        }
        catch
        {
            _isStopped = true;
            throw;
        }
        finally
        {
            Interlocked.Add(ref _allocated, GC.GetAllocatedBytesForCurrentThread() - allocatedBefore);
        }
    }

    private double[] Times(long[] ticks) =>
        Array.ConvertAll(ticks, time => time < 0 ? double.PositiveInfinity : (time - _begin) / clock.TicksPerMs);
}

/// <summary>When requests were due, sent and answered, in ms from the beginning; positive infinity for what never happened.</summary>
/// <param name="DueMs">When each was due.</param>
/// <param name="SentMs">When each was sent.</param>
/// <param name="AnsweredMs">When each was answered.</param>
/// <param name="WasFree">Whether each found a stream that waited for it.</param>
/// <param name="WasStopped">Whether it was stopped because an unanswered request was too old.</param>
/// <param name="EndMs">When the last was answered.</param>
internal sealed record OpenTimes(
    double[] DueMs, double[] SentMs, double[] AnsweredMs, bool[] WasFree, bool WasStopped, double EndMs)
{
    /// <summary>Garbage collections meanwhile.</summary>
    public int Collections { get; init; }

    /// <summary>Bytes that were allocated on the threads of streams.</summary>
    public long AllocatedBytes { get; init; }
}
