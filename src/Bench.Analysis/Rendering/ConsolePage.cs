using System.Globalization;
using System.Text;

namespace Bench.Analysis.Rendering;

/// <summary>What is written for a console of a given width.</summary>
/// <param name="width">The most columns of the console that a line takes.</param>
public sealed class ConsolePage(int width)
{
    private const int IndentOfSentences = 12;

    private readonly StringBuilder _text = new();

    /// <summary>Whether nothing is written yet.</summary>
    public bool IsEmpty => _text.Length == 0;

    /// <summary>Writes a text as it is.</summary>
    public ConsolePage Append(string text)
    {
        _text.Append(text);
        return this;
    }

    /// <summary>Writes a letter.</summary>
    public ConsolePage Append(char letter)
    {
        _text.Append(letter);
        return this;
    }

    /// <summary>Writes sentences with a label before them, later lines below the first word.</summary>
    /// <param name="label">The label; empty to go on below the last one.</param>
    /// <param name="sentences">The sentences, without line feeds.</param>
    /// <param name="indent">Where sentences begin.</param>
    public void Write(string label, string sentences, int indent = IndentOfSentences) =>
        ConsoleText.WriteTo(_text, label, sentences, indent, width);

    /// <summary>Writes a list, the label before its first line.</summary>
    /// <param name="label">The label.</param>
    /// <param name="items">The items, without line feeds; nothing is written of an empty list.</param>
    /// <param name="most">How many are written at most.</param>
    /// <param name="rest">Where the others are: the end of "and 3 more".</param>
    public void WriteList(string label, IEnumerable<string> items, int most, string rest)
    {
        List<string> found = [.. items];
        foreach (var (i, item) in found.Take(most).Index())
        {
            Write(i == 0 ? label : string.Empty, item);
        }

        if (found.Count > most)
        {
            Write(string.Empty, string.Create(CultureInfo.InvariantCulture, $"and {found.Count - most} more{rest}"));
        }
    }

    /// <summary>Writes a table.</summary>
    internal void Write(ConsoleTable table) => table.WriteTo(_text, width);

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();
}
