using Bench.Analysis.Measurements;
using Bench.Analysis.Runs;
using static System.FormattableString;

namespace Bench.Analysis.Rows;

/// <summary>Says what should make a reader doubt the throughput of several streams.</summary>
/// <remarks>Little's law: requests in flight = requests per second × mean latency. It holds whatever the engine does, so that figures which
/// break it were measured wrongly. https://doi.org/10.1287/opre.9.3.383. What streams wait between an answer and the next request is in
/// neither.</remarks>
internal static class StreamRules
{
    /// <summary>Above this share of the mean latency between an answer and the next request the streams were not kept busy.</summary>
    public const double GapLimit = 0.01;

    /// <summary>How far requests in flight may be from the number of streams, as a share, besides the gap.</summary>
    public const double LittleLimit = 0.01;

    // What a sleeper's wake-up may take, and the share of a limit that may be lost so.
    private const double LeastLagLimitMs = 0.25;
    private const double LagShare = 0.01;

    /// <summary>Where streams were answered for a smaller share of the windows, on average, their rates are of times that hardly
    /// overlap.</summary>
    public const double LeastOverlap = 0.4;

    // Of fewer requests the first and the last, which are half in a window, are too large a part.
    private const int FewestRequests = 50;

    /// <summary>Finds reasons for doubt.</summary>
    /// <param name="plan">How much was measured; null if that is not known.</param>
    /// <param name="cell">The cell.</param>
    /// <param name="timings">Its timings; null if it has none.</param>
    /// <returns>One sentence for each reason.</returns>
    public static IEnumerable<string> Warnings(MeasuringPlan? plan, CellFacts cell, CellTimings? timings)
    {
        if (timings is null)
        {
            yield break;
        }

        if (cell.Launches.Max(launch => launch.Open?.LagP99Ms) is { } lag && lag > LagLimit(plan))
        {
            yield return Invariant(
                $"requests that found a stream free were sent up to {lag:0.##} ms late (P99; limit {LagLimit(plan):0.##} ms): ")
                + "the machine was busy with something else, and that is in every latency.";
        }

        if (cell.Launches.Count(launch => launch.Open is { IsCut: true, IsOverloaded: false }) is > 0 and var cut)
        {
            yield return Invariant($"in {cut} of {cell.Launches.Count} launches the requests ended before the last busy cycle did, ")
                + "so that late ones may be missing from the share of late requests.";
        }

        var launches = cell.Launches.Zip(timings.Launches).Where(launch => launch.First.Windows is not null).ToList();
        var idle = launches.Select(launch => Gap(launch.First, launch.Second)).DefaultIfEmpty(0).Max();
        if (idle > GapLimit)
        {
            yield return Invariant($"between an answer and the next request of a stream passed {idle:P1} of the latency ")
                + Invariant($"(limit {GapLimit:P0}): the engine was not kept as busy as it could be.");
        }

        if (launches.Select(launch => Overlap(launch.First.Windows!)).DefaultIfEmpty(1).Min() is var overlap and < LeastOverlap)
        {
            yield return Invariant($"a stream was answered during {overlap:P0} of a window on average, and rates of times that do not ")
                + "overlap are added: images per second are too high. Streams waited for each other; take fewer.";
        }

        foreach (var (facts, measured) in launches.Where(launch => FewestOf(launch.First.Windows!) >= FewestRequests))
        {
            var inFlight = measured.LatenciesMs.Average() / measured.RequestMs;
            if (Math.Abs((inFlight / cell.Id.Streams) - 1) > LittleLimit + Gap(facts, measured))
            {
                yield return Invariant($"launch {facts.Round} breaks Little's law: requests per second times latency are {inFlight:0.00} ")
                    + Invariant($"requests in flight, of {cell.Id.Streams} streams. Some streams were slower than others, or stood still.");
            }
        }
    }

    private static double LagLimit(MeasuringPlan? plan) => Math.Max(LeastLagLimitMs, LagShare * (plan?.LimitMs ?? 0));

    private static double Gap(LaunchFacts facts, LaunchTimings timings) => (facts.GapMs ?? 0) / timings.LatenciesMs.Average();

    private static double Overlap(IReadOnlyList<WindowFacts> windows)
    {
        var answering = windows.Sum(window => window.Streams.Sum(stream => stream.LastMs - stream.FirstMs));
        var whole = windows.Sum(window => window.Streams.Count
            * (window.Streams.Max(stream => stream.LastMs) - window.Streams.Min(stream => stream.FirstMs)));
        return whole > 0 ? answering / whole : 1;
    }

    private static int FewestOf(IReadOnlyList<WindowFacts> windows) =>
        Enumerable.Range(0, windows[0].Streams.Count).Min(stream => windows.Sum(window => window.Streams[stream].Requests));
}
