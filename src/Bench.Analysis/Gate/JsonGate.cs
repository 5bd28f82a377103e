using System.Text.Json.Serialization;
using Bench.Analysis.Json;

namespace Bench.Analysis.Gate;

/// <summary>Writes what a gate found, for programs.</summary>
public static class JsonGate
{
    /// <summary>Writes a gate's report as JSON.</summary>
    /// <param name="report">The report.</param>
    /// <returns>The text, with line feeds.</returns>
    public static string Write(GateReport report) => JsonText.Write(report, GateJson.Default.GateReport);
}

/// <summary>How a gate's reports are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(GateReport))]
internal sealed partial class GateJson : JsonSerializerContext;
