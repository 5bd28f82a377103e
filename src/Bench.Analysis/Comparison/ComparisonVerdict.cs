using System.Text.Json.Serialization;
using Bench.Analysis.Json;
using Bench.Analysis.Statistics;

namespace Bench.Analysis.Comparison;

/// <summary>What is shown of how the current side's time differs from the base's.</summary>
[JsonConverter(typeof(EnumNames<ComparisonVerdict>))]
public enum ComparisonVerdict
{
    /// <summary>The whole interval lies below 1 / (1 + threshold).</summary>
    Faster,

    /// <summary>The whole interval lies within the threshold: shown to be the same, not merely not shown to differ.</summary>
    Same,

    /// <summary>The whole interval lies above 1 + threshold.</summary>
    Slower,

    /// <summary>The interval reaches across a border, or there is none.</summary>
    Inconclusive,
}

/// <summary>Judges intervals of ratios.</summary>
public static class ComparisonVerdicts
{
    /// <summary>Judges an interval.</summary>
    /// <param name="interval">The interval of current over base; null if there is none.</param>
    /// <param name="threshold">From which change on it matters; above 0, for example 0.05.</param>
    /// <returns>The verdict.</returns>
    public static ComparisonVerdict Of(ConfidenceInterval? interval, double threshold) =>
        interval is null ? ComparisonVerdict.Inconclusive
        : interval.Lower > 1 + threshold ? ComparisonVerdict.Slower
        : interval.Upper < 1 / (1 + threshold) ? ComparisonVerdict.Faster
        : interval.Lower >= 1 / (1 + threshold) && interval.Upper <= 1 + threshold ? ComparisonVerdict.Same
        : ComparisonVerdict.Inconclusive;

    /// <summary>The smallest slowdown that measurements as uncertain as these would have shown.</summary>
    /// <param name="ratio">The ratio with its interval.</param>
    /// <param name="threshold">From which change on it matters.</param>
    /// <returns>A ratio above 1 + threshold: at that estimate the interval would just clear the threshold; null without an interval.</returns>
    public static double? SmallestShown(TimeRatio ratio, double threshold) =>
        ratio.Interval is { Lower: > 0 } interval ? (1 + threshold) * ratio.Ratio / interval.Lower : null;
}
