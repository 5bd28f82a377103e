using Bench.Analysis.Runs;
using Bench.Analysis.Statistics.Queueing;

namespace Bench.Analysis.Rows;

/// <summary>What is known of a measurement under an open load, beside its latencies.</summary>
public sealed record OpenLoadRow
{
    /// <summary>Requests per second that were offered, in all launches together.</summary>
    public required double OfferedRate { get; init; }

    /// <summary>The offered rate as a share of what the closed load of the cell gave.</summary>
    public required double Utilisation { get; init; }

    /// <summary>The limit in ms; null if there was none.</summary>
    public double? LimitMs { get; init; }

    /// <summary>The share of requests that must not be late; null without a limit.</summary>
    public double? Quantile { get; init; }

    /// <summary>How many requests are counted in the share of late ones; 0 without a limit.</summary>
    public required long Requests { get; init; }

    /// <summary>How many busy cycles they are of.</summary>
    public required long Cycles { get; init; }

    /// <summary>The share of late requests, in [0, 1]; null without a limit, or if none was counted.</summary>
    public double? LateShare { get; init; }

    /// <summary>What the share is not below; null without a limit.</summary>
    public double? LateShareLower { get; init; }

    /// <summary>What the share does not exceed; null without a limit.</summary>
    public double? LateShareUpper { get; init; }

    /// <summary>Whether the limit is shown to be met or missed; null without a limit.</summary>
    public LateVerdict? Verdict { get; init; }

    /// <summary>How many requests it would take for a verdict; null if there is one, or no number helps.</summary>
    public long? RequestsNeeded { get; init; }

    /// <summary>Why more came in than could be answered; null if all were answered.</summary>
    public string? Overload { get; init; }

    /// <summary>By how much requests that found a stream free were sent late in ms, the 99th percentile of the worst launch.</summary>
    public double? LagP99Ms { get; init; }

    /// <summary>The most requests that waited at a time.</summary>
    public required int LongestQueue { get; init; }

    /// <summary>The mean time of waiting in ms that queueing theory expects where all requests take equally long; null from saturation on.
    /// </summary>
    public double? ExpectedWaitMs { get; init; }

    /// <summary>Puts together what the launches saw.</summary>
    /// <param name="run">The run.</param>
    /// <param name="cell">The cell under its load; measured.</param>
    /// <returns>It; null of a closed load.</returns>
    public static OpenLoadRow? Of(RunManifest run, CellFacts cell)
    {
        List<OpenFacts> launches = [.. cell.Launches.Select(launch => launch.Open).OfType<OpenFacts>()];
        if (launches.Count == 0 || cell.OpenPlan is not { } plan)
        {
            return null;
        }

        var sums = launches.Aggregate(default(CycleSums), (sum, launch) => sum + launch.Cycles);
        List<string> overloads = [.. launches.Select(launch => launch.Overload).OfType<string>()];
        var late = run.Plan?.Quantile is { } quantile ? Statistics.Queueing.LateShare.Judge(sums, quantile) : null;
        var wait = QueueTheory.MeanWaitMs(plan.Utilisation, plan.ServiceMs, cell.Id.Streams);
        return new OpenLoadRow
        {
            OfferedRate = launches.Sum(launch => launch.OfferedRate * launch.Seconds) / launches.Sum(launch => launch.Seconds),
            Utilisation = plan.Utilisation,
            LimitMs = run.Plan?.LimitMs,
            Quantile = run.Plan?.Quantile,
            Requests = sums.Requests,
            Cycles = sums.Cycles,
            LateShare = sums.Requests == 0 ? null : late?.Share,
            LateShareLower = late?.Lower,
            LateShareUpper = late?.Upper,
            Verdict = late is null ? null : Together(late.Verdict, overloads.Count, launches.Count, plan.Utilisation),
            RequestsNeeded = overloads.Count == 0 ? late?.RequestsNeeded : null,
            Overload = overloads.Count == 0 ? null : overloads.Count == launches.Count ? overloads[0]
                : FormattableString.Invariant($"in {overloads.Count} of {launches.Count} launches, {overloads[0]}"),
            LagP99Ms = launches.Max(launch => launch.LagP99Ms),
            LongestQueue = launches.Max(launch => launch.LongestQueue),
            ExpectedWaitMs = double.IsFinite(wait) ? wait : null,
        };
    }

    /// <summary>A queue that only grows misses every limit in the long run. Where other launches could answer everything, the machine may
    /// have stood still in that one: then nothing is met.</summary>
    private static LateVerdict Together(LateVerdict late, int overloads, int launches, double utilisation) =>
        overloads == launches && OverloadRule.IsShown(overloads, utilisation) ? LateVerdict.Missed
        : overloads > 0 && late == LateVerdict.Met ? LateVerdict.Undecided
        : late;
}
