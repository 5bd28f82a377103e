using Bench.Analysis.Measurements;

namespace Bench.Analysis.Comparison;

/// <summary>How images per second of two sides compare: by the time that the machine takes for an image, launch by launch.</summary>
internal static class Throughputs
{
    /// <summary>Images per second on both sides; null where a side does not tell.</summary>
    public static Change? ImagesPerSecond(MatchedPair pair) =>
        pair.Base.Throughput is { } before && pair.Current.Throughput is { } now
            ? new Change(before.ImagesPerSecond, now.ImagesPerSecond)
            : null;

    /// <summary>Whether images per second say something that the mean latency does not: with several streams, under an open load, or where
    /// requests of the sides have different numbers of images.</summary>
    public static bool IsOwn(MatchedPair pair) => pair.Base is { Throughput: not null, Cell: { } before }
        && pair.Current is { Throughput: not null, Cell: { } now }
        && (before.Id.Batch != now.Id.Batch || new[] { before, now }.Any(cell => cell.Id.Streams > 1 || cell.OpenLoad is not null));

    /// <summary>The ratio of the times for an image: above 1 the current side processes fewer images in a second.</summary>
    /// <remarks>A launch is one number, so that with a single launch there is no interval. Under an open load images come when they are
    /// due, however fast the machine is: what it did is not taken out.</remarks>
    public static TimeRatio Ratio(MatchedPair pair, double level, BetweenRuns between, ControlLevels? control) => TimeRatio.Of(
        pair with { Base = OfImages(pair.Base), Current = OfImages(pair.Current) }, TimeSubject.Mean, level, between,
        pair.Base.Cell?.OpenLoad is null ? control : null);

    /// <summary>How many images of how many launches; null where a run has no timings of it.</summary>
    public static ThroughputEstimate? Of(CellTimings? timings, int streams) =>
        timings is null || (streams > 1 && timings.Launches.Any(launch => launch.SharedRequestMs is null))
            ? null
            : ThroughputEstimate.From(timings);

    private static SideBenchmark OfImages(SideBenchmark side) =>
        side with { Launches = [.. side.Throughput!.LaunchImageMs.Select(ms => new[] { ms })] };
}
