using System.Text.Json.Serialization;
using Bench.Analysis.Decision;
using Bench.Analysis.Json;
using Bench.Analysis.Statistics.Queueing;

namespace Bench.Analysis.Months;

/// <summary>How many requests a second one machine takes while requests arrive at random moments and the limit is met.</summary>
/// <param name="RequestsPerSecond">The rate; above 0.</param>
/// <param name="Basis">How it is known.</param>
internal sealed record Capacity(double RequestsPerSecond, CapacityBasis Basis)
{
    private const double MillisecondsPerSecond = 1000;
    // Nobody plans for a machine that is busier: a little more than was planned, and its queue does not end.
    private const double HighestUtilisation = 0.9;
    private const double Resolution = 1e-3;

    /// <summary>Finds it.</summary>
    /// <param name="candidate">What was measured.</param>
    /// <param name="limitMs">The limit in ms; null if requests may wait.</param>
    /// <param name="quantile">Which latency must meet it.</param>
    /// <returns>The capacity; null if no rate meets the limit, or it is not known how long requests take.</returns>
    /// <remarks>
    /// Under an open load it was measured. Else waiting is computed as if every request took as long as the upper end of the asked
    /// latency (M/D/c), which is more than most do.
    /// </remarks>
    public static Capacity? Of(Candidate candidate, double? limitMs, LatencyQuantile quantile)
    {
        if (!candidate.Load.IsClosed)
        {
            var met = limitMs is not { } limit || candidate.Latency.Against(limit) == Feasibility.Feasible;
            return met ? new Capacity(candidate.Load.RequestsPerSecond!.Value, CapacityBasis.Measured) : null;
        }

        var most = MillisecondsPerSecond / (candidate.Throughput.ImageInterval?.Upper ?? candidate.ImageMs) / candidate.Cell.Batch;
        if (limitMs is not { } longest)
        {
            return new Capacity(most, CapacityBasis.Throughput);
        }

        return (candidate.Latency.UpperMs ?? candidate.Latency.EstimateMs) is not { } serviceMs || serviceMs > longest ? null
            : Queued(serviceMs, longest, candidate.Cell.Streams, quantile, most * HighestUtilisation);
    }

    // "most" is what the closed load gave, less what nobody plans with: a median says little of the mean.
    private static Capacity? Queued(double serviceMs, double limitMs, int streams, LatencyQuantile quantile, double most)
    {
        bool Meets(double utilisation) => quantile.Share() is { } share
            ? new ConstantServiceQueue(utilisation, streams).WaitAtMost((limitMs - serviceMs) / serviceMs) >= share
            : serviceMs + QueueTheory.MeanWaitMs(utilisation, serviceMs, streams) <= limitMs;
        var (low, high) = (0.0, HighestUtilisation);
        if (Meets(high))
        {
            low = high;
        }

        while (high - low > Resolution * high)
        {
            var middle = (low + high) / 2;
            (low, high) = Meets(middle) ? (middle, high) : (low, middle);
        }

        return low <= 0 ? null
            : new Capacity(Math.Min(most, low * streams * MillisecondsPerSecond / serviceMs), CapacityBasis.Computed);
    }
}

/// <summary>How it is known what a machine takes.</summary>
[JsonConverter(typeof(EnumNames<CapacityBasis>))]
public enum CapacityBasis
{
    /// <summary>An open load of that rate was measured.</summary>
    Measured,

    /// <summary>The closed load was measured, and the waiting of random arrivals is computed.</summary>
    Computed,

    /// <summary>There is no limit: the images a second of the closed load.</summary>
    Throughput,
}
