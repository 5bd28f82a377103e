using System.Globalization;

namespace Bench.Analysis.Input;

/// <summary>Many faults in one message.</summary>
internal static class Faults
{
    private const int Most = 20;

    /// <summary>The first names, and how many more there are.</summary>
    public static string Names(IReadOnlyCollection<string> names) => names.Count <= Most
        ? string.Join(", ", names)
        : string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", names.Take(Most))} and {names.Count - Most} more");

    /// <summary>The first faults, and how many more there are: nobody reads thousands.</summary>
    public static string Text(IReadOnlyCollection<string> faults) => faults.Count <= Most
        ? string.Join(" ", faults)
        : string.Create(CultureInfo.InvariantCulture, $"{string.Join(" ", faults.Take(Most))} And {faults.Count - Most} more.");
}
