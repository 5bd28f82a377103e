using Bench.Analysis.Cost;
using Bench.Analysis.Decision;
using Bench.Analysis.Months;

namespace Bench.Pictures.Page;

/// <summary>What the page is asked first; a reader may ask it everything else.</summary>
/// <param name="Quantile">Which latency must meet a limit.</param>
/// <param name="LimitMs">The time limit of a request in ms; null for none.</param>
/// <param name="Cost">How times and prices become costs.</param>
/// <param name="Demands">What has to be done in a month, by model; empty if no month is planned.</param>
public sealed record PageQuestion(
    LatencyQuantile Quantile, double? LimitMs, CostModel Cost, IReadOnlyDictionary<string, Demand> Demands)
{
    /// <summary>A question without a limit and without a month.</summary>
    /// <param name="cost">How times and prices become costs.</param>
    /// <returns>The question.</returns>
    public static PageQuestion Open(CostModel cost) => new(LatencyQuantile.P90, null, cost, new Dictionary<string, Demand>());
}
