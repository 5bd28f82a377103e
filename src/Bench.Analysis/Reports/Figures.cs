using System.Globalization;
using Bench.Analysis.Comparison;
using Bench.Analysis.Cost;
using Bench.Analysis.Exports;
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

    /// <summary>A share as a result, with one decimal always; thresholds are printed as they were given (<see cref="Percent"/>).</summary>
    public static string PercentResult(double share) => Text(100 * share, "0.0") + " %";

    /// <summary>
    /// Two times in one unit, with as many decimals: that of the shorter one, or of the longer one where they are a thousand times apart.
    /// </summary>
    public static (string Base, string Current) Durations(double baseNs, double currentNs)
    {
        var (shorter, longer) = (Math.Min(baseNs, currentNs), Math.Max(baseNs, currentNs));
        var by = shorter * 1000 > longer ? shorter : longer;
        var (factor, unit) = by >= 1e9 ? (1e9, "s") : by >= 1e6 ? (1e6, "ms") : by >= 1e3 ? (1e3, "μs") : (1, "ns");
        string Of(double ns) => $"{Text(ns / factor, "0.000")} {unit}";
        return (Of(baseNs), Of(currentNs));
    }

    public static string Ratio(TimeRatio ratio, double factor = 1) =>
        double.IsNaN(ratio.Ratio) ? "n/a"
        : ratio.Interval is { } interval
            ? $"{Text(factor * ratio.Ratio, "0.000")} [{Text(factor * interval.Lower, "0.000")}, {Text(factor * interval.Upper, "0.000")}]"
        : $"{Text(factor * ratio.Ratio, "0.000")} [n/a]";

    /// <summary>Bytes on both sides: whole ones, and how far a table's rounding may be off.</summary>
    public static string Bytes(MemoryComparison memory)
    {
        var (before, now) = (memory.Base?.Allocated, memory.Current?.Allocated);
        var change = before?.Bytes == now?.Bytes ? string.Empty : $" ({Text((now?.Bytes ?? 0) - (before?.Bytes ?? 0), "+#,0;−#,0")})";
        return before is null || now is null ? $"{WithUnit(before)} → {WithUnit(now)}" : $"{Bytes(before)} → {Bytes(now)} B{change}";
    }

    private static string WithUnit(AllocatedBytes? bytes) => bytes is null ? None : Bytes(bytes) + " B";

    private static string Bytes(AllocatedBytes bytes) =>
        bytes.Rounding > 0 ? $"{Text(bytes.Bytes, "#,0")} ± {Text(bytes.Rounding, "#,0.#")}"
        : Text(bytes.Bytes, "#,0");

    /// <summary>Collections of the generations in 1000 operations, on both sides.</summary>
    public static string Collections(MemoryComparison memory) => $"{Collections(memory.Base)} → {Collections(memory.Current)}";

    private static string Collections(ExportedMemory? memory) => memory is null ? None
        : string.Join(" / ", new[] { memory.Gen0, memory.Gen1, memory.Gen2 }.Select(count => count is { } number ? number == 0 ? "0"
            : Text(number, "0.000") : None));

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
