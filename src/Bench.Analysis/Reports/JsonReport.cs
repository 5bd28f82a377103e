using Bench.Analysis.Json;

namespace Bench.Analysis.Reports;

/// <summary>Writes a report for programs.</summary>
public static class JsonReport
{
    /// <summary>Writes a report as JSON.</summary>
    /// <param name="report">The report.</param>
    /// <returns>The text, with line feeds, the same on every operating system.</returns>
    public static string Write(Report report) => JsonText.Write(report);
}
