using System.Globalization;
using Bench.Analysis.Runs;

namespace Bench.Analysis.Exports;

/// <summary>Reads the times in BenchmarkDotNet's tables.</summary>
internal static class MarkdownDuration
{
    // Two letters look like the Greek mu; versions differ in which they take.
    private static readonly (string Unit, double Nanoseconds)[] Units =
    [
        ("ns", 1), ("us", 1e3), ("\u03BCs", 1e3), ("\u00B5s", 1e3), ("ms", 1e6), ("s", 1e9), ("m", 60e9), ("h", 3600e9), ("d", 86400e9),
    ];

    /// <summary>Reads a cell.</summary>
    /// <param name="cell">The cell, for example <c>1,234.5 μs</c>.</param>
    /// <param name="column">Its column's header, which may hold the unit, as in <c>Mean [ns]</c>.</param>
    /// <param name="mark">How the table writes numbers.</param>
    /// <param name="path">The file, for messages.</param>
    /// <param name="line">The line, from 1, for messages.</param>
    /// <returns>The time and the unit of its last printed digit, in ns.</returns>
    /// <exception cref="RunFormatException">It is no time, or could be two.</exception>
    public static (double Nanoseconds, double Resolution) Read(string cell, string column, DecimalMark mark, string path, int line)
    {
        var text = cell.Trim();
        var space = text.LastIndexOf(' ');
        var unit = space > 0 ? text[(space + 1)..]
            : column.EndsWith(']') ? column[(column.IndexOf('[', StringComparison.Ordinal) + 1)..^1]
            : string.Empty;
        var number = space > 0 ? text[..space] : text;
        var factor = Array.Find(Units, known => known.Unit == unit).Nanoseconds;
        if (factor == 0)
        {
            throw new RunFormatException(path, $"found '{cell}' under {column} in line {line}; expected a time in ns, us, ms or s.");
        }

        var compact = NumberStyle.Compact(number);
        var own = NumberStyle.Of([compact]);
        var used = own == DecimalMark.Unknown ? mark : own;
        if (used is DecimalMark.Contradictory or DecimalMark.Unknown && compact.AsSpan().ContainsAny(',', '.') && !IsPlain(compact, used))
        {
            throw new RunFormatException(
                path,
                $"found '{cell}' under {column} in line {line}, where a comma may be decimal or separate thousands, and no other number of the table tells which. "
                + "Use a JSON export, or give one number of the table another decimal.");
        }

        var plain = used == DecimalMark.Comma
            ? compact.Replace(".", string.Empty, StringComparison.Ordinal).Replace(',', '.')
            : compact.Replace(",", string.Empty, StringComparison.Ordinal);
        var decimals = plain.Contains('.', StringComparison.Ordinal) ? plain.Length - 1 - plain.IndexOf('.', StringComparison.Ordinal) : 0;
        return double.TryParse(plain, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? (value * factor, factor * Math.Pow(10, -decimals))
            : throw new RunFormatException(path, $"found '{cell}' under {column} in line {line}; expected a number such as 1,234.5 and a unit.");
    }

    // BenchmarkDotNet writes decimals with a point unless it was told otherwise, so a lone point is one as long as nothing contradicts it.
    private static bool IsPlain(string compact, DecimalMark mark) => mark == DecimalMark.Unknown && !compact.Contains(',', StringComparison.Ordinal);
}
