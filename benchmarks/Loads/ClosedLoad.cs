namespace Bench.Benchmarks.Loads;

/// <summary>The closed load of several streams: each sends its next request when the last is answered. Between an answer and the next
/// request
/// a stream takes the next input and notes the time, nothing else.</summary>
/// <param name="streams">The streams, warm.</param>
/// <param name="clock">The time.</param>
/// <param name="threads">Lets streams work side by side.</param>
internal sealed class ClosedLoad(IReadOnlyList<IRequestStream> streams, ILoadClock clock, IStreamThreads threads)
{
    private StreamLog[] _logs = [];
    private WindowRule _rule = WindowRule.Standard;
    private long _begin;
    private volatile bool _isOver;

    /// <summary>Measures one window.</summary>
    /// <param name="rule">How long it lasts.</param>
    /// <param name="capacity">How many requests a stream has room for; a window ends early where there is none left.</param>
    /// <returns>What each stream did.</returns>
    public IReadOnlyList<StreamLog> Window(WindowRule rule, int capacity)
    {
        if (_logs.Length == 0 || _logs[0].Capacity < capacity)
        {
            _logs = [.. streams.Select(_ => new StreamLog(capacity))];
        }

        foreach (var log in _logs)
        {
            log.Clear();
        }

        (_rule, _isOver) = (rule, false);
        threads.Run(streams.Count, () => _begin = clock.Now, Send);
        return _logs;
    }

    private void Send(int index)
    {
        var (stream, log) = (streams[index], _logs[index]);
        var allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            do
            {
                stream.Next();
                var sent = clock.Now;
                stream.Run();
                log.Add(sent, clock.Now);
            }
            while (!IsOver(log));

            log.AllocatedBytes = GC.GetAllocatedBytesForCurrentThread() - allocatedBefore;
        }
        catch
        {
            // The others have nothing to wait for.
            _isOver = true;
            throw;
        }
    }

    private bool IsOver(StreamLog log)
    {
        if (!_isOver && (log.IsFull || _rule.IsOver((clock.Now - _begin) / clock.TicksPerMs, Fewest())))
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
