using System.Text.Json.Serialization;
using Bench.Analysis.Json;
using Bench.Analysis.Runs;

namespace Bench.Analysis.Reports;

/// <summary>Writes a report for programs.</summary>
public static class JsonReport
{
    /// <summary>Writes a report as JSON.</summary>
    /// <param name="report">The report.</param>
    /// <returns>The text, with line feeds, the same on every operating system.</returns>
    public static string Write(Report report) => JsonText.Write(report, ReportJson.Default.Report);
}

/// <summary>How <c>report.json</c> is written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    Converters = [typeof(EnumNames<CellStatus>)])]
[JsonSerializable(typeof(Report))]
internal sealed partial class ReportJson : JsonSerializerContext;
