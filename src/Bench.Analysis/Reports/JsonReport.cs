using System.Text.Json;
using System.Text.Json.Serialization;
using Bench.Analysis.Equivalence;
using Bench.Analysis.Runs;
using Bench.Analysis.Statistics.Paired;

namespace Bench.Analysis.Reports;

/// <summary>Writes a report for programs.</summary>
public static class JsonReport
{
    /// <summary>Writes a report as JSON.</summary>
    /// <param name="report">The report.</param>
    /// <returns>The text, with line feeds, the same on every operating system.</returns>
    public static string Write(Report report) => JsonSerializer.Serialize(report, ReportJson.Default.Report).ReplaceLineEndings("\n") + "\n";
}

/// <summary>How <c>report.json</c> is written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    Converters = [typeof(EnumNames<CellStatus>), typeof(EnumNames<EquivalenceVerdict>), typeof(EnumNames<ZeroMethod>)])]
[JsonSerializable(typeof(Report))]
internal sealed partial class ReportJson : JsonSerializerContext;
