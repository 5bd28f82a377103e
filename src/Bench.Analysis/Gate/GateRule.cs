using Bench.Analysis.Comparison;
using Bench.Analysis.Rendering;

namespace Bench.Analysis.Gate;

/// <summary>What a gate lets pass, for all cells or for some.</summary>
/// <remarks>What is null is taken from the rules for all cells, and there from the defaults.</remarks>
public sealed record GateRule
{
    /// <summary>By which share the time of a cell may grow.</summary>
    public double? Threshold { get; init; }

    /// <summary>By which share the machine's time for an image may grow, where images per second say something that the mean time does not;
    /// where no rule says, by the same as the time.</summary>
    public double? ThroughputThreshold { get; init; }

    /// <summary>By which share the cost of a million images may grow; where no rule says, by the same as the time.</summary>
    public double? CostThreshold { get; init; }

    /// <summary>By how much the bytes that an operation allocates may grow; where no rule says, not at all.</summary>
    public AllocationThreshold? AllocationThreshold { get; init; }

    /// <summary>By which share the network's file may grow.</summary>
    public double? SizeThreshold { get; init; }

    /// <summary>How far accuracy or Dice may fall below the base's.</summary>
    public double? MetricMargin { get; init; }

    /// <summary>What accuracy or Dice must reach, whatever the base has.</summary>
    public double? MinimumMetric { get; init; }

    /// <summary>Whether outputs must be shown to be equivalent to the base's; false where a new network is meant to
    /// answer differently.</summary>
    public bool? RequireEquivalence { get; init; }

    /// <summary>Whether it may be gone, because it was taken out on purpose; for named cells alone.</summary>
    public bool? MayBeMissing { get; init; }

    /// <summary>This rule, with what it leaves open taken from another.</summary>
    internal GateRule Over(GateRule other) => new()
    {
        Threshold = Threshold ?? other.Threshold,
        ThroughputThreshold = ThroughputThreshold ?? other.ThroughputThreshold,
        CostThreshold = CostThreshold ?? other.CostThreshold,
        AllocationThreshold = AllocationThreshold ?? other.AllocationThreshold,
        SizeThreshold = SizeThreshold ?? other.SizeThreshold,
        MetricMargin = MetricMargin ?? other.MetricMargin,
        MinimumMetric = MinimumMetric ?? other.MinimumMetric,
        RequireEquivalence = RequireEquivalence ?? other.RequireEquivalence,
        MayBeMissing = MayBeMissing ?? other.MayBeMissing,
    };

    /// <summary>What it says, in its own words: <c>threshold 8 %, minimumMetric 0.9</c>.</summary>
    internal string Text => string.Join(", ", new (string Name, object? Value)[]
    {
        ("threshold", Share(Threshold)), ("throughputThreshold", Share(ThroughputThreshold)), ("costThreshold", Share(CostThreshold)),
        ("allocationThreshold", AllocationThreshold), ("sizeThreshold", Share(SizeThreshold)), ("metricMargin", MetricMargin),
        ("minimumMetric", MinimumMetric), ("requireEquivalence", Word(RequireEquivalence)), ("mayBeMissing", Word(MayBeMissing)),
    }.Where(entry => entry.Value is not null).Select(entry => FormattableString.Invariant($"{entry.Name} {entry.Value}")));

    private static string? Share(double? share) => share is { } value ? Figures.Percent(value) : null;

    private static string? Word(bool? value) => value is { } word ? word ? "true" : "false" : null;

    /// <summary>What is wrong with it.</summary>
    internal IEnumerable<string> Faults(string where)
    {
        foreach (var (name, value) in new[]
        {
            ("threshold", Threshold), ("throughputThreshold", ThroughputThreshold), ("costThreshold", CostThreshold),
        })
        {
            if (value is not null and not (> 0 and < 100))
            {
                yield return FormattableString.Invariant($"{where}{name} is {value}; expected a share above 0 and below 10000%, ")
                    + "such as \"5%\"";
            }
        }

        if (SizeThreshold is not null and not (>= 0 and < 100))
        {
            yield return FormattableString.Invariant($"{where}sizeThreshold is {SizeThreshold}; expected a share, such as \"1%\"");
        }

        foreach (var (name, value) in new[] { ("metricMargin", MetricMargin), ("minimumMetric", MinimumMetric) })
        {
            if (value is not null and not (>= 0 and <= 1))
            {
                yield return FormattableString.Invariant($"{where}{name} is {value}; expected a number in [0, 1]");
            }
        }
    }
}
