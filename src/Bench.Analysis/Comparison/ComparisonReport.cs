using System.Text.Json.Serialization;
using Bench.Analysis.Equivalence;

namespace Bench.Analysis.Comparison;

/// <summary>Two runs, or two sets of cells of one run, side by side.</summary>
public sealed record ComparisonReport
{
    /// <summary>The version of the JSON that this code writes.</summary>
    public const int CurrentSchemaVersion = 2;

    /// <summary>The version of the JSON.</summary>
    public int SchemaVersion { get; init; } = CurrentSchemaVersion;

    /// <summary>Where the base comes from.</summary>
    public required string Base { get; init; }

    /// <summary>Where the current side comes from.</summary>
    public required string Current { get; init; }

    /// <summary>From which change of time on it matters, unless a cell says otherwise.</summary>
    public required double Threshold { get; init; }

    /// <summary>The confidence of the ratios' intervals.</summary>
    public required double Level { get; init; }

    /// <summary>The pattern of the cells whose changes were taken out of all others; null for none.</summary>
    public string? Control { get; init; }

    /// <summary>The pattern of the cells that were compared; null for all.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Filter { get; init; }

    /// <summary>What the pattern left out.</summary>
    internal IReadOnlyList<string> LeftOut { get; init; } = [];

    /// <summary>What those cells did between the runs.</summary>
    public IReadOnlyList<ControlDrift> Drifts { get; init; } = [];

    /// <summary>In what the sides differ that is not their times.</summary>
    public required IReadOnlyList<Difference> Differences { get; init; }

    /// <summary>What both sides measured.</summary>
    public required IReadOnlyList<CellComparison> Cells { get; init; }

    /// <summary>What the base measured and the current side did not.</summary>
    public required IReadOnlyList<Unmatched> Missing { get; init; }

    /// <summary>What only the current side measured.</summary>
    public required IReadOnlyList<Unmatched> New { get; init; }

    /// <summary>What failed on the current side and the base did not measure either.</summary>
    public required IReadOnlyList<Unmatched> Failed { get; init; }

    /// <summary>What stands several times on a side, so that nobody can tell which is which.</summary>
    public required IReadOnlyList<Unmatched> Ambiguous { get; init; }

    /// <summary>What a reader must know.</summary>
    public required IReadOnlyList<string> Remarks { get; init; }

    /// <summary>Whether times of both sides may be compared.</summary>
    public bool AreComparable =>
        Differences.All(difference => !difference.BreaksComparison) && Cells.All(cell => cell.NotComparable is null);
}

/// <summary>Something in which the sides differ.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Base">What the base says.</param>
/// <param name="Current">What the current side says.</param>
/// <param name="BreaksComparison">Whether it makes the times incomparable.</param>
/// <param name="IsOfCode">Whether it is of what is measured rather than of where and how: engine, settings, precision,
/// model, slow-down.</param>
public sealed record Difference(string Name, string Base, string Current, bool BreaksComparison, bool IsOfCode = false);

/// <summary>A cell or benchmark that is on one side only.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Reason">Why it is not on the other.</param>
/// <param name="IsNew">Whether the base does not have it at all.</param>
public sealed record Unmatched(string Name, string Reason, bool IsNew = false)
{
    /// <summary>Whether the current side does not know it at all: neither measured, nor failed, nor unavailable.</summary>
    [JsonIgnore]
    public bool IsGone { get; init; }
}

/// <summary>A cell or benchmark on both sides.</summary>
public sealed record CellComparison
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What was judged of it: its typical time and its mean, tails where the data carry them, images per second where they
    /// say something else, cost where prices are known.</summary>
    public required IReadOnlyList<TimeCheck> Checks { get; init; }

    /// <summary>What MemoryDiagnoser counted on both sides; null where it was used on neither, as in cells of Bench.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public MemoryComparison? Memory { get; init; }

    /// <summary>Images per second on both sides; null where a side does not tell.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Change? ImagesPerSecond { get; init; }

    /// <summary>The cost of a million images on both sides; null where a price is not known.</summary>
    public Change? Cost { get; init; }

    /// <summary>The size of the network's file on both sides; null where it is not known.</summary>
    public Change? ModelBytes { get; init; }

    /// <summary>The task metric on both sides; null where it is not known.</summary>
    public Change? Metric { get; init; }

    /// <summary>The current outputs compared with those of the base; null where they cannot be paired.</summary>
    public OutputComparison? Quality { get; init; }

    /// <summary>Whether it is one of the cells that cannot have changed: its own ratio shows what the machine did.</summary>
    public bool IsControl { get; init; }

    /// <summary>Whether it is a cell of Bench, whose name has four parts, and no benchmark of another project.</summary>
    internal bool IsCell { get; init; }

    /// <summary>Why its times must not be compared; null if they may.</summary>
    public string? NotComparable { get; init; }

    /// <summary>Why a cell of sides that cannot be compared is not comparable; the sides' own reasons are said elsewhere.</summary>
    internal const string OfOtherSides = "times of the one side say nothing of the other";

    /// <summary>The same without any verdict: what cannot be compared is neither faster nor slower.</summary>
    internal CellComparison Without() => this with
    {
        NotComparable = NotComparable ?? OfOtherSides,
        Checks = [.. Checks.Select(check => check with { Verdict = ComparisonVerdict.Inconclusive })],
        Memory = Memory is null ? null : Memory with { Verdict = AllocationVerdict.NotCompared },
    };

    /// <summary>What all checks together say: the worst of them.</summary>
    public ComparisonVerdict Verdict => NotComparable is not null ? ComparisonVerdict.Inconclusive
        : Has(ComparisonVerdict.Slower) ? ComparisonVerdict.Slower
        : Has(ComparisonVerdict.Inconclusive) ? ComparisonVerdict.Inconclusive
        : Checks.All(check => check.Verdict == ComparisonVerdict.Faster) ? ComparisonVerdict.Faster
        : Checks.All(check => check.Verdict == ComparisonVerdict.Same) ? ComparisonVerdict.Same
        : ComparisonVerdict.NotSlower;

    /// <summary>The first check: the typical time, or the mean where nothing else is left.</summary>
    [JsonIgnore]
    public TimeCheck Time => Checks[0];

    /// <summary>The check of the mean.</summary>
    [JsonIgnore]
    public TimeCheck Mean => Of(CheckSubject.MeanTime)!;

    /// <summary>The check of something; null if it was not judged.</summary>
    internal TimeCheck? Of(CheckSubject subject) => Checks.FirstOrDefault(check => check.Subject == subject);

    private bool Has(ComparisonVerdict verdict) => Checks.Any(check => check.Verdict == verdict);
}

/// <summary>A number on both sides.</summary>
/// <param name="Base">The base's.</param>
/// <param name="Current">The current one.</param>
public sealed record Change(double Base, double Current)
{
    /// <summary>Current over base.</summary>
    public double Ratio => Current / Base;
}
