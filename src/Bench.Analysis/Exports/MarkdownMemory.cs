using System.Globalization;
using System.Text.RegularExpressions;
using Bench.Analysis.Input;

namespace Bench.Analysis.Exports;

/// <summary>
/// Reads the columns that MemoryDiagnoser adds to BenchmarkDotNet's tables. <c>-</c> is nothing at all; <c>?</c> and <c>NA</c> are not
/// known.
/// </summary>
internal static partial class MarkdownMemory
{
    // As BenchmarkDotNet prints them: 1 KB is 1024 B, also where it is spelt kB.
    private static readonly (string Unit, double Bytes)[] Units =
        [("B", 1), ("KB", 1L << 10), ("kB", 1L << 10), ("MB", 1L << 20), ("GB", 1L << 30), ("TB", 1L << 40)];

    private static readonly string[] AllocatedColumns = ["Allocated", "Allocated Memory/Op"];

    /// <summary>Reads a row.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="cells">Their cells.</param>
    /// <param name="mark">How the table writes numbers.</param>
    /// <param name="path">The file, for messages.</param>
    /// <param name="line">The line, from 1, for messages.</param>
    /// <returns>What was counted; null where the table has none of the columns, or nothing is known.</returns>
    /// <exception cref="RunFormatException">A cell holds no size, or no number.</exception>
    public static ExportedMemory? Read(List<string> columns, List<string> cells, DecimalMark mark, string path, int line)
    {
        MarkdownNumber.Place? Cell(params string[] names) =>
            columns.FindIndex(column => names.Any(name => IsColumn(column, name))) is var i and >= 0
            && cells[i] is not ("?" or "NA" or "N/A" or "") ? new MarkdownNumber.Place(cells[i], columns[i], path, line) : null;
        double? Collections(int generation) => Cell($"Gen{generation}", $"Gen {generation}", $"Gen {generation}/1k Op") is { } cell
            ? cell.Text == "-" ? 0 : MarkdownNumber.Read(cell.Text, mark, cell).Value
            : null;
        var allocated = Cell(AllocatedColumns) is { } size ? Size(size, mark) : null;

        // A table leaves out the column of a generation that was never collected.
        var hasMemory = columns.Exists(column => AllocatedColumns.Any(name => IsColumn(column, name)));
        double? Known(int generation) =>
            Collections(generation) ?? (hasMemory && allocated is not null && !HasGeneration(columns, generation) ? 0 : null);
        return hasMemory || HasGeneration(columns, 0) ? new ExportedMemory(allocated, Known(0), Known(1), Known(2)) : null;
    }

    private static bool HasGeneration(List<string> columns, int generation) =>
        columns.Exists(column => column == $"Gen{generation}" || column.StartsWith($"Gen {generation}", StringComparison.Ordinal));

    private static AllocatedBytes Size(MarkdownNumber.Place cell, DecimalMark mark)
    {
        if (cell.Text == "-")
        {
            return new AllocatedBytes(0);
        }

        var (number, unit) = MarkdownNumber.Parts(cell);
        var factor = Array.Find(Units, known => known.Unit == unit).Bytes;
        if (factor == 0)
        {
            throw new RunFormatException(cell.Path,
                $"found '{cell.Text}' under {cell.Column} in line {cell.Line}; expected a size in B, KB or MB.");
        }

        // Whole bytes are all that BenchmarkDotNet knows. Zeros at the end of a larger unit are not printed by all versions, so that
        // "10 KB" counts as rounded to whole kilobytes.
        var (value, resolution) = factor == 1 && WholeNumber().IsMatch(NumberStyle.Compact(number))
            ? (double.Parse(number.Where(char.IsAsciiDigit).ToArray(), CultureInfo.InvariantCulture), 1)
            : MarkdownNumber.Read(number, mark, cell);
        return new AllocatedBytes(value * factor, factor == 1 && resolution == 1 ? 0 : resolution * factor / 2);
    }

    // Whatever separates the digits of whole bytes separates thousands.
    [GeneratedRegex("^([0-9]+|[1-9][0-9]{0,2}([.,][0-9]{3})+)\\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex WholeNumber();

    private static bool IsColumn(string header, string name) => header == name || header.StartsWith(name + " [", StringComparison.Ordinal);
}
