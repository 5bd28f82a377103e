using System.Globalization;

namespace Bench.Analysis.Rendering;

/// <summary>How numbers stand in tables, the same in every culture.</summary>
internal static class Figures
{
    public const string None = "–";

    public static string Ms(double? ms) => ms is { } value ? Text(value, MsFormat(value)) : None;

    public static string Usd(double value) => Text(value, UsdFormat(value));

    public static string Ratio(double? ratio) => ratio is { } value ? Text(value, "0.00") + "×" : None;

    public static string Metric(double? metric) => metric is { } value ? Text(value, "0.0000") : None;

    public static string Change(double change) => change == 0 ? "±0" : Text(change, "+0.0000;−0.0000;±0.0000");

    public static string Difference(double difference) => difference == 0 ? "0" : Text(difference, "0.0e+0");

    public static string PValue(double p) => p < 0.0001 ? "<0.0001" : p > 0.99995 ? "1" : Text(p, "0.0000");

    public static string Percent(double share) => Text(100 * share, "0.##") + " %";

    /// <summary>A share as a result, with one decimal always; thresholds are printed as they were given (<see cref="Percent"/>).</summary>
    public static string PercentResult(double share) => Text(100 * share, "0.0") + " %";

    /// <summary>
    /// Two times in one unit, with as many decimals: that of the shorter one, or of the longer one where they are a thousand times apart.
    /// </summary>
    public static (string Base, string Current) Durations(double baseMs, double currentMs)
    {
        var (shorter, longer) = (Math.Min(baseMs, currentMs), Math.Max(baseMs, currentMs));
        var by = shorter * 1000 > longer ? shorter : longer;
        var (perMs, unit) = by >= 1e3 ? (1e-3, "s") : by >= 1 ? (1, "ms") : by >= 1e-3 ? (1e3, "μs") : (1e6, "ns");
        string Of(double ms) => $"{Text(ms * perMs, "0.000")} {unit}";
        return (Of(baseMs), Of(currentMs));
    }

    public static string Share(double share) => Text(share, "0 %");

    public static string Signed(double value) => value == 0 ? "0" : Text(value, "+0.0e+0;−0.0e+0");

    /// <summary>How a time is written; a value and its half-width have as many decimals as the value needs.</summary>
    public static string MsFormat(double ms) => ms >= 1000 ? "0" : ms >= 100 ? "0.0" : ms >= 1 ? "0.00" : "0.0000";

    /// <summary>How a rate is written; a value and the ends of its interval have as many decimals as the value needs.</summary>
    public static string RateFormat(double rate) => rate >= 1000 ? "0" : rate >= 100 ? "0.0" : rate >= 1 ? "0.00" : "0.0000";

    /// <summary>How a price is written; a value and its half-width have as many decimals as the value needs.</summary>
    public static string UsdFormat(double usd) => usd >= 1 ? "0.00" : usd >= 0.1 ? "0.000" : !(usd > 0) ? "0.0000"
        : "0." + new string('0', Math.Clamp(2 - (int)Math.Floor(Math.Log10(usd)), 4, 12));

    public static string Optional(double? value) => value is { } number ? Text(number, "0.##") : None;

    public static string Capital(string text) => text.Length == 0 || text[0] == '`' ? text : char.ToUpperInvariant(text[0]) + text[1..];

    public static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
