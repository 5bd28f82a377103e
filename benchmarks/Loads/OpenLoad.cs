namespace Bench.Benchmarks.Loads;

/// <summary>Requests that are due whether or not earlier ones are answered. There is no thread that sends them: a stream that is free
/// takes the
/// next due time itself and waits for it, so that nothing stands between a request and its stream.</summary>
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
    private int _next;
    private volatile bool _isStopped;
    private volatile bool _isOverloaded;

    /// <summary>Sends the requests, and returns when all are answered.</summary>
    /// <param name="dueMs">When each is due, in ms from the beginning, ascending.</param>
    /// <param name="oldestMs">How old an unanswered request may be, in ms: beyond it more comes in than can be answered, and no more is
    /// sent.</param>
    public OpenTimes Run(IReadOnlyList<double> dueMs, double oldestMs)
    {
        var count = dueMs.Count;
        _due = [.. dueMs.Select(ms => (long)(ms * clock.TicksPerMs))];
        // Written once, so that no page is missing later.
        _sent = [.. Enumerable.Repeat(-1L, count)];
        _answered = [.. Enumerable.Repeat(-1L, count)];
        _wasFree = new bool[count];
        Array.Fill(_wasFree, false);
        (_next, _isStopped, _isOverloaded) = (-1, false, false);
        _oldest = (long)Math.Min(oldestMs * clock.TicksPerMs, long.MaxValue / 4);
        threads.Run(streams.Count, () => _begin = clock.Now, Serve);
        return new OpenTimes(
            [.. dueMs], Times(_sent), Times(_answered), _wasFree, _isOverloaded, (clock.Now - _begin) / clock.TicksPerMs);
    }

    /// <summary>Sends no more requests. May be called on any thread.</summary>
    public void Stop() => _isStopped = true;

    private void Serve(int index)
    {
        var stream = streams[index];
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
    double[] DueMs, double[] SentMs, double[] AnsweredMs, bool[] WasFree, bool WasStopped, double EndMs);
