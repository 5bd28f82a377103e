using Bench.Analysis.Rendering;

namespace Bench.Analysis.Comparison;

/// <summary>How ratios of times, and rates, stand in tables.</summary>
internal static class TimeRatioText
{
    /// <summary>Rates on both sides: <c>1315 → 1290</c>.</summary>
    public static string Rates(this Change change)
    {
        var format = Figures.RateFormat(Math.Min(change.Base, change.Current));
        return $"{Figures.Text(change.Base, format)} → {Figures.Text(change.Current, format)}";
    }

    /// <summary>The ratio and its interval, each times a factor: <c>1.004 [0.993, 1.018]</c>.</summary>
    public static string WithInterval(this TimeRatio ratio, double factor = 1)
    {
        string Of(double value) => Figures.Text(factor * value, "0.000");
        return double.IsNaN(ratio.Ratio) ? "n/a"
            : ratio.Interval is { } interval ? $"{Of(ratio.Ratio)} [{Of(interval.Lower)}, {Of(interval.Upper)}]"
            : $"{Of(ratio.Ratio)} [n/a]";
    }
}
