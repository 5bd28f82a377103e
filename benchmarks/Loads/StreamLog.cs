namespace Bench.Benchmarks.Loads;

/// <summary>When a stream sent its requests and had them answered, in ticks. All memory is reserved before.</summary>
/// <param name="capacity">How many requests there is room for, above 0.</param>
internal sealed class StreamLog(int capacity)
{
    // Written once, so that no page is missing later.
    private readonly long[] _sent = [.. Enumerable.Repeat(-1L, capacity)];
    private readonly long[] _answered = [.. Enumerable.Repeat(-1L, capacity)];
    private int _count;

    /// <summary>How many requests there is room for.</summary>
    public int Capacity => _sent.Length;

    /// <summary>How many requests are answered. May be asked on any thread.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Bytes that were allocated on the stream's thread while it sent requests.</summary>
    public long AllocatedBytes { get; set; }

    /// <summary>Whether there is no room left.</summary>
    public bool IsFull => Count == _sent.Length;

    public ReadOnlySpan<long> Sent => _sent.AsSpan(0, Count);

    public ReadOnlySpan<long> Answered => _answered.AsSpan(0, Count);

    /// <summary>Notes a request.</summary>
    public void Add(long sent, long answered)
    {
        (_sent[_count], _answered[_count]) = (sent, answered);
        Volatile.Write(ref _count, _count + 1);
    }

    /// <summary>Forgets all requests.</summary>
    public void Clear() => Volatile.Write(ref _count, 0);
}
