using Bench.Analysis.Equivalence;

namespace Bench.Analysis.Comparison;

/// <summary>Two runs side by side.</summary>
/// <param name="SchemaVersion">The version of the JSON.</param>
/// <param name="Base">Where the base comes from.</param>
/// <param name="Current">Where the current side comes from.</param>
/// <param name="Threshold">From which change of time on it matters, unless a cell says otherwise.</param>
/// <param name="Level">The confidence of the ratios' intervals.</param>
/// <param name="Statistic">What stands for a launch: <c>median</c> or <c>mean</c>.</param>
/// <param name="Control">The pattern of the cells whose changes were taken out of all others; null for none.</param>
/// <param name="Differences">In what the sides differ that is not their times.</param>
/// <param name="Cells">What both sides measured.</param>
/// <param name="Missing">What the base measured and the current side did not.</param>
/// <param name="New">What only the current side measured.</param>
/// <param name="Failed">What failed on the current side and the base did not measure either.</param>
/// <param name="Remarks">What a reader must know.</param>
public sealed record ComparisonReport(
    int SchemaVersion,
    string Base,
    string Current,
    double Threshold,
    double Level,
    TimeStatistic Statistic,
    string? Control,
    IReadOnlyList<Difference> Differences,
    IReadOnlyList<CellComparison> Cells,
    IReadOnlyList<Unmatched> Missing,
    IReadOnlyList<Unmatched> New,
    IReadOnlyList<Unmatched> Failed,
    IReadOnlyList<string> Remarks)
{
    /// <summary>The version of the JSON that this code writes.</summary>
    public const int CurrentSchemaVersion = 1;

    /// <summary>Whether times of both sides may be held against each other.</summary>
    public bool AreComparable => Differences.All(difference => !difference.BreaksComparison) && Cells.All(cell => cell.NotComparable is null);
}

/// <summary>Something in which the sides differ.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Base">What the base says.</param>
/// <param name="Current">What the current side says.</param>
/// <param name="BreaksComparison">Whether it makes the times incomparable.</param>
/// <param name="IsOfCode">Whether it is of what is measured rather than of where and how: engine, settings, precision, model, slow-down.</param>
public sealed record Difference(string Name, string Base, string Current, bool BreaksComparison, bool IsOfCode = false);

/// <summary>A cell or benchmark that is on one side only.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Reason">Why it is not on the other.</param>
/// <param name="IsNew">Whether the base does not have it at all.</param>
public sealed record Unmatched(string Name, string Reason, bool IsNew = false);

/// <summary>A cell or benchmark on both sides.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Time">The ratio of what stands for its launches.</param>
/// <param name="MeanTime">The ratio of means, which costs follow; the same as <paramref name="Time"/> where nothing but a summary is left.</param>
/// <param name="Threshold">From which change of time on it matters.</param>
/// <param name="Verdict">What <paramref name="Time"/> shows.</param>
/// <param name="SmallestShown">The smallest slowdown, as a ratio, that measurements as uncertain as these would have shown; null if none.</param>
/// <param name="Cost">The cost of a million images on both sides; null where a price is not known.</param>
/// <param name="ModelBytes">The size of the network's file on both sides; null where it is not known.</param>
/// <param name="Metric">The task metric on both sides; null where it is not known.</param>
/// <param name="Quality">The current outputs against those of the base; null where they cannot be paired.</param>
/// <param name="IsControl">Whether it is one of the cells that cannot have changed: its own ratio shows what the machine did.</param>
/// <param name="NotComparable">Why its times must not be compared; null if they may.</param>
public sealed record CellComparison(
    string Name,
    TimeRatio Time,
    TimeRatio MeanTime,
    double Threshold,
    ComparisonVerdict Verdict,
    double? SmallestShown,
    Change? Cost,
    Change? ModelBytes,
    Change? Metric,
    OutputComparison? Quality,
    bool IsControl,
    string? NotComparable);

/// <summary>A number on both sides.</summary>
/// <param name="Base">The base's.</param>
/// <param name="Current">The current one.</param>
public sealed record Change(double Base, double Current)
{
    /// <summary>Current over base.</summary>
    public double Ratio => Current / Base;
}
