using Bench.Analysis.Json;

namespace Bench.Analysis.Comparison;

/// <summary>Writes a comparison for programs.</summary>
public static class JsonComparison
{
    /// <summary>Writes a comparison as JSON.</summary>
    /// <param name="report">The comparison.</param>
    /// <returns>The text, with line feeds. A ratio that has no meaning is the text <c>NaN</c>.</returns>
    public static string Write(ComparisonReport report) => JsonText.Write(report);
}
