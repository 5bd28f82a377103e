using Bench.Analysis.Runs;

namespace Bench.Benchmarks.Loads;

/// <summary>Windows of a closed load, one after the other.</summary>
/// <param name="streams">The streams, warm.</param>
/// <param name="clock">The time.</param>
/// <param name="threads">Lets streams work side by side.</param>
internal sealed class ClosedWindows(IReadOnlyList<IRequestStream> streams, ILoadClock clock, IStreamThreads threads)
{
    private readonly ClosedLoad _load = new(streams, clock, threads);

    /// <summary>Measures as many windows as it takes to have so many requests.</summary>
    /// <param name="rule">How long a window lasts, and how many there are at least.</param>
    /// <param name="requests">How many requests of all streams together.</param>
    /// <param name="between">Done after each window, with no request in flight.</param>
    /// <returns>What was measured.</returns>
    public LoadResult Measure(WindowRule rule, int requests, Action<ClosedWindow> between)
    {
        var latencies = new List<double>();
        var windows = new List<WindowFacts>();
        var (answered, gaps, gapMs, collections, allocated) = (0, 0, 0.0, 0, 0L);
        while (windows.Count < rule.Windows || answered < requests)
        {
            var window = Measure(rule);
            allocated += window.AllocatedBytes;
            collections += window.Collections;
            latencies.AddRange(window.LatenciesMs);
            windows.Add(window.Facts);
            answered += window.Facts.Requests;
            gaps += window.Gaps;
            gapMs += window.GapsMs;
            between(window);
        }

        return new LoadResult([.. latencies], collections, allocated)
        {
            Requests = answered,
            Windows = windows,
            GapMs = gaps == 0 ? 0 : gapMs / gaps,
        };
    }

    /// <summary>Measures one window.</summary>
    /// <param name="rule">How long it lasts.</param>
    public ClosedWindow Measure(WindowRule rule)
    {
        var collectionsBefore = GC.CollectionCount(0);
        var logs = _load.Window(rule);
        return ClosedWindow.Of(logs, clock.TicksPerMs) with { Collections = GC.CollectionCount(0) - collectionsBefore };
    }
}

/// <summary>What was measured in a window.</summary>
/// <param name="LatenciesMs">The latencies in ms, stream by stream; of very many requests some, evenly chosen.</param>
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
            (begin, end) = (Math.Min(begin, log.Sent[0]), Math.Max(end, log.LastAnswered));
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
            }

            gaps += log.Count - 1;
            gapTicks += log.GapTicks;
            streams.Add(new StreamFacts(log.Count, (log.FirstAnswered - begin) / ticksPerMs, (log.LastAnswered - begin) / ticksPerMs));
        }

        return new ClosedWindow([.. latencies], new WindowFacts(streams), (end - begin) / ticksPerMs, gaps, gapTicks / ticksPerMs)
        {
            AllocatedBytes = logs.Sum(log => log.AllocatedBytes),
        };
    }
}
