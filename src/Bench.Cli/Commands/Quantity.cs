using System.Globalization;

namespace Bench.Cli.Commands;

/// <summary>Reads numbers with a unit, the same in every culture.</summary>
internal static class Quantity
{
    /// <summary>Units of time, in ms.</summary>
    public static readonly IReadOnlyDictionary<string, double> Milliseconds =
        new Dictionary<string, double> { ["us"] = 1e-3, ["µs"] = 1e-3, ["μs"] = 1e-3, ["ms"] = 1, ["s"] = 1e3 };

    /// <summary>Units of size, in bytes.</summary>
    public static readonly IReadOnlyDictionary<string, double> Bytes = new Dictionary<string, double>(StringComparer.OrdinalIgnoreCase)
    {
        ["B"] = 1,
        ["kB"] = 1e3,
        ["MB"] = 1e6,
        ["GB"] = 1e9,
        ["KiB"] = 1 << 10,
        ["MiB"] = 1 << 20,
        ["GiB"] = 1 << 30,
    };

    /// <summary>No unit at all.</summary>
    public static readonly IReadOnlyDictionary<string, double> Plain = new Dictionary<string, double> { [string.Empty] = 1 };

    /// <summary>Reads a number and its unit, which may stand apart.</summary>
    /// <param name="text">For example <c>20ms</c> or <c>0.5 s</c>.</param>
    /// <param name="units">The units, and what each is worth.</param>
    /// <param name="value">The number times its unit: finite and above 0.</param>
    /// <returns>Whether the text is one.</returns>
    public static bool TryParse(string text, IReadOnlyDictionary<string, double> units, out double value)
    {
        var end = text.Length;
        while (end > 0 && !char.IsAsciiDigit(text[end - 1]) && text[end - 1] != '.')
        {
            end--;
        }

        value = 0;
        if (!units.TryGetValue(text[end..].Trim(), out var unit)
            || !double.TryParse(
                text.AsSpan(0, end), NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent | NumberStyles.AllowLeadingWhite,
                CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        value = number * unit;
        return double.IsFinite(value) && value > 0;
    }
}
