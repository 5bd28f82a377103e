using Bench.Analysis.Runs;

namespace Bench.Benchmarks.Tuning;

/// <summary>How long launches took, one after the other, with the time that lies between them.</summary>
internal sealed class LaunchSpans
{
    // Between two launches a process starts. More than this is a search that was stopped, and went on.
    private const double MostBetweenSeconds = 5;

    private DateTimeOffset? _ended;

    /// <summary>The seconds of the next launch.</summary>
    /// <param name="record">What it left.</param>
    public double Next(LaunchRecord record)
    {
        var between = _ended is { } ended ? Math.Clamp((record.StartedUtc - ended).TotalSeconds, 0, MostBetweenSeconds) : 0;
        _ended = record.EndedUtc;
        return between + (record.EndedUtc - record.StartedUtc).TotalSeconds;
    }
}
