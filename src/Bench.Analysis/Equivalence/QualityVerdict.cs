using System.Text.Json.Serialization;
using Bench.Analysis.Json;

namespace Bench.Analysis.Equivalence;

/// <summary>What is known of whether the quality is still the same: accuracy, or mean Dice.</summary>
[JsonConverter(typeof(EnumNames<QualityVerdict>))]
public enum QualityVerdict
{
    /// <summary>The loss is shown to be within the margin.</summary>
    Kept,

    /// <summary>The loss is shown to be beyond the margin.</summary>
    Lost,

    /// <summary>Neither is shown.</summary>
    NotShown,
}

/// <summary>Which of the two questions a cell is asked.</summary>
[JsonConverter(typeof(EnumNames<OutputQuestion>))]
public enum OutputQuestion
{
    /// <summary>Are the outputs the same? For cells at the reference's own precision, and for networks without labels.</summary>
    SameOutputs,

    /// <summary>Is the quality the same? For every other precision where there are labels.</summary>
    SameQuality,

    /// <summary>None: the engine computed in another precision than asked, so that the row says nothing of the
    /// precision in its name.</summary>
    NotTested,
}

/// <summary>The names of verdicts on quality in tables.</summary>
internal static class QualityVerdicts
{
    /// <summary>The name of a verdict.</summary>
    /// <param name="verdict">The verdict.</param>
    /// <returns><c>kept</c>, <c>lost</c> or <c>not shown</c>.</returns>
    public static string Name(this QualityVerdict verdict) => EnumNames.Words(verdict);
}
