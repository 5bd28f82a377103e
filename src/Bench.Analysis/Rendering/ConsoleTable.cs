using System.Text;

namespace Bench.Analysis.Rendering;

/// <summary>A table for a console of a given width: short columns, and no cell goes over into another line.</summary>
/// <param name="columns">The columns, from left to right.</param>
internal sealed class ConsoleTable(params ConsoleColumn[] columns)
{
    private const string Gap = "  ";
    private const int Narrowest = 6;

    private readonly List<string[]> _rows = [];

    /// <summary>How many rows there are.</summary>
    public int Count => _rows.Count;

    /// <summary>Adds a row.</summary>
    public void Add(params string[] cells)
    {
        if (cells.Length != columns.Length)
        {
            throw new ArgumentException($"Found {cells.Length} cells; expected {columns.Length}.", nameof(cells));
        }

        _rows.Add(Array.ConvertAll(cells, ConsoleText.Printable));
    }

    /// <summary>Writes the table. Columns that may be cut are, where there is not room for all; then optional ones are left out, the
    /// last first.</summary>
    /// <param name="text">Takes it.</param>
    /// <param name="width">The most columns of the console that a line takes.</param>
    public void WriteTo(StringBuilder text, int width = ConsoleText.Width)
    {
        var shown = Enumerable.Range(0, columns.Length).ToList();
        var widths = Widths(shown, width);
        while (TooMuch(shown, widths, width) > 0 && shown.FindLastIndex(i => columns[i].IsOptional) is >= 0 and var last)
        {
            shown.RemoveAt(last);
            widths = Widths(shown, width);
        }

        WriteRow(text, [.. columns.Select(column => column.Header)], shown, widths);
        _rows.ForEach(row => WriteRow(text, row, shown, widths));
    }

    private static int TooMuch(List<int> shown, int[] widths, int width) =>
        shown.Sum(i => widths[i]) + (Gap.Length * (shown.Count - 1)) - width;

    /// <summary>How wide each column is, after the widest of those that may be cut was, one character at a time.</summary>
    private int[] Widths(List<int> shown, int width)
    {
        var widths = columns.Select((column, i) => _rows.Select(row => row[i].Length).Append(column.Header.Length).Max()).ToArray();
        for (var tooMuch = TooMuch(shown, widths, width); tooMuch > 0; tooMuch--)
        {
            var cut = shown.Where(i => columns[i].MayBeCut && widths[i] > Narrowest).OrderByDescending(i => widths[i])
                .Cast<int?>().FirstOrDefault();
            if (cut is not { } widest)
            {
                break;
            }

            widths[widest]--;
        }

        return widths;
    }

    private void WriteRow(StringBuilder text, string[] cells, List<int> columnsShown, int[] widths)
    {
        var line = string.Join(Gap, columnsShown.Select(i =>
        {
            var cell = cells[i];
            var shown = cell.Length <= widths[i] ? cell
                : columns[i].IsName ? ConsoleText.Line(string.Empty, cell, string.Empty, widths[i])
                : cell[..(widths[i] - 1)] + "…";
            return columns[i].IsNumber ? shown.PadLeft(widths[i]) : shown.PadRight(widths[i]);
        }));
        text.Append(line.TrimEnd()).Append('\n');
    }
}

/// <summary>A column of a console's table.</summary>
/// <param name="Header">What stands above it.</param>
/// <param name="IsNumber">Whether it is aligned to the right.</param>
/// <param name="MayBeCut">Whether its cells may be cut where there is not room.</param>
/// <param name="IsName">Whether they are names, whose ends tell them apart, too: these are cut in their middle.</param>
/// <param name="IsOptional">Whether it is left out where there is not room for all even so.</param>
internal sealed record ConsoleColumn(
    string Header, bool IsNumber = false, bool MayBeCut = false, bool IsName = false, bool IsOptional = false);
