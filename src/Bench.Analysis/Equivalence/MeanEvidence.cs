using Bench.Analysis.Statistics;
using Bench.Analysis.Statistics.Paired;
using MathNet.Numerics.Statistics;

namespace Bench.Analysis.Equivalence;

/// <summary>What is known of the mean of the differences.</summary>
/// <param name="Value">The mean.</param>
/// <param name="Deviation">The standard deviation of the differences; NaN with one image.</param>
/// <param name="Interval">The interval of the mean; null with one image.</param>
/// <param name="PWithin">The p-value of H0: the mean is not within the margin. Small where it is shown to be.</param>
/// <param name="PBeyond">The p-value of H0: the mean is within the margin, both sides taken together.
/// Small where it is shown to be beyond.</param>
public sealed record MeanEvidence(double Value, double Deviation, ConfidenceInterval? Interval, double PWithin, double PBeyond)
{
    /// <summary>Examines differences.</summary>
    /// <param name="differences">The differences; at least one, finite.</param>
    /// <param name="options">Margin, level, and what no difference can exceed.</param>
    /// <returns>The evidence, by <see cref="MeanBound"/>.</returns>
    public static MeanEvidence Of(ReadOnlySpan<double> differences, EquivalenceOptions options)
    {
        var (margin, largest) = (options.Margin, options.LargestDifference);
        var negated = MeanBound.Negated(differences);
        var mean = default(NeumaierSum);
        foreach (var difference in differences)
        {
            mean.Add(difference);
        }

        return new MeanEvidence(
            mean.Value / differences.Length,
            ArrayStatistics.StandardDeviation(MeanBound.Negated(differences)),
            MeanBound.Interval(differences, options.Level, largest),
            Math.Max(MeanBound.PBelow(differences, margin, largest), MeanBound.PBelow(negated, margin, largest)),
            Math.Min(1, 2 * Math.Min(MeanBound.PBelow(negated, -margin, largest), MeanBound.PBelow(differences, -margin, largest))));
    }

    /// <summary>How many images it takes to show, nine times in ten, that the mean is within a margin, if images go on to
    /// differ as they did.</summary>
    /// <param name="margin">The margin.</param>
    /// <returns>The number; null if the mean seen is not within the margin, or nothing is known of how images differ.</returns>
    /// <remarks>The normal quantiles of 95 and 90 % on one side, and what the extra observation of <see cref="MeanBound"/> costs;
    /// by simulation.</remarks>
    public int? ImagesToShow(double margin)
    {
        var room = margin - Math.Abs(Value);
        var images = room > 0 && double.IsFinite(Deviation)
            ? Math.Pow((Value == 0 ? 3.29 : 2.93) * Deviation / room, 2) + (8 * Deviation / room) + 3
            : double.NaN;
        return images < int.MaxValue ? (int)Math.Ceiling(images) : null;
    }
}
