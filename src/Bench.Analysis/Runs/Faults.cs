using System.Globalization;

namespace Bench.Analysis.Runs;

/// <summary>Many faults in one message.</summary>
internal static class Faults
{
    private const int Most = 20;

    /// <summary>The first faults, and how many more there are: nobody reads thousands.</summary>
    public static string Text(IReadOnlyCollection<string> faults) => faults.Count <= Most
        ? string.Join(" ", faults)
        : string.Create(CultureInfo.InvariantCulture, $"{string.Join(" ", faults.Take(Most))} And {faults.Count - Most} more.");
}
