using System.Text.Json.Serialization;
using Bench.Analysis.Statistics;

namespace Bench.Analysis.Measurements;

/// <summary>How many images a machine processes in a second under a load, all streams together: what a million images cost depends on
/// it.</summary>
/// <remarks>What is averaged over launches, and what its interval is of, is the time that the machine takes for an image. With one stream
/// and one image in a request that is the mean latency, as in the study. Where launches ran on several nodes, nodes stand
/// in place of launches.</remarks>
public sealed record ThroughputEstimate
{
    /// <summary>How long the machine takes for an image, in ms: the mean over launches.</summary>
    public required double ImageMs { get; init; }

    /// <summary>The 99 % interval of that; null with fewer than two launches.</summary>
    public ConfidenceInterval? ImageInterval { get; init; }

    /// <summary>Images per second.</summary>
    public double ImagesPerSecond => MillisecondsPerSecond / ImageMs;

    /// <summary>The 99 % interval of images per second; null with fewer than two launches, or where the launches say that it may be
    /// anything.</summary>
    public ConfidenceInterval? Interval => ImageInterval is { Lower: > 0 } interval
        ? new ConfidenceInterval(MillisecondsPerSecond / interval.Upper, MillisecondsPerSecond / interval.Lower, interval.Level)
        : null;

    /// <summary>The time of each launch in ms, in their order; of each node where there are several.</summary>
    [JsonIgnore]
    public IReadOnlyList<double> LaunchImageMs { get; init; } = [];

    private const double MillisecondsPerSecond = 1000;

    /// <summary>What is known of a cell of which only a mean was published.</summary>
    /// <param name="meanMs">The time of an image in ms.</param>
    public static ThroughputEstimate Published(double meanMs) => new() { ImageMs = meanMs };

    /// <summary>Estimates a measurement's throughput.</summary>
    /// <param name="timings">All its timed requests; at least one.</param>
    public static ThroughputEstimate From(CellTimings timings)
    {
        double[] units = [.. timings.Units.Select(unit => unit.Average(launch => launch.RequestMs / timings.CellId.Batch))];
        double[][] alone = [.. units.Select(ms => new[] { ms })];
        return new ThroughputEstimate
        {
            ImageMs = LaunchMeans.Of(alone),
            ImageInterval = LaunchMeans.Interval(alone, LatencyEstimate.Level),
            LaunchImageMs = units,
        };
    }
}
