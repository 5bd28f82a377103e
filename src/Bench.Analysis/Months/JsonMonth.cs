using Bench.Analysis.Json;

namespace Bench.Analysis.Months;

/// <summary>Writes a month's plans for programs.</summary>
public static class JsonMonth
{
    /// <summary>Writes plans as JSON: an array with an object for each model.</summary>
    /// <param name="months">The plans.</param>
    /// <returns>The text, with line feeds.</returns>
    public static string Write(IReadOnlyList<MonthDecision> months) => JsonText.Write(months);
}
