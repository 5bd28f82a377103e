using System.Globalization;
using Bench.Analysis.Comparison;
using Bench.Analysis.Cost;
using Bench.Analysis.Statistics;

namespace Bench.Analysis.Reports;

/// <summary>How numbers stand in tables, the same in every culture.</summary>
internal static class Figures
{
    public const string None = "–";

    public static string Ms(double? ms) => ms is { } value ? Text(value, MsFormat(value)) : None;

    public static string MsWithHalfWidth(LatencyEstimate latency)
    {
        var format = MsFormat(latency.MeanMs);
        return $"{Text(latency.MeanMs, format)} ± {(latency.MeanInterval is { } interval ? Text(interval.HalfWidth, format) : "n/a")}";
    }

    public static string Percentile(double? ms, double p, ConfidenceInterval? interval) =>
        ms is null ? $"n/a (n<{Text(Quantiles.MinimumCount(p), "0")})" : interval is null ? Ms(ms) + "*" : Ms(ms);

    public static string Usd(double value) => Text(value, UsdFormat(value));

    public static string Usd(CostEstimate cost)
    {
        var format = UsdFormat(cost.UsdPerMillionImages);
        var text = Text(cost.UsdPerMillionImages, format);
        text = cost.HalfWidth is { } halfWidth ? $"{text} ± {Text(halfWidth, format)}" : text;
        return cost.LowUsdPerMillionImages == cost.HighUsdPerMillionImages
            ? text
            : $"{text} ({Text(cost.LowUsdPerMillionImages, format)}–{Text(cost.HighUsdPerMillionImages, format)})";
    }

    public static string Ratio(double? ratio) => ratio is { } value ? Text(value, "0.00") + "×" : None;

    public static string Metric(double? metric) => metric is { } value ? Text(value, "0.0000") : None;

    public static string Change(double change) => change == 0 ? "±0" : Text(change, "+0.0000;−0.0000");

    public static string Difference(double difference) => difference == 0 ? "0" : Text(difference, "0.0e+0");

    public static string PValue(double p) => p < 0.0001 ? "<0.0001" : p > 0.99995 ? "1" : Text(p, "0.0000");

    public static string Percent(double share) => Text(100 * share, "0.##") + " %";

    public static string Duration(double ns) =>
        ns >= 1e9 ? Text(ns / 1e9, "0.000") + " s"
        : ns >= 1e6 ? Text(ns / 1e6, "0.000") + " ms"
        : ns >= 1e3 ? Text(ns / 1e3, "0.000") + " μs"
        : Text(ns, "0.000") + " ns";

    public static string Ratio(TimeRatio ratio, double factor = 1) =>
        double.IsNaN(ratio.Ratio) ? "n/a"
        : ratio.Interval is { } interval ? $"{Text(factor * ratio.Ratio, "0.000")} [{Text(factor * interval.Lower, "0.000")}, {Text(factor * interval.Upper, "0.000")}]"
        : $"{Text(factor * ratio.Ratio, "0.000")} [n/a]";

    public static string Share(double share) => Text(share, "0 %");

    public static string WithInterval(double value, ConfidenceInterval? interval) => interval is not null
        ? $"{Signed(value)} [{Signed(interval.Lower)}, {Signed(interval.Upper)}]"
        : Signed(value);

    public static string Signed(double value) => value == 0 ? "0" : Text(value, "+0.0e+0;−0.0e+0");

    // A value and its half-width have as many decimals as the value needs.
    private static string MsFormat(double ms) => ms >= 1000 ? "0" : ms >= 100 ? "0.0" : ms >= 1 ? "0.00" : "0.0000";

    private static string UsdFormat(double usd) => usd >= 1 ? "0.00" : usd >= 0.1 ? "0.000" : "0.0000";

    public static string Optional(double? value) => value is { } number ? Text(number, "0.##") : None;

    public static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    public static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
