using System.Text.Json.Serialization;
using Bench.Analysis.Rendering;
using Bench.Analysis.Statistics.Paired;
using static System.FormattableString;

namespace Bench.Analysis.Equivalence;

/// <summary>All that is known of how the outputs of two sides differ, and what it shows.</summary>
/// <param name="Paired">What one number per image shows.</param>
/// <param name="Accuracy">How accuracies differ; null without labels of classes.</param>
/// <param name="TopClasses">The images whose top class changed, where outputs are scores of classes and there are no labels;
/// else null.</param>
/// <param name="Margin">How much difference does not matter.</param>
/// <param name="Significance">The significance of each one-sided statement.</param>
public sealed record OutputEvidence(
    PairedEquivalence Paired, AccuracyEvidence? Accuracy, ShareEvidence? TopClasses, double Margin, double Significance)
{
    /// <summary>
    /// The p-value of H0: the outputs are the same within the margin. The smallest of the ways in which a difference can be shown,
    /// corrected for there being several (Bonferroni).
    /// </summary>
    public double PDifferent
    {
        get
        {
            double[] ways = [Paired.Mean.PBeyond, Paired.Beyond.PAbove, .. Accuracy is null ? Array.Empty<double>() : [Accuracy.PBeyond],
                .. TopClasses is null ? Array.Empty<double>() : [TopClasses.PAbove]];
            return Math.Min(1, ways.Length * ways.Min());
        }
    }

    /// <summary>Why agreement shows nothing, where it does not; else null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Doubt { get; init; }

    /// <summary>Whether the outputs are the same.</summary>
    /// <param name="pDifferent">The p-value of a difference, corrected for comparisons that are read together;
    /// null for this one alone.</param>
    /// <returns>The verdict. Equivalent needs every condition of <see cref="WhyNotEquivalent"/>; no test decides alone.</returns>
    public EquivalenceVerdict SameOutputs(double? pDifferent = null) =>
        Paired.MaxAbsDifference == 0 ? EquivalenceVerdict.Identical
        : (pDifferent ?? PDifferent) <= Significance ? EquivalenceVerdict.Different
        : WhyNotEquivalent.Count == 0 ? EquivalenceVerdict.Equivalent
        : Paired.Images < FewestImages ? EquivalenceVerdict.InsufficientData
        : EquivalenceVerdict.Inconclusive;

    /// <summary>Whether the quality is kept: accuracy where there are labels of classes, the mean of the images' numbers,
    /// such as Dice, else.</summary>
    public QualityVerdict SameQuality =>
        Paired.MaxAbsDifference == 0 || (LossUpper <= Margin && (Accuracy is not null || Paired.Images >= MeanBound.MinimumCount))
            ? QualityVerdict.Kept
        : LossLower > Margin ? QualityVerdict.Lost
        : QualityVerdict.NotShown;

    /// <summary>What the loss of quality does not exceed, one-sided.</summary>
    public double LossUpper => Accuracy?.Loss.Upper ?? Paired.Mean.Interval?.Upper ?? double.PositiveInfinity;

    /// <summary>What the loss of quality is not below, one-sided.</summary>
    public double LossLower => Accuracy?.Loss.Lower ?? Paired.Mean.Interval?.Lower ?? double.NegativeInfinity;

    /// <summary>With fewer images than this not even outputs that hardly differ can be shown to be equivalent.</summary>
    public int FewestImages => Accuracy is null
        ? MeanBound.MinimumCount
        : McNemar.ImagesToShow(new PairedOutcomes(1, 0, 0, 0), Margin, Level) is { } images ? Math.Max(images, MeanBound.MinimumCount)
        : int.MaxValue;

    /// <summary>What is missing before the outputs may be called equivalent, a sentence each; nothing if they may.</summary>
    public IReadOnlyList<string> WhyNotEquivalent =>
    [
        .. Doubt is null ? Array.Empty<string>() : [Doubt],
        .. Paired.Images < MeanBound.MinimumCount
            ? [Invariant($"{Paired.Images} images are too few for any statement on a mean; it takes {MeanBound.MinimumCount}")]
            : Array.Empty<string>(),
        .. Paired.Mean.PWithin <= Significance
            ? Array.Empty<string>()
            : [$"the mean difference is not shown to be within the margin{Images(Paired.Mean.ImagesToShow(Margin))}"],
        .. Paired.Beyond.IsWithin
            ? Array.Empty<string>()
            : [Invariant($"{Paired.Beyond.Count} of {Paired.Beyond.Of} images differ by more than the margin, ")
                + Invariant($"and {Figures.Percent(Paired.Beyond.Allowed)} of them may")],
        .. Accuracy is null || Accuracy.IsWithin(Margin)
            ? Array.Empty<string>()
            : ["the accuracies are not shown to be within the margin of each "
                + $"other{Images(McNemar.ImagesToShow(Accuracy.Answers, Margin, Level))}"],
        .. TopClasses is null || TopClasses.IsWithin
            ? Array.Empty<string>()
            : [Invariant($"{TopClasses.Count} of {TopClasses.Of} images have another top class, ")
                + Invariant($"and {Figures.Percent(TopClasses.Allowed)} of them may")],
    ];

    /// <summary>What shows that the outputs differ, a sentence each.</summary>
    public IReadOnlyList<string> WhyDifferent =>
    [
        .. Paired.Mean.PBeyond <= Significance ? ["the mean difference is shown to be beyond the margin"] : Array.Empty<string>(),
        .. Paired.Beyond.PAbove <= Significance
            ? [Invariant($"{Paired.Beyond.Count} of {Paired.Beyond.Of} images differ by more than the margin: ")
                + Invariant($"shown to be more than the {Figures.Percent(Paired.Beyond.Allowed)} that may")]
            : Array.Empty<string>(),
        .. Accuracy?.PBeyond <= Significance ? ["the accuracies are shown to differ by more than the margin"] : Array.Empty<string>(),
        .. TopClasses?.PAbove <= Significance
            ? [Invariant($"{TopClasses.Count} of {TopClasses.Of} images have another top class: ")
                + Invariant($"shown to be more than the {Figures.Percent(TopClasses.Allowed)} that may")]
            : Array.Empty<string>(),
    ];

    /// <summary>What is missing before the quality may be called kept; null if it may.</summary>
    public string? WhyNotKept => SameQuality == QualityVerdict.Kept ? null
        : Accuracy is not null
            ? "the loss of accuracy is not shown to be within "
                + $"{Figures.Text(Margin, "0.####")}{Images(McNemar.ImagesToShow(Accuracy.Answers, Margin, Level))}"
        : $"the mean loss is not shown to be within {Figures.Text(Margin, "0.####")}"
            + $"{Images(Paired.Images < MeanBound.MinimumCount ? MeanBound.MinimumCount : Paired.Mean.ImagesToShow(Margin))}";

    /// <summary>How many images could be ruined although none of those compared is: the rule of three.
    /// https://doi.org/10.1001/jama.1983.03330370053031.</summary>
    public string Unseen => Invariant($"up to {Math.Min(100, 300.0 / Paired.Images):0.##} % of all images (3 in {Paired.Images}) could be ")
        + Invariant($"ruined without one of them having been among these");

    private double Level => 1 - (2 * Significance);

    private static string Images(int? images) =>
        images is { } count ? Invariant($"; about {count} images would show it, if they go on as these did") : string.Empty;
}
