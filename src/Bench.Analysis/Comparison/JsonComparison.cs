using System.Text.Json;
using System.Text.Json.Serialization;
using Bench.Analysis.Equivalence;
using Bench.Analysis.Reports;
using Bench.Analysis.Statistics.Paired;

namespace Bench.Analysis.Comparison;

/// <summary>Writes a comparison for programs.</summary>
public static class JsonComparison
{
    /// <summary>Writes a comparison as JSON.</summary>
    /// <param name="report">The comparison.</param>
    /// <returns>The text, with line feeds. A ratio that has no meaning is the text <c>NaN</c>.</returns>
    public static string Write(ComparisonReport report) => JsonSerializer.Serialize(report, ComparisonJson.Default.ComparisonReport).ReplaceLineEndings("\n") + "\n";
}

/// <summary>How comparisons are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    Converters =
    [
        typeof(EnumNames<ComparisonVerdict>), typeof(EnumNames<Evidence>), typeof(EnumNames<TimeStatistic>), typeof(EnumNames<EquivalenceVerdict>), typeof(EnumNames<ZeroMethod>),
    ])]
[JsonSerializable(typeof(ComparisonReport))]
internal sealed partial class ComparisonJson : JsonSerializerContext;
