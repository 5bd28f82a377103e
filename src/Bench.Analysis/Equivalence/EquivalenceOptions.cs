using Bench.Analysis.Runs;
using Bench.Analysis.Statistics.Paired;

namespace Bench.Analysis.Equivalence;

/// <summary>How outputs are compared.</summary>
public sealed record EquivalenceOptions
{
    /// <summary>The margin where a model says no other: 0.01 of accuracy, Dice or probability, absolute.</summary>
    public const double DefaultMargin = 0.01;

    /// <summary>The share of images that may differ by more than the margin, where a model says no other.</summary>
    public const double DefaultToleratedShare = 0.05;

    /// <summary>How far the mean of the differences may lie from zero, in the unit of the values; above 0, fixed before looking.</summary>
    public double Margin { get; init; } = DefaultMargin;

    /// <summary>The share of images that may differ by more than the margin, in [0, 1).</summary>
    public double ToleratedShare { get; init; } = DefaultToleratedShare;

    /// <summary>The confidence of two-sided intervals, in (0, 1). Each one-sided statement has the significance (1 − level) / 2.</summary>
    public double Level { get; init; } = 0.90;

    /// <summary>What no difference can exceed: 1 for probabilities and Dice. Positive infinity where nothing is known.</summary>
    public double LargestDifference { get; init; } = double.PositiveInfinity;

    /// <summary>How the signed-rank tests are done.</summary>
    public SignedRankOptions SignedRank { get; init; } = new();

    /// <summary>The options for the outputs of a model, whose graded scores lie in [0, 1].</summary>
    /// <param name="model">The model; null if nothing is known of it.</param>
    /// <returns>The model's margin and tolerated share, or the default ones.</returns>
    public static EquivalenceOptions For(ModelFacts? model) => new()
    {
        Margin = model?.EquivalenceMargin is { } margin and > 0 ? margin : DefaultMargin,
        ToleratedShare = model?.ToleratedShare is { } share and >= 0 and < 1 ? share : DefaultToleratedShare,
        LargestDifference = LargestOf(model),
    };

    // Probabilities and Dice are at most 1; errors, and numbers of which nobody knows anything, may be of any size.
    private static double LargestOf(ModelFacts? model) =>
        model is { Task: "regression" } or { HasLabels: false } ? double.PositiveInfinity : 1;

    /// <summary>The options for outputs of a model that several runs recorded: nobody who changes a model may widen its margin with
    /// the same change.</summary>
    /// <param name="models">What the runs recorded; may be empty.</param>
    /// <returns>The smallest margin and the smallest tolerated share; the default ones if nothing was recorded.</returns>
    internal static EquivalenceOptions Strictest(IReadOnlyList<ModelFacts> models)
    {
        var all = models.Select(For).DefaultIfEmpty(For(null)).ToList();
        return new EquivalenceOptions
        {
            Margin = all.Min(options => options.Margin),
            ToleratedShare = all.Min(options => options.ToleratedShare),
            LargestDifference = all.Max(options => options.LargestDifference),
        };
    }

    /// <summary>The significance of each one-sided statement.</summary>
    public double Significance => (1 - Level) / 2;
}
