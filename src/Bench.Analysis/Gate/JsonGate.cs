using System.Text.Json;
using System.Text.Json.Serialization;
using Bench.Analysis.Comparison;
using Bench.Analysis.Equivalence;
using Bench.Analysis.Reports;
using Bench.Analysis.Statistics.Paired;

namespace Bench.Analysis.Gate;

/// <summary>Writes what a gate found, for programs.</summary>
public static class JsonGate
{
    /// <summary>Writes a gate's report as JSON.</summary>
    /// <param name="report">The report.</param>
    /// <returns>The text, with line feeds.</returns>
    public static string Write(GateReport report) => JsonSerializer.Serialize(report, GateJson.Default.GateReport).ReplaceLineEndings("\n") + "\n";
}

/// <summary>How a gate's reports are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    Converters =
    [
        typeof(EnumNames<GateOutcome>), typeof(EnumNames<GateSubject>), typeof(EnumNames<ComparisonVerdict>), typeof(EnumNames<Evidence>), typeof(EnumNames<TimeStatistic>),
        typeof(EnumNames<EquivalenceVerdict>), typeof(EnumNames<ZeroMethod>),
    ])]
[JsonSerializable(typeof(GateReport))]
internal sealed partial class GateJson : JsonSerializerContext;
