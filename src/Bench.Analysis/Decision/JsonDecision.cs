using Bench.Analysis.Json;

namespace Bench.Analysis.Decision;

/// <summary>Writes decisions for programs.</summary>
public static class JsonDecision
{
    /// <summary>Writes decisions as JSON: an array with an object for each model.</summary>
    /// <param name="decisions">The decisions.</param>
    /// <returns>The text, with line feeds.</returns>
    public static string Write(IReadOnlyList<ModelDecision> decisions) =>
        JsonText.Write(decisions);
}
