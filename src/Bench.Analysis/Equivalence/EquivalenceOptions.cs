using Bench.Analysis.Runs;
using Bench.Analysis.Statistics.Paired;

namespace Bench.Analysis.Equivalence;

/// <summary>How outputs are compared.</summary>
public sealed record EquivalenceOptions
{
    /// <summary>The margin of accuracy and Dice where a model says no other: what MLPerf calls the 99 % class.</summary>
    public const double DefaultMargin = 0.01;

    /// <summary>How far the centre of the differences may lie from zero, in the unit of the values; above 0, fixed before looking.</summary>
    public double Margin { get; init; } = DefaultMargin;

    /// <summary>The confidence of the interval, in (0, 1). Each of the two one-sided tests has the significance (1 − level) / 2.</summary>
    public double Level { get; init; } = 0.90;

    /// <summary>How the signed-rank tests are done.</summary>
    public SignedRankOptions SignedRank { get; init; } = new();

    /// <summary>The options for the outputs of a model.</summary>
    /// <param name="model">The model; null if nothing is known of it.</param>
    /// <returns>The model's margin, or the default one.</returns>
    public static EquivalenceOptions For(ModelFacts? model) => new() { Margin = model?.EquivalenceMargin is { } margin and > 0 ? margin : DefaultMargin };

    /// <summary>The significance of each one-sided test.</summary>
    public double Significance => (1 - Level) / 2;
}
