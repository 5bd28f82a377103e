using Bench.Inference.Knobs;

namespace Bench.Inference.Threads;

/// <summary>How many threads an engine is given where several requests are in flight.</summary>
internal static class StreamThreads
{
    /// <summary>The threads that compute one request.</summary>
    /// <param name="knobs">What was asked for.</param>
    /// <param name="enginesChoice">Finds out how many the engine takes of its own accord; asked only if it matters.</param>
    /// <returns>The number that was set; of several streams each an equal part of the engine's own number, at least one; null to leave it
    /// to the engine.</returns>
    public static int? Of(KnobSettings knobs, Func<int> enginesChoice) =>
        knobs.Threads() ?? (knobs.Streams == 1 ? null : Math.Max(1, enginesChoice() / knobs.Streams));

    /// <summary>The size of a pool that several calling threads share, themselves not counted: each calling thread computes, too, so that
    /// all of them together are as many threads as the streams are given.</summary>
    /// <param name="threads">The threads of a stream.</param>
    /// <param name="streams">How many streams there are.</param>
    /// <returns>The number as ONNX Runtime takes it, which counts one caller.</returns>
    public static int Pool(int threads, int streams) => (streams * (threads - 1)) + 1;
}
