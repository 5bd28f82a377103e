using System.Globalization;
using Bench.Analysis.Cost;

namespace Bench.Analysis.Decision;

/// <summary>What is asked of a choice.</summary>
public sealed record DecisionOptions
{
    /// <summary>The fewest draws; enough where nobody reads how likely a choice is the cheapest.</summary>
    public const int FewestDraws = 100;

    /// <summary>The time limit of a request in ms; null for none.</summary>
    public double? LimitMs { get; init; }

    /// <summary>Which latency must meet it.</summary>
    public LatencyQuantile Quantile { get; init; } = LatencyQuantile.Mean;

    /// <summary>
    /// How much accuracy or Dice may be lost against the reference, which must be shown; null for the model's margin, or 0.01 of published
    /// figures; positive infinity for any, known or not.
    /// </summary>
    public double? MaxAccuracyDrop { get; init; }

    /// <summary>What must at least be known of the outputs. By default what a cell's precision is asked must be
    /// answered with yes.</summary>
    public OutputRequirement MinEquivalence { get; init; } = OutputRequirement.Shown;

    /// <summary>How large the network's file may be; null for any size.</summary>
    public long? MaxModelBytes { get; init; }

    /// <summary>How times and prices become costs.</summary>
    public CostModel Cost { get; init; } = CostModel.Runtime;

    /// <summary>Whether plain cells under a closed load alone are candidates: every knob at its default, no version asked for.</summary>
    public bool PlainOnly { get; init; }

    /// <summary>Whether interrupted runs are used all the same.</summary>
    public bool AllowIncomplete { get; init; }

    /// <summary>Whether, of several runs that measured a cell on one machine, only the latest counts; else such runs are refused.</summary>
    public bool LatestOnly { get; init; }

    /// <summary>How often latencies are drawn to see which choice would be the cheapest.</summary>
    public int Draws { get; init; } = 2000;

    /// <summary>The seed of that.</summary>
    public int Seed { get; init; } = 1910;

    /// <exception cref="ArgumentException">An option is out of range; all faults are named.</exception>
    internal void Check()
    {
        var faults = Cost.Faults();
        if (LimitMs is { } limit && !(limit > 0 && double.IsFinite(limit)))
        {
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"found the limit {limit} ms; expected a time above 0"));
        }

        if (MaxAccuracyDrop is { } drop && !((drop >= 0 && drop <= 1) || double.IsPositiveInfinity(drop)))
        {
            faults.Add(string.Create(
                CultureInfo.InvariantCulture, $"found the largest accuracy drop {drop}; expected a share from 0 to 1"));
        }

        if (MaxModelBytes <= 0)
        {
            faults.Add(string.Create(
                CultureInfo.InvariantCulture, $"found the largest model size {MaxModelBytes}; expected a size above 0"));
        }

        if (Draws < FewestDraws)
        {
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"found {Draws} draws; expected at least {FewestDraws}"));
        }

        if (faults.Count > 0)
        {
            throw new ArgumentException($"Decision: {string.Join("; ", faults)}.");
        }
    }
}

/// <summary>What must at least be known of outputs.</summary>
public enum OutputRequirement
{
    /// <summary>Nothing.</summary>
    Any,

    /// <summary>They are not shown to be different, nor the quality to be lost.</summary>
    NotDifferent,

    /// <summary>At the reference's own precision they are shown to be the same; at another one the quality is shown to be kept.</summary>
    Shown,

    /// <summary>They are shown to be equivalent, at every precision.</summary>
    Equivalent,

    /// <summary>Every number is equal.</summary>
    Identical,
}
