using Bench.Benchmarks.Loads;
using Bench.Inference;

namespace Bench.Benchmarks.Launches;

/// <summary>What is done around each timed request of a single stream, outside the clock.</summary>
/// <param name="launch">The launch, warm.</param>
internal sealed class TimedLoop(Launch launch)
{
    private readonly RequestStream _stream = launch.Streams[0];
    private int _timed;
    private int _collectionsBefore;
    private long _allocatedBefore;
    private int _collections;
    private long _allocated;

    /// <summary>Chooses the next request, from the beginning of the pool.</summary>
    /// <param name="isTimed">Whether its latency counts.</param>
    public IBoundInput Before(bool isTimed)
    {
        launch.ThrowIfCancelled();
        var place = _stream.Pool.Count - 1;
        if (isTimed)
        {
            _stream.Next();
            place = _stream.Place;
        }

        _collectionsBefore = GC.CollectionCount(0);
        _allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
        return _stream.Pool[place];
    }

    /// <summary>Keeps the output, the first time that an image is seen in a timed request.</summary>
    /// <param name="isTimed">Whether its latency counts.</param>
    public void After(bool isTimed)
    {
        var allocated = GC.GetAllocatedBytesForCurrentThread() - _allocatedBefore;
        var collections = GC.CollectionCount(0) - _collectionsBefore;
        if (!isTimed)
        {
            // As after a timed request, so that nothing of it happens for the first time there.
            launch.Keep(_stream, _stream.Pool.Count - 1);
            return;
        }

        _allocated += allocated;
        _collections += collections;
        launch.Keep(_stream, _stream.Place);
        if (++_timed == launch.Requests)
        {
            launch.EndOfTimed();
        }
    }

    /// <summary>What was measured.</summary>
    /// <param name="latenciesMs">The latencies, in the order in which they were measured.</param>
    /// <exception cref="InferenceException">There are fewer than there should be.</exception>
    public LoadResult Result(double[] latenciesMs) => latenciesMs.Length == launch.Requests && _timed == launch.Requests
        ? new LoadResult(latenciesMs, _collections, _allocated)
        : throw new InferenceException(
            $"Found {latenciesMs.Length} latencies of {_timed} timed requests; expected {launch.Requests} of both.");
}
