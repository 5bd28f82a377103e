using System.Text.Json.Serialization;
using Bench.Analysis.Json;

namespace Bench.Analysis.Comparison;

/// <summary>What is shown of how the current side's time, or cost, differs from the base's.</summary>
[JsonConverter(typeof(EnumNames<ComparisonVerdict>))]
public enum ComparisonVerdict
{
    /// <summary>The whole interval lies below 1 / (1 + threshold).</summary>
    Faster,

    /// <summary>The whole interval lies within the threshold: shown to be the same, not merely not shown to differ.</summary>
    Same,

    /// <summary>The whole interval lies below 1 + threshold, but reaches beyond the other border:
    /// perhaps faster, shown not to be slower.</summary>
    NotSlower,

    /// <summary>The interval reaches across the border, there is none, or nothing is known of how runs of the same code differ.</summary>
    Inconclusive,

    /// <summary>The whole interval lies above 1 + threshold.</summary>
    Slower,
}

/// <summary>The names of verdicts in tables.</summary>
internal static class ComparisonVerdicts
{
    /// <summary>The name of a verdict.</summary>
    /// <param name="verdict">The verdict.</param>
    /// <returns>In lower case, for example <c>not slower</c>.</returns>
    public static string Name(this ComparisonVerdict verdict) => EnumNames.Words(verdict);
}
