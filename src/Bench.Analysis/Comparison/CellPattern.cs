using System.IO.Enumeration;

namespace Bench.Analysis.Comparison;

/// <summary>Patterns of cells' names.</summary>
public static class CellPattern
{
    /// <summary>Whether a name matches.</summary>
    /// <param name="pattern">The pattern, <c>*</c> standing for anything and <c>?</c> for one character.</param>
    /// <param name="name">The name; upper and lower case differ.</param>
    /// <returns>Whether all of the name is what the pattern says.</returns>
    public static bool Matches(string pattern, string name) => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false);
}
