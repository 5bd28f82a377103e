using System.Text.Json.Serialization;
using Bench.Analysis.Json;

namespace Bench.Analysis.Decision;

/// <summary>Which latency must meet a limit.</summary>
[JsonConverter(typeof(EnumNames<LatencyQuantile>))]
public enum LatencyQuantile
{
    /// <summary>The mean.</summary>
    Mean,

    /// <summary>What half of the requests do not exceed.</summary>
    P50,

    /// <summary>What nine in ten requests do not exceed.</summary>
    P90,

    /// <summary>What 99 in 100 requests do not exceed.</summary>
    P99,
}

/// <summary>What quantiles are called, and which share they stand for.</summary>
internal static class LatencyQuantiles
{
    /// <summary>What the quantile is called in texts.</summary>
    /// <param name="quantile">The quantile.</param>
    /// <returns><c>mean</c>, <c>P50</c>, <c>P90</c> or <c>P99</c>.</returns>
    public static string Name(this LatencyQuantile quantile) => quantile == LatencyQuantile.Mean ? "mean" : quantile.ToString();

    /// <summary>The share of requests that do not exceed it.</summary>
    /// <param name="quantile">The quantile.</param>
    /// <returns>The share, or null for the mean.</returns>
    internal static double? Share(this LatencyQuantile quantile) => quantile switch
    {
        LatencyQuantile.P50 => 0.50,
        LatencyQuantile.P90 => 0.90,
        LatencyQuantile.P99 => 0.99,
        _ => null,
    };
}
