using Bench.Analysis.Json;

namespace Bench.Analysis.Study;

/// <summary>Writes the recomputed study for programs.</summary>
public static class JsonStudy
{
    /// <summary>Writes it as JSON.</summary>
    /// <param name="report">The recomputed study.</param>
    /// <returns>The text, with line feeds.</returns>
    public static string Write(StudyReport report) => JsonText.Write(report);
}
