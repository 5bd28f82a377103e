using System.Text;

namespace Bench.Analysis.Rendering;

/// <summary>Sentences for a console of a given width.</summary>
internal static class ConsoleText
{
    /// <summary>Writes sentences with a label before them, later lines below the first word.</summary>
    /// <param name="text">Takes it.</param>
    /// <param name="label">The label; empty to go on below the last one.</param>
    /// <param name="sentences">The sentences, without line feeds.</param>
    /// <param name="indent">Where sentences begin.</param>
    /// <param name="width">The most columns of the console that a line takes.</param>
    public static void WriteTo(StringBuilder text, string label, string sentences, int indent = 12, int width = ConsoleTable.Width)
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

    /// <summary>A text of others without what would steer a terminal.</summary>
    public static string Printable(string text) => string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter));
}
