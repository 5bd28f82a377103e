using System.Text;

namespace Bench.Analysis.Rendering;

/// <summary>Sentences for a console of a given width.</summary>
public static class ConsoleText
{
    /// <summary>The width that fits every console.</summary>
    public const int Width = 120;

    private const int ShortestName = 20;

    /// <summary>Writes sentences with a label before them, later lines below the first word.</summary>
    /// <param name="text">Takes it.</param>
    /// <param name="label">The label; empty to go on below the last one.</param>
    /// <param name="sentences">The sentences, without line feeds.</param>
    /// <param name="indent">Where sentences begin.</param>
    /// <param name="width">The most columns of the console that a line takes.</param>
    public static void WriteTo(StringBuilder text, string label, string sentences, int indent = 12, int width = ConsoleText.Width)
    {
        var line = new StringBuilder(Printable(label).PadRight(indent));
        var isEmpty = true;
        foreach (var word in Printable(sentences).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!isEmpty && line.Length + 1 + word.Length > width)
            {
                text.Append(line.ToString().TrimEnd()).Append('\n');
                line.Clear().Append(' ', indent);
                isEmpty = true;
            }

            line.Append(isEmpty ? string.Empty : " ").Append(word);
            isEmpty = false;
        }

        text.Append(line.ToString().TrimEnd()).Append('\n');
    }

    /// <summary>Sentences in as many lines as they take, later ones indented.</summary>
    /// <param name="sentences">The sentences, without line feeds.</param>
    /// <param name="indent">By how much.</param>
    /// <returns>The lines, without a line feed at the end.</returns>
    public static string Wrapped(string sentences, int indent = 2)
    {
        var words = new StringBuilder();
        WriteTo(words, string.Empty, sentences, indent);
        return words.ToString().TrimEnd('\n')[Math.Min(indent, words.Length)..];
    }

    /// <summary>A line with a name in it that is cut in its middle where the line would be too long.</summary>
    /// <param name="before">What stands before the name.</param>
    /// <param name="name">The name.</param>
    /// <param name="after">What stands behind it.</param>
    /// <param name="width">The most columns of the console that a line takes.</param>
    public static string Line(string before, string name, string after, int width = ConsoleText.Width)
    {
        var room = Math.Max(Math.Min(ShortestName, width), width - before.Length - after.Length);
        var end = (room - 1) / 2;
        return before + (name.Length <= room ? name : $"{name[..(room - 1 - end)]}…{name[^end..]}") + after;
    }

    /// <summary>A text of others without what would steer a terminal.</summary>
    public static string Printable(string text) => string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter));
}
