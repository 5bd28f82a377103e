namespace Bench.Analysis.Statistics.TwoSamples;

/// <summary>By what factor one sample is larger than another.</summary>
/// <param name="Ratio">The estimate; above 0.</param>
/// <param name="Interval">Its interval; null where there are too few values to have one.</param>
public sealed record RatioEstimate(double Ratio, ConfidenceInterval? Interval);
