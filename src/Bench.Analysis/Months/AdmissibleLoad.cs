using Bench.Analysis.Decision;
using Bench.Analysis.Statistics.Queueing;

namespace Bench.Analysis.Months;

/// <summary>How much of its time a machine may work so that requests which arrive at random moments do not wait too long.</summary>
/// <remarks>Loads are planned in steps of two percent: the largest of them whose waiting is short enough. So a plan is the same on a page
/// that works without this code, and has at most two percent to spare.</remarks>
internal static class AdmissibleLoad
{
    /// <summary>Nobody plans for a machine that is busier: a little more than was planned, and its queue does not end.</summary>
    public const double Highest = 0.9;

    private const double Lowest = 0.001;
    private const double Step = 1.02;

    /// <summary>The loads that are planned with, the highest first.</summary>
    public static IReadOnlyList<double> Loads { get; } =
        [.. Enumerable.Range(0, (int)(Math.Log(Highest / Lowest) / Math.Log(Step)) + 1).Select(i => Highest * Math.Pow(Step, -i))];

    /// <summary>How long requests wait at a load, in service times: on average, or what a share of them does not exceed.</summary>
    /// <param name="load">The share of its time that a stream works, in (0, 1).</param>
    /// <param name="streams">How many requests are served at a time.</param>
    /// <param name="quantile">Which waiting time.</param>
    public static double Wait(double load, int streams, LatencyQuantile quantile) => quantile.Share() is { } share
        ? new ConstantServiceQueue(load, streams).WaitQuantile(share)
        : QueueTheory.MeanWaitMs(load, 1, streams);

    /// <summary>The same at all loads, of all waiting times: one queue serves for all, and where nobody waits, nobody does at a lower load.
    /// </summary>
    /// <param name="streams">How many requests are served at a time.</param>
    public static IReadOnlyDictionary<LatencyQuantile, double[]> Waits(int streams)
    {
        var waits = Enum.GetValues<LatencyQuantile>().ToDictionary(quantile => quantile, _ => new double[Loads.Count]);
        var isWaiting = true;
        foreach (var (i, load) in Loads.Index())
        {
            waits[LatencyQuantile.Mean][i] = QueueTheory.MeanWaitMs(load, 1, streams);
            if (!isWaiting)
            {
                continue;
            }

            var queue = new ConstantServiceQueue(load, streams);
            isWaiting = false;
            foreach (var (quantile, of) in waits)
            {
                if (quantile.Share() is { } share)
                {
                    of[i] = queue.WaitQuantile(share);
                    isWaiting |= of[i] > 0;
                }
            }
        }

        return waits;
    }

    /// <summary>The highest load whose waiting is no longer; null if there is none.</summary>
    /// <param name="wait">The longest waiting time, in service times.</param>
    /// <param name="streams">How many requests are served at a time.</param>
    /// <param name="quantile">Which waiting time.</param>
    public static double? Of(double wait, int streams, LatencyQuantile quantile)
    {
        // Waiting falls along the list.
        var (first, end) = (0, Loads.Count);
        while (first < end)
        {
            var middle = (first + end) / 2;
            (first, end) = Wait(Loads[middle], streams, quantile) <= wait ? (first, middle) : (middle + 1, end);
        }

        return first < Loads.Count ? Loads[first] : null;
    }
}
