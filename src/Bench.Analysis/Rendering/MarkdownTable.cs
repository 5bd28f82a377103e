using System.Text;

namespace Bench.Analysis.Rendering;

/// <summary>A markdown table whose columns line up, so that it reads well on a console too.</summary>
internal sealed class MarkdownTable(params string[] headers)
{
    private readonly List<string[]> _rows = [];

    /// <summary>Adds a row; the first column is aligned to the left, all others to the right.</summary>
    public void Add(params string[] cells)
    {
        if (cells.Length != headers.Length)
        {
            throw new ArgumentException($"Found {cells.Length} cells; expected {headers.Length}.", nameof(cells));
        }

        _rows.Add(Array.ConvertAll(cells, cell => cell.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ")));
    }

    public void WriteTo(StringBuilder text)
    {
        var widths = headers.Select((header, i) => Math.Max(3, _rows.Select(row => row[i].Length).Append(header.Length).Max())).ToArray();
        WriteRow(text, headers, widths);
        text.Append('|');
        for (var i = 0; i < widths.Length; i++)
        {
            text.Append(' ').Append('-', widths[i] - 1).Append(i == 0 ? '-' : ':').Append(" |");
        }

        text.Append('\n');
        foreach (var row in _rows)
        {
            WriteRow(text, row, widths);
        }
    }

    private static void WriteRow(StringBuilder text, string[] cells, int[] widths)
    {
        text.Append('|');
        for (var i = 0; i < cells.Length; i++)
        {
            text.Append(' ').Append(i == 0 ? cells[i].PadRight(widths[i]) : cells[i].PadLeft(widths[i])).Append(" |");
        }

        text.Append('\n');
    }
}
