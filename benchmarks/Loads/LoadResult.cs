using Bench.Analysis.Runs;

namespace Bench.Benchmarks.Loads;

/// <summary>What a launch measured under a load.</summary>
/// <param name="LatenciesMs">The latencies in ms, in the order in which they were measured; of several streams window by window, and in a
/// window stream by stream; of very many requests some, evenly chosen.</param>
/// <param name="Collections">Garbage collections while requests were timed.</param>
/// <param name="AllocatedBytes">Bytes that were allocated meanwhile, on the threads of streams.</param>
internal sealed record LoadResult(double[] LatenciesMs, int Collections, double AllocatedBytes)
{
    /// <summary>How many requests were answered, all of them counted.</summary>
    public long Requests { get; init; } = LatenciesMs.Length;

    /// <summary>What each window of several streams had; null of one stream.</summary>
    public IReadOnlyList<WindowFacts>? Windows { get; init; }

    /// <summary>What an open load saw; null of a closed one.</summary>
    public OpenFacts? Open { get; init; }

    /// <summary>The mean time between an answer and the next request of a stream, in ms; null of one stream.</summary>
    public double? GapMs { get; init; }
}
