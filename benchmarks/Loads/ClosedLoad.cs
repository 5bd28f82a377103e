namespace Bench.Benchmarks.Loads;

/// <summary>The closed load of several streams: each sends its next request when the last is answered. Between an answer and the next
/// request a stream takes the next input and notes the time, nothing else.</summary>
/// <remarks>A stream that is done goes on sending until all are, and what it sends then is not counted: alone, the others would be answered
/// sooner than under the load that is measured.</remarks>
/// <param name="streams">The streams, warm.</param>
/// <param name="clock">The time.</param>
/// <param name="threads">Lets streams work side by side.</param>
internal sealed class ClosedLoad(IReadOnlyList<IRequestStream> streams, ILoadClock clock, IStreamThreads threads)
{
    // For the requests of a window, shared among the streams. More than that are counted, but too many for a report or an export.
    private const int Room = 1 << 12;
    private const int FewestOfAStream = 64;

    private readonly StreamLog[] _logs = [.. streams.Select(_ => new StreamLog(Math.Max(Room / streams.Count, FewestOfAStream)))];
    private WindowRule _rule = WindowRule.Standard;
    private long _begin;
    private volatile bool _isOver;
    private volatile bool _hasFailed;
    private int _done;

    /// <summary>Measures one window.</summary>
    /// <param name="rule">How long it lasts.</param>
    /// <returns>What each stream did; as long as no other window is measured.</returns>
    public IReadOnlyList<StreamLog> Window(WindowRule rule)
    {
        foreach (var log in _logs)
        {
            log.Clear();
        }

        (_rule, _isOver, _hasFailed, _done) = (rule, false, false, 0);
        threads.Run(streams.Count, () => _begin = clock.Now, Send);
        return _logs;
    }

    private void Send(int index)
    {
        var (stream, log) = (streams[index], _logs[index]);
        var allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            long answered;
            do
            {
                stream.Next();
                var sent = clock.Now;
                stream.Run();
                answered = clock.Now;
                log.Add(sent, answered);
            }
            while (!IsOver(answered));

            log.AllocatedBytes = GC.GetAllocatedBytesForCurrentThread() - allocatedBefore;
            KeepUpTheLoad(stream);
        }
        catch
        {
            // The others have nothing to wait for.
            (_isOver, _hasFailed) = (true, true);
            throw;
        }
    }

    private void KeepUpTheLoad(IRequestStream stream)
    {
        Interlocked.Increment(ref _done);
        while (Volatile.Read(ref _done) < streams.Count && !_hasFailed)
        {
            stream.Next();
            stream.Run();
        }
    }

    private bool IsOver(long now)
    {
        var elapsedMs = (now - _begin) / clock.TicksPerMs;
        // How far others are is asked late: to read what another core writes at each request takes time.
        if (!_isOver && elapsedMs >= _rule.Ms && _rule.IsOver(elapsedMs, Fewest()))
        {
            _isOver = true;
        }

        return _isOver;
    }

    private int Fewest()
    {
        var fewest = int.MaxValue;
        foreach (var log in _logs)
        {
            fewest = Math.Min(fewest, log.Count);
        }

        return fewest;
    }
}
