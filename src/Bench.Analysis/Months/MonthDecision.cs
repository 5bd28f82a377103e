using Bench.Analysis.Decision;
using Bench.Analysis.Measurements;

namespace Bench.Analysis.Months;

/// <summary>How a month's work of a model is done for the least money.</summary>
public sealed record MonthDecision
{
    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary>What has to be done.</summary>
    public required Demand Demand { get; init; }

    /// <summary>The time limit of a request in ms; null if requests may wait.</summary>
    public double? LimitMs { get; init; }

    /// <summary>Which latency must meet it.</summary>
    public required LatencyQuantile Quantile { get; init; }

    /// <summary>Whether there is a plan.</summary>
    public required DecisionOutcome Outcome { get; init; }

    /// <summary>The cheapest acceptable plan that is shown to meet the limit; null if there is none.</summary>
    public MonthPlan? Plan { get; init; }

    /// <summary>The cheapest acceptable plan that costs less and is not shown to meet the limit, nor to miss it; null if there is none.
    /// </summary>
    public MonthPlan? Cheaper { get; init; }

    /// <summary>Where there is no plan, the fastest acceptable candidate of which it is not decided; null if there is none.</summary>
    internal JudgedCandidate? FastestUndecided { get; init; }

    /// <summary>The cheapest such plan on other machines; null if there is none.</summary>
    public MonthPlan? RunnerUp { get; init; }

    /// <summary>At which volumes another plan becomes the cheapest, by volume.</summary>
    public IReadOnlyList<MonthChange> Changes { get; init; } = [];

    /// <summary>At which volumes it turns whether a machine of one's own is cheaper than a rented one; empty without one of both.</summary>
    public IReadOnlyList<OwnOrRented> Turns { get; init; } = [];

    /// <summary>What should be known of the runs besides.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>All plans, the cheapest first.</summary>
    public required IReadOnlyList<MonthPlan> Plans { get; init; }

    /// <summary>Candidates that no number of machines would do, and why.</summary>
    public IReadOnlyList<Unplanned> Unplanned { get; init; } = [];
}

/// <summary>From a volume on, another plan is the cheapest.</summary>
/// <param name="ImagesPerMonth">The volume, in three digits.</param>
/// <param name="Plan">What is the cheapest from there on; below the asked volume, up to there.</param>
/// <param name="IsAbove">Whether the volume is above the one that was asked for.</param>
public sealed record MonthChange(double ImagesPerMonth, MonthPlan Plan, bool IsAbove);

/// <summary>A volume at which it turns whether a machine of one's own is cheaper than a rented one.</summary>
/// <param name="ImagesPerMonth">The volume, in three digits.</param>
/// <param name="OwnFromThere">Whether one's own is cheaper from there on.</param>
/// <param name="Own">The cheapest of one's own there.</param>
/// <param name="Rented">The cheapest rented one there.</param>
public sealed record OwnOrRented(double ImagesPerMonth, bool OwnFromThere, MonthPlan Own, MonthPlan Rented);

/// <summary>A candidate that no number of machines would do.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Hardware">The hardware.</param>
/// <param name="Why">Why.</param>
/// <param name="IsFast">Whether its latency alone would not keep it from the plan: what is wrong with it is worth to be mended.</param>
public sealed record Unplanned(MeasurementId Cell, string Hardware, string Why, bool IsFast = false);
