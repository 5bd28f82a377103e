using Bench.Analysis.Cost;

namespace Bench.Analysis.Comparison;

/// <summary>How two sides are compared.</summary>
public sealed record ComparisonOptions
{
    /// <summary>From which relative change of time on it matters, unless a cell has a threshold of its own; above 0.</summary>
    public double Threshold { get; init; } = 0.05;

    /// <summary>The thresholds of cells that have one of their own, by name; null for none.</summary>
    public Func<string, double?>? ThresholdOf { get; init; }

    /// <summary>
    /// A pattern of cells that cannot have changed, <c>*</c> standing for anything: what their times do, the machine did, and it is taken out of all
    /// others launch by launch. Null for none.
    /// </summary>
    public string? Control { get; init; }

    /// <summary>The confidence of the ratios' intervals, in (0, 1).</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>What stands for a launch.</summary>
    public TimeStatistic Statistic { get; init; } = TimeStatistic.Median;

    /// <summary>What the user says about prices.</summary>
    public required RunPrice Price { get; init; }
}
