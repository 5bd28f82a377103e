using System.Text;
using System.Text.RegularExpressions;

namespace Bench.Analysis.Rendering;

/// <summary>Texts of others inside markdown: names of benchmarks may hold what markdown or HTML take for markup.</summary>
internal static partial class MarkdownText
{
    /// <summary>A name as plain text: what would be markup is escaped, so that <c>Set&lt;Int32&gt;</c> is no HTML.</summary>
    /// <param name="name">The name.</param>
    public static string Escape(string name)
    {
        var text = new StringBuilder(name.Length);
        for (var i = 0; i < name.Length; i++)
        {
            if (IsMarkup(name, i))
            {
                text.Append('\\');
            }

            text.Append(name[i]);
        }

        return text.ToString().ReplaceLineEndings(" ");
    }

    /// <summary>A name as code, whatever backticks it has.</summary>
    /// <param name="name">The name.</param>
    public static string Code(string name)
    {
        var fence = new string('`', Backticks().Matches(name).Select(run => run.Length).DefaultIfEmpty(0).Max() + 1);
        var inner = name.ReplaceLineEndings(" ");
        return inner.StartsWith('`') || inner.EndsWith('`') ? $"{fence} {inner} {fence}" : $"{fence}{inner}{fence}";
    }

    private static bool IsMarkup(string name, int i)
    {
        var next = i + 1 < name.Length ? name[i + 1] : ' ';
        return name[i] switch
        {
            '<' or '>' or '*' or '`' => true,
            '\\' => char.IsAscii(next) && char.IsPunctuation(next),
            '_' => i == 0 || !char.IsLetterOrDigit(name[i - 1]) || !char.IsLetterOrDigit(next),
            ']' => next is '(' or '[',
            '~' => next == '~',
            '&' => Entity().IsMatch(name[i..]),
            _ => false,
        };
    }

    [GeneratedRegex("`+", RegexOptions.CultureInvariant)]
    private static partial Regex Backticks();

    [GeneratedRegex("^&(#[0-9]+|#x[0-9a-f]+|[a-z][a-z0-9]*);", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Entity();
}
