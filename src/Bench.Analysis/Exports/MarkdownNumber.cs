using System.Globalization;
using Bench.Analysis.Input;

namespace Bench.Analysis.Exports;

/// <summary>Reads numbers in BenchmarkDotNet's tables, whatever culture wrote them.</summary>
internal static class MarkdownNumber
{
    /// <summary>A cell and where it stands, for messages.</summary>
    /// <param name="Text">The cell.</param>
    /// <param name="Column">Its column's header, which may hold the unit, as in <c>Mean [ns]</c>.</param>
    /// <param name="Path">The file.</param>
    /// <param name="Line">The line, from 1.</param>
    public sealed record Place(string Text, string Column, string Path, int Line);

    /// <summary>Takes number and unit apart: the unit stands behind the number, or in the header.</summary>
    /// <param name="cell">The cell.</param>
    /// <returns>The number as text, and its unit; empty without one.</returns>
    public static (string Number, string Unit) Parts(Place cell)
    {
        var text = cell.Text.Trim();
        var space = text.LastIndexOf(' ');
        return space > 0 ? (text[..space], text[(space + 1)..])
            : (text, cell.Column.EndsWith(']') ? cell.Column[(cell.Column.IndexOf('[', StringComparison.Ordinal) + 1)..^1] : string.Empty);
    }

    /// <summary>Reads a number without its unit.</summary>
    /// <param name="number">The number, for example <c>1,234.5</c>.</param>
    /// <param name="mark">How the table writes numbers.</param>
    /// <param name="cell">The cell.</param>
    /// <returns>The number, and the unit of its last printed digit.</returns>
    /// <exception cref="RunFormatException">It is no number, or could be two.</exception>
    public static (double Value, double Resolution) Read(string number, DecimalMark mark, Place cell)
    {
        var compact = NumberStyle.Compact(number);
        var own = NumberStyle.Of([compact]);
        var used = own == DecimalMark.Unknown ? mark : own;
        if (used is DecimalMark.Contradictory or DecimalMark.Unknown && compact.AsSpan().ContainsAny(',', '.') && !IsPlain(compact, used))
        {
            throw new RunFormatException(
                cell.Path,
                $"found '{cell.Text}' under {cell.Column} in line {cell.Line}, where a comma may be decimal or separate thousands, and no "
                    + "other number of the table "
                + "tells which. Use a JSON export, or give one number of the table another decimal.");
        }

        var plain = used == DecimalMark.Comma
            ? compact.Replace(".", string.Empty, StringComparison.Ordinal).Replace(',', '.')
            : compact.Replace(",", string.Empty, StringComparison.Ordinal);
        var decimals = plain.Contains('.', StringComparison.Ordinal) ? plain.Length - 1 - plain.IndexOf('.', StringComparison.Ordinal) : 0;
        return double.TryParse(plain, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? (value, Math.Pow(10, -decimals))
            : throw new RunFormatException(
                cell.Path, $"found '{cell.Text}' under {cell.Column} in line {cell.Line}; expected a number such as 1,234.5 and a unit.");
    }

    // BenchmarkDotNet writes decimals with a point unless it was told otherwise, so a lone point is one as long as nothing contradicts it.
    private static bool IsPlain(string compact, DecimalMark mark) =>
        mark == DecimalMark.Unknown && !compact.Contains(',', StringComparison.Ordinal);
}
