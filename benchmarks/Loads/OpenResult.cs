using System.Globalization;
using Bench.Analysis.Runs;
using Bench.Analysis.Statistics.Queueing;

namespace Bench.Benchmarks.Loads;

/// <summary>What a launch under an open load found.</summary>
/// <param name="LatenciesMs">The latencies of the counted requests that were answered, in ms from when they were due; of all that were
/// answered where none was counted.</param>
/// <param name="Facts">What was seen besides.</param>
internal sealed record OpenResult(double[] LatenciesMs, OpenFacts Facts)
{
    private const double MostUnanswered = 0.05;
    private const double LagQuantile = 0.99;
    private const double MillisecondsPerSecond = 1000;
    private const double LeastSeconds = 1e-9;

    /// <summary>Puts together what was seen.</summary>
    /// <param name="times">What was seen.</param>
    /// <param name="arrivals">What was drawn.</param>
    /// <param name="limitMs">The longest time that is not late in ms; null without a limit.</param>
    /// <param name="level">At how many unanswered requests a cycle begins.</param>
    /// <param name="seed">The seed of the arrivals.</param>
    public static OpenResult Of(OpenTimes times, Arrivals arrivals, double? limitMs, int level, ulong seed)
    {
        // What was never sent because the launch was stopped is in no cycle: where it ended is said by the overload.
        var sent = Array.FindLastIndex(times.AnsweredMs, double.IsFinite) + 1;
        var cycles = limitMs is { } limit
            ? BusyCycles.Split(
                times.DueMs.AsSpan(0, sent), times.AnsweredMs.AsSpan(0, sent), limit, arrivals.FromMs, arrivals.UntilMs, level)
            : null;
        var (from, until) = (arrivals.FromMs, times.WasStopped ? Math.Min(arrivals.UntilMs, times.EndMs) : arrivals.UntilMs);
        var latencies = Latencies(times, sent, from, arrivals.UntilMs);
        if (latencies.Length == 0)
        {
            // It was stopped before a counted request was answered, or none came: then all are looked at, and all the time.
            from = 0;
            latencies = Latencies(times, sent, from, double.PositiveInfinity);
        }

        var drawn = times.DueMs.Count(time => time >= arrivals.FromMs && time < arrivals.UntilMs);
        return new OpenResult(
            latencies,
            new OpenFacts
            {
                Seed = seed,
                OfferedRate = drawn / ((arrivals.UntilMs - arrivals.FromMs) / MillisecondsPerSecond),
                Sent = times.AnsweredMs.Count(double.IsFinite),
                Uncounted = times.DueMs.Count(time => time < arrivals.FromMs),
                Unanswered = times.DueMs.Where((time, i) => time <= times.EndMs && !double.IsFinite(times.AnsweredMs[i])).Count(),
                Overload = Overload(times, sent),
                Seconds = Math.Max((until - from) / MillisecondsPerSecond, LeastSeconds),
                // Answers that came after the counted time are in no throughput: of a queue that grows they are more than a machine gives.
                InTime = limitMs is { } longest ? latencies.Count(ms => ms <= longest)
                    : times.AnsweredMs.Count(time => time >= from && time < until),
                LagP99Ms = Lag(times),
                LongestQueue = LongestQueue(times, sent),
                Level = level,
                IsCut = cycles?.IsCut ?? false,
                Cycles = cycles is null ? default : CycleSums.Of(cycles.Cycles),
            });
    }

    /// <summary>The latencies of the answered requests that were due in a time, in ms.</summary>
    private static double[] Latencies(OpenTimes times, int sent, double fromMs, double untilMs) => [.. Enumerable.Range(0, sent)
        .Where(i => times.DueMs[i] >= fromMs && times.DueMs[i] < untilMs && double.IsFinite(times.AnsweredMs[i]))
        .Select(i => times.AnsweredMs[i] - times.DueMs[i])];

    private static string? Overload(OpenTimes times, int sent)
    {
        if (times.WasStopped)
        {
            return string.Create(CultureInfo.InvariantCulture,
                $"after {times.EndMs / MillisecondsPerSecond:0.0} s a request had waited longer than any may");
        }

        var last = times.DueMs[^1];
        var left = times.AnsweredMs.Count(time => time > last) - 1;
        // A queue that grows leaves no stream free. Where one was free not long ago, the machine stood still at the end.
        var wasLateFree = Array.LastIndexOf(times.WasFree, true) >= sent / 2;
        return left > MostUnanswered * sent && !wasLateFree
            ? string.Create(CultureInfo.InvariantCulture, $"when the last request was due, {left} of {sent} were not answered")
            : null;
    }

    private static double? Lag(OpenTimes times)
    {
        var lags = Enumerable.Range(0, times.DueMs.Length).Where(i => times.WasFree[i] && double.IsFinite(times.SentMs[i]))
            .Select(i => times.SentMs[i] - times.DueMs[i]).Order().ToArray();
        // By nearest rank.
        return lags.Length == 0 ? null : lags[Math.Max(0, (int)Math.Ceiling(LagQuantile * lags.Length) - 1)];
    }

    private static int LongestQueue(OpenTimes times, int sent)
    {
        var (longest, begun) = (0, 0);
        for (var i = 0; i < sent; i++)
        {
            // Requests are sent in the order in which they are due.
            while (begun <= i && times.SentMs[begun] <= times.DueMs[i])
            {
                begun++;
            }

            longest = Math.Max(longest, i - begun);
        }

        return longest;
    }
}
