using Bench.Analysis.Runs;
using Bench.Inference;

namespace Bench.Benchmarks.Launches;

/// <summary>How failures of launches are told.</summary>
internal static class LaunchFailures
{
    private const string OutOfMemory = "the memory does not suffice for the requests of this cell; "
        + "fewer images in a request (--batch) and fewer requests in flight (--streams) take less.";

    /// <summary>What an exception says. Of those that Bench did not foresee the type stands in front:
    /// their messages alone say little.</summary>
    public static LaunchFailure Of(Exception exception) => new(
        exception is OutOfMemoryException ? OutOfMemory
            : exception is InferenceException or IOException or UnauthorizedAccessException or OperationCanceledException
            ? exception.Message
            : $"{exception.GetType().Name}: {exception.Message} Where it happened stands in bdn/benchmark.log.",
        exception.GetType().FullName ?? exception.GetType().Name);

    /// <summary>The record of a launch that measured nothing.</summary>
    public static LaunchRecord Record(LaunchName name, DateTimeOffset started, LaunchFailure failure) => new()
    {
        Cell = name.Cell,
        LoadText = name.Measurement.Load.IsClosed ? null : name.Measurement.Load.ToString(),
        Round = name.Round,
        StartedUtc = started,
        EndedUtc = DateTimeOffset.UtcNow,
        Failure = failure,
    };
}
