using Bench.Analysis.Rendering;
using Bench.Analysis.Statistics;

namespace Bench.Analysis.Measurements;

/// <summary>How latencies stand in tables.</summary>
internal static class LatencyText
{
    /// <summary>The mean and the half-width of its interval, both in ms: <c>19.42 ± 0.11</c>.</summary>
    public static string MeanWithHalfWidth(this LatencyEstimate latency)
    {
        var format = Figures.MsFormat(latency.MeanMs);
        var halfWidth = latency.MeanInterval is { } interval ? Figures.Text(interval.HalfWidth, format) : "n/a";
        return $"{Figures.Text(latency.MeanMs, format)} ± {halfWidth}";
    }

    /// <summary>A percentile in ms; marked with a star where it has no interval.</summary>
    public static string Percentile(double? ms, double p, ConfidenceInterval? interval) =>
        ms is null ? $"n/a (n<{Figures.Text(Quantiles.MinimumCount(p), "0")})" : interval is null ? Figures.Ms(ms) + "*" : Figures.Ms(ms);
}
