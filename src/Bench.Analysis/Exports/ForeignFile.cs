using System.Text;

namespace Bench.Analysis.Exports;

/// <summary>Says what a file is that is no export that can be read, and what to export instead.</summary>
internal static class ForeignFile
{
    /// <summary>How much of a file tells what it is.</summary>
    public const int LengthOfHead = 4096;

    private const string Instead = "Expected a JSON export: put [JsonExporterAttribute.Full] on the class, or measure with --exporters "
        + "json.";

    /// <summary>What the file is.</summary>
    /// <param name="contents">Its contents, or how they begin.</param>
    /// <param name="path">Its path, whose ending tells where the contents do not.</param>
    /// <returns>What was found and what to do; null where it may be a JSON export that is damaged.</returns>
    public static string? Describe(ReadOnlySpan<byte> contents, string path)
    {
        var head = Encoding.UTF8.GetString(contents[..Math.Min(contents.Length, LengthOfHead)]).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        return head.StartsWith('{') || head.StartsWith('[') || head.Length == 0 ? null
            : What(head, head.Split('\n', 2)[0].TrimEnd('\r'), Path.GetExtension(path).ToLowerInvariant()) is { } what
                ? $"this is {what}. {Instead}"
            : null;
    }

    private static string? What(string head, string firstLine, string ending) =>
        IsHeaderOf(firstLine, "Target", "Measurement_Value") ? "BenchmarkDotNet's CSV of measurements, which is not read"
        : IsHeaderOf(firstLine, "Method", "Mean") && !firstLine.Contains('|', StringComparison.Ordinal)
            ? "BenchmarkDotNet's CSV export: it has no single measurements"
        : ending is ".csv" or ".tsv" ? "a CSV file"
        : Has(head, "<!DOCTYPE html") || Has(head, "<html") ? $"{Owner(head)} HTML {Kind(head)}: it has no single measurements"
        : head.StartsWith("<?xml", StringComparison.Ordinal) || head.StartsWith("<Summary", StringComparison.Ordinal)
            ? $"{Owner(head)} XML {Kind(head)}, which is not read"
        : Has(head, "// Validating benchmarks") || Has(head, "// ***** BenchmarkRunner") || Has(head, "// ***** Building")
            ? "BenchmarkDotNet's log, and no export"
        : ending == ".log" ? "a log, and no export"
        : ending == ".r" ? "BenchmarkDotNet's script for plots, and no export"
        : ending == ".asm" ? "a disassembly, and no export"
        : firstLine.Contains('|', StringComparison.Ordinal) || Has(head, "| Method")
            ? "a table in markdown: give its file the ending .md to have it read, as weaker evidence"
        : null;

    private static bool IsHeaderOf(string line, string first, string other) =>
        (line.StartsWith(first, StringComparison.Ordinal) || line.StartsWith($"\"{first}", StringComparison.Ordinal)
            || line.StartsWith("Namespace", StringComparison.Ordinal))
        && line.Contains(other, StringComparison.Ordinal) && line.AsSpan().ContainsAny(',', ';', '\t');

    private static string Owner(string head) => IsOfBenchmarkDotNet(head) ? "BenchmarkDotNet's" : "an";

    private static string Kind(string head) => IsOfBenchmarkDotNet(head) ? "export" : "file";

    private static bool IsOfBenchmarkDotNet(string head) => Has(head, "BenchmarkDotNet");

    private static bool Has(string head, string text) => head.Contains(text, StringComparison.OrdinalIgnoreCase);
}
