using System.Text.RegularExpressions;

namespace Bench.Analysis.Exports;

/// <summary>What an export tells of a benchmark's job: the name that its author gave it, and the characteristics that
/// BenchmarkDotNet prints.</summary>
/// <param name="Name">The name; empty for a job that has none.</param>
/// <param name="Characteristics">For example <c>Runtime=.NET 8.0, LaunchCount=2</c>; empty without any.</param>
public sealed partial record JobTraits(string Name, string Characteristics)
{
    /// <summary>A job of which nothing is known.</summary>
    public static readonly JobTraits Unknown = new(string.Empty, string.Empty);

    /// <summary>Name and characteristics as BenchmarkDotNet writes them; empty for an unnamed job with defaults.</summary>
    public string Text => Name.Length == 0 ? Characteristics : Characteristics.Length == 0 ? Name : $"{Name}({Characteristics})";

    /// <summary>The same without saying twice what name and characteristic have in common, for labels: <c>.NET 8.0</c>.</summary>
    public string Label => Characteristics == $"Runtime={Name}" ? Name : Text;

    /// <summary>The characteristics one by one, <c>Name=Value</c>, in the order of their names.</summary>
    public IReadOnlyList<string> Each =>
        [.. Separator().Split(Characteristics).Where(part => part.Length > 0).Order(StringComparer.Ordinal)];

    /// <summary>Reads a job as it stands in a display text.</summary>
    /// <param name="text">For example <c>Job-ABCDEF(Runtime=.NET 8.0)</c>, <c>DefaultJob</c> or <c>.NET 8.0(Runtime=.NET 8.0)</c>.</param>
    /// <returns>The job. The letters of an unnamed job are no name: up to BenchmarkDotNet 0.15.1 every run draws them anew.</returns>
    public static JobTraits Parse(string text)
    {
        var parts = Parts().Match(text);
        var name = parts.Groups["name"].Value;

        // "250.0000 ms" and "250ms" are the same characteristic in different versions.
        var characteristics = TrailingZeros().Replace(parts.Groups["characteristics"].Value, "${number}${unit}");
        return new JobTraits(DrawnLetters().IsMatch(name) ? string.Empty : name, characteristics);
    }

    /// <summary>The same job with further characteristics, such as those that a table states once for all its rows.</summary>
    internal JobTraits With(IEnumerable<string> characteristics)
    {
        var known = Each.Select(NameOf).ToHashSet(StringComparer.Ordinal);
        var added = characteristics.Where(text => !known.Contains(NameOf(text))).ToList();
        return added.Count == 0
            ? this
            : Parse($"{Name}({string.Join(", ", [.. Characteristics.Length == 0 ? Array.Empty<string>() : [Characteristics], .. added])})");
    }

    private static string NameOf(string characteristic) => characteristic.Split('=', 2)[0];

    [GeneratedRegex(@"^(?<name>[^(]*)(\((?<characteristics>.*)\))?$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    private static partial Regex Parts();

    [GeneratedRegex("^Job-[A-Z]{6}$", RegexOptions.CultureInvariant)]
    private static partial Regex DrawnLetters();

    // Values may hold commas, but not what begins the next characteristic.
    [GeneratedRegex(", (?=[A-Za-z]+=)", RegexOptions.CultureInvariant)]
    private static partial Regex Separator();

    [GeneratedRegex(@"(?<number>[0-9]+)\.0+ ?(?<unit>ns|us|ms|s)\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex TrailingZeros();
}
