using System.Text.Json.Serialization;
using Bench.Analysis.Decision;
using Bench.Analysis.Json;

namespace Bench.Analysis.Months;

/// <summary>How many requests a second one machine takes while requests arrive at random moments and the limit is met.</summary>
/// <param name="RequestsPerSecond">The rate; above 0.</param>
/// <param name="Basis">How it is known.</param>
internal sealed record Capacity(double RequestsPerSecond, CapacityBasis Basis)
{
    private const double MillisecondsPerSecond = 1000;

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

        var most = MostRequestsPerSecond(candidate);
        if (limitMs is not { } longest)
        {
            return new Capacity(most, CapacityBasis.Throughput);
        }

        return (candidate.Latency.UpperMs ?? candidate.Latency.EstimateMs) is { } serviceMs && serviceMs <= longest
            && AdmissibleLoad.Of((longest - serviceMs) / serviceMs, candidate.Cell.Streams, quantile) is { } load
            // No more than the closed load gave: a median says little of the mean.
            ? new Capacity(
                Math.Min(most * AdmissibleLoad.Highest, load * candidate.Cell.Streams * MillisecondsPerSecond / serviceMs),
                CapacityBasis.Computed)
            : null;
    }

    /// <summary>What a closed load gave, by the slow end of its interval.</summary>
    public static double MostRequestsPerSecond(Candidate candidate) =>
        MillisecondsPerSecond / (candidate.Throughput.ImageInterval?.Upper ?? candidate.ImageMs) / candidate.Cell.Batch;
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
