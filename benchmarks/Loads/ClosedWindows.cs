using Bench.Analysis.Runs;

namespace Bench.Benchmarks.Loads;

/// <summary>Windows of a closed load, one after the other.</summary>
/// <param name="streams">The streams, warm.</param>
/// <param name="clock">The time.</param>
/// <param name="threads">Lets streams work side by side.</param>
internal sealed class ClosedWindows(IReadOnlyList<IRequestStream> streams, ILoadClock clock, IStreamThreads threads)
{
    private const int Fewest = 3;

    // Room for requests, shared among the streams: a window that fills it is measured anew with more.
    private const int RoomAtFirst = 1 << 16;
    private const int MostRoom = 1 << 24;

    private readonly ClosedLoad _load = new(streams, clock, threads);
    private int _capacity = Math.Max(RoomAtFirst / streams.Count, 512);

    /// <summary>Measures as many windows as it takes to have so many requests; at least three.</summary>
    /// <param name="requests">How many requests of all streams together.</param>
    /// <param name="between">Done after each window, with no request in flight.</param>
    /// <returns>What was measured.</returns>
    public LoadResult Measure(int requests, Action<ClosedWindow> between)
    {
        var latencies = new List<double>();
        var windows = new List<WindowFacts>();
        var (gaps, gapMs, collections, allocated) = (0, 0.0, 0, 0L);
        while (windows.Count < Fewest || latencies.Count < requests)
        {
            var window = Measure(WindowRule.Standard);
            allocated += window.AllocatedBytes;
            collections += window.Collections;
            latencies.AddRange(window.LatenciesMs);
            windows.Add(window.Facts);
            gaps += window.Gaps;
            gapMs += window.GapsMs;
            between(window);
        }

        return new LoadResult([.. latencies], collections, allocated) { Windows = windows, GapMs = gaps == 0 ? 0 : gapMs / gaps };
    }

    /// <summary>Measures one window.</summary>
    /// <param name="rule">How long it lasts.</param>
    public ClosedWindow Measure(WindowRule rule)
    {
        while (true)
        {
            var collectionsBefore = GC.CollectionCount(0);
            var logs = _load.Window(rule, _capacity);
            var collections = GC.CollectionCount(0) - collectionsBefore;
            if (!logs.Any(log => log.IsFull) || _capacity * streams.Count >= MostRoom)
            {
                return ClosedWindow.Of(logs, clock.TicksPerMs) with { Collections = collections };
            }

            _capacity *= 2;
        }
    }
}

/// <summary>What was measured in a window.</summary>
/// <param name="LatenciesMs">The latencies in ms, stream by stream.</param>
/// <param name="Facts">How many requests each stream had answered, and when.</param>
/// <param name="Ms">From the first request to the last answer, in ms.</param>
/// <param name="Gaps">How many requests followed another one.</param>
/// <param name="GapsMs">How long streams had no request in flight between them, all together, in ms.</param>
internal sealed record ClosedWindow(double[] LatenciesMs, WindowFacts Facts, double Ms, int Gaps, double GapsMs)
{
    /// <summary>Bytes that were allocated on the threads of streams.</summary>
    public long AllocatedBytes { get; init; }

    /// <summary>Garbage collections meanwhile.</summary>
    public int Collections { get; init; }

    /// <summary>Puts together what streams noted.</summary>
    /// <param name="logs">What they noted; at least one request of each.</param>
    /// <param name="ticksPerMs">How many ticks a millisecond has.</param>
    public static ClosedWindow Of(IReadOnlyList<StreamLog> logs, double ticksPerMs)
    {
        var begin = long.MaxValue;
        var end = long.MinValue;
        foreach (var log in logs)
        {
            (begin, end) = (Math.Min(begin, log.Sent[0]), Math.Max(end, log.Answered[^1]));
        }

        var latencies = new List<double>();
        var streams = new List<StreamFacts>();
        var (gaps, gapTicks) = (0, 0L);
        foreach (var log in logs)
        {
            var sent = log.Sent;
            var answered = log.Answered;
            for (var i = 0; i < sent.Length; i++)
            {
                latencies.Add((answered[i] - sent[i]) / ticksPerMs);
                gapTicks += i == 0 ? 0 : sent[i] - answered[i - 1];
            }

            gaps += sent.Length - 1;
            streams.Add(new StreamFacts(
                sent.Length, (answered[0] - begin) / ticksPerMs, (answered[^1] - begin) / ticksPerMs));
        }

        return new ClosedWindow([.. latencies], new WindowFacts(streams), (end - begin) / ticksPerMs, gaps, gapTicks / ticksPerMs)
        {
            AllocatedBytes = logs.Sum(log => log.AllocatedBytes),
        };
    }
}
