using System.Text.RegularExpressions;

namespace Bench.Analysis.Fleets;

/// <summary>Words and numbers of a matrix: words become parts of a command line, and of lists with commas in it.</summary>
internal static partial class FleetWords
{
    /// <summary>What is wrong with words that must differ from each other.</summary>
    /// <param name="what">What they are.</param>
    /// <param name="words">The words; null for none.</param>
    public static IEnumerable<string> Faults(string what, IReadOnlyList<string>? words)
    {
        foreach (var word in words ?? [])
        {
            if (!Word().IsMatch(word))
            {
                yield return $"{what}: found '{word}'; expected letters, digits and -_.@+=:/%*? and neither - nor @ at the front.";
            }
        }

        if (words?.GroupBy(word => word).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            yield return $"{what}: found '{twice.Key}' twice.";
        }
    }

    /// <summary>What is wrong with values by knob.</summary>
    /// <param name="set">The values; null for none.</param>
    public static IEnumerable<string> OfSet(IReadOnlyDictionary<string, IReadOnlyList<string>>? set) =>
        set is null ? [] : set.SelectMany(knob => Faults("set", [knob.Key]).Concat(knob.Value.Count == 0
            ? [$"set: {knob.Key}: found no value."]
            : Faults($"set: {knob.Key}", knob.Value)));

    /// <summary>What is wrong with numbers that must lie between two others.</summary>
    /// <param name="numbers">What they are, the numbers, and the least and the most that they may be; null for none.</param>
    public static IEnumerable<string> Outside(params IReadOnlyList<(string What, int? Found, int Least, int Most)> numbers) =>
        numbers.Where(number => number.Found < number.Least || number.Found > number.Most).Select(number => FormattableString.Invariant(
            $"{number.What}: found {number.Found}; expected {number.Least} to {number.Most}."));

    /// <summary>A word that may be missing, as a list.</summary>
    /// <param name="word">The word; null for none.</param>
    public static string[] Some(string? word) => word is null ? [] : [word];

    [GeneratedRegex(@"\A[A-Za-z0-9_.+=:/%*?][A-Za-z0-9_.@+=:/%*?-]*\z")]
    private static partial Regex Word();
}
