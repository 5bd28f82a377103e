using System.Text.Json.Serialization;
using Bench.Analysis.Json;

namespace Bench.Analysis.Comparison;

/// <summary>What a check is of.</summary>
[JsonConverter(typeof(EnumNames<CheckSubject>))]
public enum CheckSubject
{
    /// <summary>The typical time.</summary>
    Time,

    /// <summary>The mean time.</summary>
    MeanTime,

    /// <summary>The 90th percentile of the time.</summary>
    P90,

    /// <summary>The 99th percentile of the time.</summary>
    P99,

    /// <summary>Images per second, by the machine's time for an image, where that is not the mean time of a request over its
    /// images.</summary>
    ImagesPerSecond,

    /// <summary>What a million images cost: the machine's time for an image and the price.</summary>
    Cost,
}

/// <summary>One thing of a cell, judged: the only judge there is. Table, title, findings, JSON and exit code read its verdict.</summary>
/// <param name="Subject">What it is of.</param>
/// <param name="Ratio">The ratio of times, with its interval.</param>
/// <param name="Threshold">From which relative change on it matters.</param>
/// <param name="PriceFactor">By what the ratio of times is multiplied: current price over base price for costs, else 1.</param>
/// <param name="Verdict">What is shown.</param>
public sealed record TimeCheck(CheckSubject Subject, TimeRatio Ratio, double Threshold, double PriceFactor, ComparisonVerdict Verdict)
{
    private const double TailFactor = 2;

    /// <summary>Whether it passes a gate: shown not to be worse, and it is known how runs of the same code differ.</summary>
    [JsonIgnore]
    public bool IsPassed => Ratio.CanPass && Verdict is (ComparisonVerdict.Faster or ComparisonVerdict.Same or ComparisonVerdict.NotSlower);

    /// <summary>The smallest growth, as a ratio, that would have been a regression with an interval this wide;
    /// null without an interval.</summary>
    public double? SmallestShown => Ratio.Interval is { Lower: > 0 } interval ? (1 + Threshold) * Ratio.Ratio / interval.Lower : null;

    /// <summary>Judges a ratio.</summary>
    /// <param name="subject">What of the time.</param>
    /// <param name="ratio">The ratio.</param>
    /// <param name="threshold">The threshold of time; that of tails is twice as much.</param>
    /// <param name="isDriftBeyond">Whether the control cells are shown to have changed by more than the threshold:
    /// then nothing may be called the same.</param>
    internal static TimeCheck Of(TimeSubject subject, TimeRatio ratio, double threshold, bool isDriftBeyond)
    {
        var allowed = subject.IsTail() ? TailFactor * threshold : threshold;
        var what = subject switch
        {
            TimeSubject.Typical => CheckSubject.Time,
            TimeSubject.Mean => CheckSubject.MeanTime,
            TimeSubject.P90 => CheckSubject.P90,
            _ => CheckSubject.P99,
        };
        return new TimeCheck(what, ratio, allowed, 1, Judge(ratio, 1, allowed, isDriftBeyond));
    }

    /// <summary>Judges images per second: the ratio of the machine's times for an image.</summary>
    internal static TimeCheck OfImages(TimeRatio image, double threshold, bool isDriftBeyond) =>
        new(CheckSubject.ImagesPerSecond, image, threshold, 1, Judge(image, 1, threshold, isDriftBeyond));

    /// <summary>Judges a cost: the ratio of the machine's times for an image times that of prices, which have no noise.</summary>
    internal static TimeCheck OfCost(TimeRatio image, double priceFactor, double threshold, bool isDriftBeyond) =>
        new(CheckSubject.Cost, image, threshold, priceFactor, Judge(image, priceFactor, threshold, isDriftBeyond));

    private static ComparisonVerdict Judge(TimeRatio ratio, double factor, double threshold, bool isDriftBeyond)
    {
        if (ratio.Interval is not { } interval)
        {
            return ComparisonVerdict.Inconclusive;
        }

        var (lower, upper) = (interval.Lower * factor, interval.Upper * factor);
        if (lower > 1 + threshold)
        {
            return ComparisonVerdict.Slower;
        }

        if (isDriftBeyond)
        {
            return ComparisonVerdict.Inconclusive;
        }

        // Without evidence of how runs differ nothing is called the same, and only what is beyond a cautious default is called faster.
        return upper < 1 / (1 + threshold) ? ComparisonVerdict.Faster
            : !ratio.CanPass || upper > 1 + threshold ? ComparisonVerdict.Inconclusive
            : lower >= 1 / (1 + threshold) ? ComparisonVerdict.Same
            : ComparisonVerdict.NotSlower;
    }
}
