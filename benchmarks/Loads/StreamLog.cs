namespace Bench.Benchmarks.Loads;

/// <summary>When a stream sent its requests and had them answered, in ticks. All memory is reserved before.</summary>
/// <remarks>All requests are counted. Where they are more than there is room for, as of networks that answer in microseconds, the times of
/// every second one are kept, then of every fourth, and so on: evenly over the window, whatever it lasts.</remarks>
/// <param name="capacity">For how many requests there is room, 2 or more.</param>
internal sealed class StreamLog(int capacity)
{
    // Written once, so that no page is missing later.
    private readonly long[] _sent = [.. Enumerable.Repeat(-1L, capacity)];
    private readonly long[] _answered = [.. Enumerable.Repeat(-1L, capacity)];
    private int _count;
    private int _kept;
    private int _every = 1;

    /// <summary>How many requests are answered. May be asked on any thread.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>When the first request was answered.</summary>
    public long FirstAnswered { get; private set; }

    /// <summary>When the last request was answered.</summary>
    public long LastAnswered { get; private set; }

    /// <summary>How long the stream had no request in flight between two of them, all together.</summary>
    public long GapTicks { get; private set; }

    /// <summary>Bytes that were allocated on the stream's thread while it sent requests.</summary>
    public long AllocatedBytes { get; set; }

    /// <summary>When the requests that are kept were sent: the first, and all if there was room.</summary>
    public ReadOnlySpan<long> Sent => _sent.AsSpan(0, _kept);

    /// <summary>When they were answered.</summary>
    public ReadOnlySpan<long> Answered => _answered.AsSpan(0, _kept);

    /// <summary>Notes a request.</summary>
    public void Add(long sent, long answered)
    {
        if (_count == 0)
        {
            FirstAnswered = answered;
        }
        else
        {
            GapTicks += sent - LastAnswered;
        }

        LastAnswered = answered;
        if (_count % _every == 0)
        {
            Keep(sent, answered);
        }

        Volatile.Write(ref _count, _count + 1);
    }

    /// <summary>Forgets all requests.</summary>
    public void Clear()
    {
        (_kept, _every, FirstAnswered, LastAnswered, GapTicks, AllocatedBytes) = (0, 1, 0, 0, 0, 0);
        Volatile.Write(ref _count, 0);
    }

    private void Keep(long sent, long answered)
    {
        if (_kept == capacity)
        {
            _kept = (capacity + 1) / 2;
            _every *= 2;
            for (var i = 0; i < _kept; i++)
            {
                (_sent[i], _answered[i]) = (_sent[2 * i], _answered[2 * i]);
            }

            if (_count % _every != 0)
            {
                return;
            }
        }

        (_sent[_kept], _answered[_kept]) = (sent, answered);
        _kept++;
    }
}
