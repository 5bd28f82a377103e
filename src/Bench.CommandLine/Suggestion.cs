namespace Bench.CommandLine;

/// <summary>What somebody probably meant.</summary>
public static class Suggestion
{
    // A third of the letters may be wrong, two at least.
    private const int LettersForEachFault = 3;
    private const int FewestFaults = 2;

    /// <summary>The known word that is nearest to one that is not known.</summary>
    /// <param name="word">The word that is not known.</param>
    /// <param name="known">The words that are.</param>
    /// <returns>The nearest; null if none is near.</returns>
    public static string? For(string word, IEnumerable<string> known)
    {
        ArgumentNullException.ThrowIfNull(word);
        return known.Select(candidate => (Candidate: candidate, Faults: Faults(word, candidate)))
            .Where(pair => pair.Faults <= Math.Max(FewestFaults, pair.Candidate.Length / LettersForEachFault))
            .OrderBy(pair => pair.Faults).ThenBy(pair => pair.Candidate, StringComparer.Ordinal)
            .Select(pair => pair.Candidate).FirstOrDefault();
    }

    /// <summary>How many letters must be added, removed, changed or swapped with their neighbour:
    /// the optimal string alignment distance.</summary>
    private static int Faults(string word, string other)
    {
        var table = new int[word.Length + 1, other.Length + 1];
        for (var i = 0; i <= word.Length; i++)
        {
            for (var j = 0; j <= other.Length; j++)
            {
                table[i, j] = i == 0 || j == 0 ? i + j : Math.Min(
                    Math.Min(table[i - 1, j], table[i, j - 1]) + 1,
                    table[i - 1, j - 1] + (char.ToLowerInvariant(word[i - 1]) == char.ToLowerInvariant(other[j - 1]) ? 0 : 1));
                if (i > 1 && j > 1 && word[i - 1] == other[j - 2] && word[i - 2] == other[j - 1])
                {
                    table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
                }
            }
        }

        return table[word.Length, other.Length];
    }
}
