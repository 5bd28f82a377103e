using System.Text;

namespace Bench.Analysis.Consoles;

/// <summary>Takes markdown's marks out of sentences.</summary>
internal static class PlainText
{
    /// <summary>The same sentence without bold, code and escapes.</summary>
    public static string Of(string markdown)
    {
        var text = new StringBuilder(markdown.Length);
        for (var i = 0; i < markdown.Length; i++)
        {
            if (markdown[i] == '\\' && i + 1 < markdown.Length && char.IsPunctuation(markdown[i + 1]))
            {
                text.Append(markdown[++i]);
            }
            else if (markdown[i] != '`' && !(markdown[i] == '*' && (Next(i) || (i > 0 && markdown[i - 1] == '*'))))
            {
                text.Append(markdown[i]);
            }
        }

        return text.ToString();

        bool Next(int at) => at + 1 < markdown.Length && markdown[at + 1] == '*';
    }
}
