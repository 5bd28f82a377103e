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

    /// <summary>Writes the table. Columns that may be cut are, where there is not room for all.</summary>
    /// <param name="text">Takes it.</param>
    /// <param name="width">The most columns of the console that a line takes.</param>
    public void WriteTo(StringBuilder text, int width = ConsoleText.Width)
    {
        var widths = columns.Select((column, i) => _rows.Select(row => row[i].Length).Append(column.Header.Length).Max()).ToArray();
        var tooMuch = widths.Sum() + (Gap.Length * (columns.Length - 1)) - width;
        while (tooMuch > 0)
        {
            // The widest of those that may be cut, one character at a time.
            var cut = Enumerable.Range(0, columns.Length).Where(i => columns[i].MayBeCut && widths[i] > Narrowest)
                .OrderByDescending(i => widths[i]).Cast<int?>().FirstOrDefault();
            if (cut is not { } widest)
            {
                break;
            }

            widths[widest]--;
            tooMuch--;
        }

        WriteRow(text, [.. columns.Select(column => column.Header)], widths);
        _rows.ForEach(row => WriteRow(text, row, widths));
    }

    private void WriteRow(StringBuilder text, string[] cells, int[] widths)
    {
        var line = string.Join(Gap, cells.Select((cell, i) =>
        {
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
internal sealed record ConsoleColumn(string Header, bool IsNumber = false, bool MayBeCut = false, bool IsName = false);
