using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Bench.Analysis.Exports;

/// <summary>Takes a line of a table in markdown apart.</summary>
internal static partial class MarkdownRow
{
    private const string Bold = "**";

    /// <summary>Whether a line is one of a table: older versions and other dialects leave the outer bars out.</summary>
    public static bool IsRow(string line) => line.Contains('|', StringComparison.Ordinal);

    /// <summary>Whether a header is one of Atlassian's dialect: <c>||Method ||Mean ||</c>.</summary>
    public static bool IsAtlassian(string line) => line.StartsWith("||", StringComparison.Ordinal);

    /// <summary>The cells of a line: without the bold of a row that begins a group, and without escapes.</summary>
    /// <param name="line">The line.</param>
    /// <returns>The cells' texts.</returns>
    public static List<string> Cells(string line)
    {
        var plain = IsAtlassian(line) ? line.Replace("||", "|", StringComparison.Ordinal) : line;
        var cells = Split(plain.StartsWith('|') ? plain : "|" + plain).ConvertAll(cell => cell.Trim());

        // Bold is a property of the row: then every cell is, an empty one too.
        var isBold = cells.Exists(cell => cell.Length > 0) && cells.TrueForAll(cell => cell.Length == 0 || IsBold(cell));
        return cells.ConvertAll(cell => Plain(isBold && IsBold(cell) ? cell[Bold.Length..^Bold.Length] : cell));
    }

    /// <summary>The text of a link, or of code: people edit tables.</summary>
    private static string Plain(string cell)
    {
        var link = Link().Match(cell);
        var text = link.Success ? link.Groups["text"].Value : cell;
        return WebUtility.HtmlDecode(text.Length > 2 && text.StartsWith('`') && text.EndsWith('`') ? text[1..^1] : text);
    }

    [GeneratedRegex(@"^\[(?<text>[^\]]+)\]\([^()]*\)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Link();

    private static bool IsBold(string cell) =>
        cell.Length >= 2 * Bold.Length && cell.StartsWith(Bold, StringComparison.Ordinal) && cell.EndsWith(Bold, StringComparison.Ordinal);

    private static List<string> Split(string line)
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        for (var i = 1; i < line.Length; i++)
        {
            if (line[i] == '\\' && i + 1 < line.Length && line[i + 1] == '|')
            {
                cell.Append(line[++i]);
            }
            else if (line[i] == '|')
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else
            {
                cell.Append(line[i]);
            }
        }

        if (!line.EndsWith('|') || line.Length == 1)
        {
            cells.Add(cell.ToString());
        }

        return cells;
    }
}
