using System.Text.RegularExpressions;

namespace Bench.Analysis.Runs;

/// <summary>What an engine said on standard error while a cell was measured.</summary>
/// <param name="Text">The first such line, without its time; at most 300 characters.</param>
/// <param name="Count">How often it was said, with other numbers or the same; 1 or more.</param>
public sealed partial record Complaint(string Text, int Count)
{
    /// <summary>What is the same in lines that say the same of another node, address or thread.</summary>
    /// <param name="text">The line.</param>
    public static string KindOf(string text) => Number().Replace(text, "#");

    /// <summary>The complaints of several launches, each kind once, the most frequent first.</summary>
    /// <param name="complaints">The complaints.</param>
    internal static IReadOnlyList<Complaint> Together(IEnumerable<Complaint> complaints) =>
    [
        .. complaints.GroupBy(complaint => KindOf(complaint.Text))
            .Select(kind => new Complaint(kind.First().Text, kind.Sum(complaint => complaint.Count)))
            .OrderByDescending(complaint => complaint.Count),
    ];

    [GeneratedRegex(@"0x[0-9a-fA-F]+|\d+", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
