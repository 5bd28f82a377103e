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
    /// <param name="path">The file, for messages.</param>
    /// <param name="line">The line, from 1, for messages.</param>
    /// <returns>The time and the unit of its last printed digit, in ns.</returns>
    /// <exception cref="RunFormatException">It is no time, or could be two.</exception>
    public static (double Nanoseconds, double Resolution) Read(string cell, string column, string path, int line)
    {
        var text = cell.Trim();
        var space = text.LastIndexOf(' ');
        var unit = space > 0 ? text[(space + 1)..] : column.EndsWith(']') ? column[(column.IndexOf('[', StringComparison.Ordinal) + 1)..^1] : string.Empty;
        var number = space > 0 ? text[..space] : text;
        var factor = Array.Find(Units, known => known.Unit == unit).Nanoseconds;
        if (factor == 0)
        {
            throw new RunFormatException(path, $"found '{cell}' under {column} in line {line}; expected a time in ns, us, ms or s.");
        }

        return TryNumber(number, out var value, out var decimals)
            ? (value * factor, factor * Math.Pow(10, -decimals))
            : throw new RunFormatException(path, $"found '{cell}' under {column} in line {line}; expected a number such as 1,234.5 and a unit.");
    }

    /// <summary>Reads 1,234.5 and, for a config with such a culture, 1.234,5 and 1 234,5. What could be either is refused.</summary>
    private static bool TryNumber(string text, out double value, out int decimals)
    {
        var compact = string.Concat(text.Where(c => !char.IsWhiteSpace(c) && c != '\u00A0' && c != '\u202F' && c != '\''));
        var comma = compact.LastIndexOf(',');
        var point = compact.LastIndexOf('.');
        value = 0;
        decimals = 0;
        if (comma >= 0 && point < 0)
        {
            // Every number has decimals in these tables, thousands come in threes: 1,234 alone does not say which it is.
            if (compact.Length - comma == 4 || compact.IndexOf(',', StringComparison.Ordinal) != comma)
            {
                return false;
            }

            compact = compact.Replace(',', '.');
        }
        else if (comma > point)
        {
            compact = compact.Replace(".", string.Empty, StringComparison.Ordinal).Replace(',', '.');
        }
        else
        {
            compact = compact.Replace(",", string.Empty, StringComparison.Ordinal);
        }

        decimals = compact.Contains('.', StringComparison.Ordinal) ? compact.Length - 1 - compact.IndexOf('.', StringComparison.Ordinal) : 0;
        return double.TryParse(compact, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value) && double.IsFinite(value) && value >= 0;
    }
}
