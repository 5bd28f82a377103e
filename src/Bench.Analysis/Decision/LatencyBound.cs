using System.Globalization;
using Bench.Analysis.Measurements;
using Bench.Analysis.Statistics;

namespace Bench.Analysis.Decision;

/// <summary>What is known of the latency that must meet a limit.</summary>
/// <param name="EstimateMs">The estimate in ms; null with too few iterations.</param>
/// <param name="LowerMs">What it is not below, with 99.5 % confidence; null if unknown.</param>
/// <param name="UpperMs">What it does not exceed, with 99.5 % confidence; null if unknown.</param>
/// <param name="Remark">What the numbers do not say; null if there is nothing to add.</param>
public sealed record LatencyBound(double? EstimateMs, double? LowerMs, double? UpperMs, string? Remark)
{
    /// <summary>Finds the bounds.</summary>
    /// <param name="latency">What is known of the cell's latency.</param>
    /// <param name="timings">Its timings; null if only a mean was published.</param>
    /// <param name="quantile">Which latency.</param>
    /// <returns>The bounds: the ends of the report's 99 % intervals.</returns>
    public static LatencyBound Of(LatencyEstimate latency, CellTimings? timings, LatencyQuantile quantile) => timings is null
        ? Published(latency, quantile)
        : quantile switch
        {
            LatencyQuantile.Mean => Mean(latency),
            LatencyQuantile.P50 => Tail(
                latency.P50Ms, latency.P50Interval, timings, quantile, null, latency.P90Interval?.Upper ?? latency.P99Interval?.Upper),
            LatencyQuantile.P90 => Tail(
                latency.P90Ms, latency.P90Interval, timings, quantile, latency.P50Interval?.Lower, latency.P99Interval?.Upper),
            _ => Tail(
                latency.P99Ms, latency.P99Interval, timings, quantile, latency.P90Interval?.Lower ?? latency.P50Interval?.Lower, null),
        };

    /// <summary>Whether a limit is met.</summary>
    /// <param name="limitMs">The limit in ms.</param>
    /// <returns>The answer; undecided if a bound that it takes is unknown.</returns>
    public Feasibility Against(double limitMs) =>
        UpperMs <= limitMs ? Feasibility.Feasible
        : LowerMs > limitMs ? Feasibility.Infeasible
        : Feasibility.Undecided;

    private static LatencyBound Published(LatencyEstimate latency, LatencyQuantile quantile) => quantile == LatencyQuantile.Mean
        ? new LatencyBound(
            latency.MeanMs, latency.MeanMs, latency.MeanMs, "a published mean, taken as it stands: nothing is known of how certain it is")
        : new LatencyBound(
            null, null, null, $"only a mean was published, so nothing is known of {quantile.Name()}; --quantile mean takes it");

    private static LatencyBound Mean(LatencyEstimate latency) => latency.MeanInterval is { } interval
        ? new LatencyBound(latency.MeanMs, Math.Max(0, interval.Lower), interval.Upper,
            latency.Nodes == 2 ? "two nodes say little of how nodes differ: hence the wide interval"
            : latency.Launches == 2 ? "two launches say little of how launches differ: hence the wide interval" : null)
        : latency.Nodes == 1 ? new LatencyBound(
            latency.MeanMs, null, null, "one node of several has measured it, so the mean has no interval and no limit is shown to be met")
        : new LatencyBound(
            latency.MeanMs, null, null, "one launch, so the mean has no interval and no limit is shown to be met; measure with more");

    // What a lower quantile is not below, no higher one is; what a higher one does not exceed, no lower one does.
    private static LatencyBound Tail(
        double? estimate, ConfidenceInterval? interval, CellTimings timings, LatencyQuantile quantile, double? lower, double? upper)
    {
        if (estimate is null)
        {
            return new LatencyBound(null, lower, upper, string.Create(
                CultureInfo.InvariantCulture, $"{quantile.Name()} takes {Quantiles.MinimumCount(quantile.Share()!.Value)} iterations, "
                    + $"there are {timings.Count}; measure with more (--profile default or paper)"));
        }

        return interval is not null
            ? new LatencyBound(estimate, interval.Lower, interval.Upper, null)
            : timings.IsOfNodes ? new LatencyBound(estimate, lower, upper, string.Create(
                CultureInfo.InvariantCulture,
                $"not enough nodes: {timings.Units.Count} of them do not bound {quantile.Name()}; more replicates of the fleet do"))
            : new LatencyBound(estimate, lower, upper, string.Create(
                CultureInfo.InvariantCulture,
                $"not enough launches: {timings.Launches.Count} launches of {timings.Count} iterations in all do not bound "
                + $"{quantile.Name()}; --profile paper does, or --launches N with more"));
    }
}
