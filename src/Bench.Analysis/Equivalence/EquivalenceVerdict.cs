using System.Text.Json.Serialization;
using Bench.Analysis.Json;

namespace Bench.Analysis.Equivalence;

/// <summary>What is known of whether two sets of outputs are the same.</summary>
[JsonConverter(typeof(EnumNames<EquivalenceVerdict>))]
public enum EquivalenceVerdict
{
    /// <summary>Every number is equal.</summary>
    Identical,

    /// <summary>The difference is shown to lie within the margin.</summary>
    Equivalent,

    /// <summary>The difference is shown to lie beyond the margin.</summary>
    Different,

    /// <summary>Neither is shown.</summary>
    Inconclusive,

    /// <summary>There are too few images for either to be shown, whatever their outputs.</summary>
    InsufficientData,
}

/// <summary>The names of verdicts in JSON and tables.</summary>
internal static class EquivalenceVerdicts
{
    /// <summary>The name of a verdict.</summary>
    /// <param name="verdict">The verdict.</param>
    /// <returns>In lower case with hyphens, for example <c>insufficient-data</c>.</returns>
    public static string Name(this EquivalenceVerdict verdict) => EnumNames.Of(verdict);
}
