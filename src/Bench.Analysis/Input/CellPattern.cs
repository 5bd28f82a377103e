using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Bench.Analysis.Input;

/// <summary>Patterns of names. Only <c>*</c> and <c>?</c> are special; every other character, a backslash too, stands for itself.</summary>
public static class CellPattern
{
    private static readonly ConcurrentDictionary<(string Pattern, bool IgnoreCase), Regex> Known = new();

    /// <summary>Whether a name matches.</summary>
    /// <param name="pattern">The pattern, <c>*</c> standing for anything and <c>?</c> for one character.</param>
    /// <param name="name">The name.</param>
    /// <param name="ignoreCase">Whether upper and lower case are the same.</param>
    /// <returns>Whether all of the name is what the pattern says.</returns>
    public static bool Matches(string pattern, string name, bool ignoreCase = false) => Of(pattern, ignoreCase).IsMatch(name);

    /// <summary>What the stars and question marks of a pattern stand for in a name.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="name">The name; upper and lower case differ.</param>
    /// <returns>The parts in their order, each as short as it can be; null if the name does not match.</returns>
    public static IReadOnlyList<string>? Parts(string pattern, string name) =>
        Of(pattern, ignoreCase: false).Match(name) is { Success: true } match
            ? [.. match.Groups.Values.Skip(1).Select(group => group.Value)]
            : null;

    /// <summary>A pattern with its stars and question marks filled in.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="parts">What they stand for, in their order.</param>
    /// <returns>The name; null if there are more or fewer of them than parts.</returns>
    public static string? Filled(string pattern, IReadOnlyList<string> parts)
    {
        var pieces = pattern.Split('*', '?');
        return pieces.Length == parts.Count + 1
            ? string.Concat(pieces.Select((piece, i) => i < parts.Count ? piece + parts[i] : piece))
            : null;
    }

    // Without backtracking, so that no pattern takes for ever.
    private static Regex Of(string pattern, bool ignoreCase) => Known.GetOrAdd((pattern, ignoreCase), key => new Regex(
        "^" + Regex.Escape(key.Pattern).Replace(@"\*", "(.*?)", StringComparison.Ordinal).Replace(@"\?", "(.)", StringComparison.Ordinal)
        + "\\z",
        RegexOptions.Singleline | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
        | (key.IgnoreCase ? RegexOptions.IgnoreCase : RegexOptions.None)));
}
