using System.Text.Json.Serialization;
using Bench.Analysis.Json;

namespace Bench.Analysis.Gate;

/// <summary>What a gate says of one thing, or of all together; from the best to the worst.</summary>
[JsonConverter(typeof(EnumNames<GateOutcome>))]
public enum GateOutcome
{
    /// <summary>Shown not to be worse than allowed.</summary>
    Passed,

    /// <summary>Neither shown to be worse nor shown not to be.</summary>
    Inconclusive,

    /// <summary>Shown to be worse than allowed.</summary>
    Regression,

    /// <summary>Nothing can be said: something is missing, failed, or not comparable.</summary>
    Invalid,
}

/// <summary>What a gate looks at.</summary>
[JsonConverter(typeof(EnumNames<GateSubject>))]
public enum GateSubject
{
    /// <summary>What is typical of a cell's time.</summary>
    Time,

    /// <summary>The mean of its time.</summary>
    MeanTime,

    /// <summary>The 90th percentile of its time.</summary>
    P90,

    /// <summary>The 99th percentile of its time.</summary>
    P99,

    /// <summary>Images per second, where they say something that the mean time does not.</summary>
    ImagesPerSecond,

    /// <summary>What a million images cost.</summary>
    Cost,

    /// <summary>The bytes that an operation allocates.</summary>
    Allocated,

    /// <summary>What small losses since the first accepted reference add up to.</summary>
    SinceFirst,

    /// <summary>Whether outputs are still the same.</summary>
    Outputs,

    /// <summary>Accuracy or Dice.</summary>
    Metric,

    /// <summary>The size of the network's file.</summary>
    Size,

    /// <summary>What the machine did between the runs, by the control cells.</summary>
    Drift,

    /// <summary>Whether the noise file knows the cell.</summary>
    Noise,

    /// <summary>Whether all that the base measured is there.</summary>
    Presence,

    /// <summary>Whether both sides may be compared.</summary>
    Comparability,
}

/// <summary>One thing that a gate found.</summary>
/// <param name="Cell">The cell; null for what concerns all.</param>
/// <param name="Subject">What it looked at.</param>
/// <param name="Outcome">What it says.</param>
/// <param name="Text">What was found, in a sentence.</param>
/// <param name="Why">Why nothing is shown, where that is not in the text; null otherwise.</param>
public sealed record GateFinding(string? Cell, GateSubject Subject, GateOutcome Outcome, string Text, string? Why = null)
{
    /// <summary>The text without what is said of the same cell before it; null where all of it must be said.</summary>
    internal string? Brief { get; init; }
}
