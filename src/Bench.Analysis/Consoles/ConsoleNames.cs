using Bench.Analysis.Decision;
using Bench.Analysis.Measurements;
using Bench.Analysis.Rendering;

namespace Bench.Analysis.Consoles;

/// <summary>What measurements are called on a console: without the model and the platform, which all rows of a table share.</summary>
public static class ConsoleNames
{
    private const int MostNames = 4;

    /// <summary>The settings that are not a backend's defaults; a dash for none.</summary>
    public static string Settings(MeasurementId measurement) =>
        VariantWords.Of(measurement) is { Length: > 0 } words ? words : Figures.None;

    /// <summary>What runs: <c>ort-cuda tf32 (batch 32, graph)</c>.</summary>
    public static string Of(MeasurementId measurement) => $"{measurement.Cell.Backend} {measurement.Cell.Precision}"
        + (VariantWords.Of(measurement) is { Length: > 0 } words ? $" ({words})" : string.Empty);

    /// <summary>The first few of many names, and how many more there are.</summary>
    public static string Some(IReadOnlyList<string> names) => names.Count <= MostNames ? string.Join(", ", names)
        : FormattableString.Invariant($"{string.Join(", ", names.Take(MostNames - 1))} and {names.Count - MostNames + 1} more");

    /// <summary>What runs, and on what.</summary>
    public static string Of(Candidate candidate) => $"{Of(candidate.Measurement)} on {candidate.Hardware}";
}
