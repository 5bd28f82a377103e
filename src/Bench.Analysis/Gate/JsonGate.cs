using Bench.Analysis.Json;

namespace Bench.Analysis.Gate;

/// <summary>Writes what a gate found, for programs.</summary>
public static class JsonGate
{
    /// <summary>Writes a gate's report as JSON.</summary>
    /// <param name="report">The report.</param>
    /// <returns>The text, with line feeds.</returns>
    public static string Write(GateReport report) => JsonText.Write(report);
}
