using Bench.Analysis.Runs;
using Bench.Analysis.Statistics.Paired;

namespace Bench.Analysis.Equivalence;

/// <summary>What the scores of the same images, by two cells, show of the quality, whatever their outputs look like.</summary>
internal static class QualityEvidence
{
    /// <summary>Examines scores.</summary>
    /// <param name="reference">The reference's.</param>
    /// <param name="found">The cell's.</param>
    /// <param name="margin">How much of the metric may be lost.</param>
    /// <returns>The evidence; null if they are of different numbers of images, or damaged.</returns>
    public static OutputEvidence? Of(TaskMetricFacts reference, TaskMetricFacts found, double margin)
    {
        if (reference.Name != found.Name || reference.PerImage.Count != found.PerImage.Count || found.PerImage.Count == 0)
        {
            return null;
        }

        var options = new EquivalenceOptions
        {
            Margin = margin > 0 ? margin : double.Epsilon,
            LargestDifference = found.IsError ? double.PositiveInfinity : 1,
        };
        try
        {
            // The images' own numbers are the metric's: right or wrong, or Dice. How outputs differ is another question.
            var paired = PairedEquivalence.OfLoss(reference, found, metric => metric.PerImage, double.PositiveInfinity, options);
            var answers = found.IsAccuracy
                ? AccuracyEvidence.Of(PairedOutcomes.Count2x2(reference.PerImage, found.PerImage), options)
                : null;
            return new OutputEvidence(paired, answers, null, options.Margin, options.Significance);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
