namespace Bench.Analysis.Statistics.Resampling;

/// <summary>A mean latency and a quantile as they could have been, drawn together.</summary>
/// <param name="MeanMs">The means in ms.</param>
/// <param name="QuantileMs">The quantiles of the same draws in ms; the means again where the mean was asked for.</param>
public sealed record LatencyDraws(double[] MeanMs, double[] QuantileMs);
