using Bench.Analysis.Runs;
using Bench.Analysis.Statistics.Paired;

namespace Bench.Analysis.Equivalence;

/// <summary>What one number per image from two sides shows. Differences are first − second.</summary>
/// <param name="Wilcoxon">Whether the differences are centred on zero.</param>
/// <param name="Centre">Where they are centred.</param>
/// <param name="Tost">Whether their centre is shown to be within the margin: two one-sided signed-rank tests.</param>
/// <param name="SignTestPValue">Whether as many are positive as negative, which asks for no symmetry.</param>
/// <param name="Mean">What is known of the mean of the differences, which a ruined minority of the images moves and
/// the centre does not.</param>
/// <param name="Beyond">The images that differ by more than the margin, which also a ruin shows that is symmetric.</param>
/// <param name="MaxAbsDifference">The largest absolute difference of any two output values.</param>
public sealed record PairedEquivalence(
    SignedRankResult Wilcoxon,
    CentreEstimate Centre,
    EquivalenceResult Tost,
    double SignTestPValue,
    MeanEvidence Mean,
    ShareEvidence Beyond,
    double MaxAbsDifference)
{
    /// <summary>How many images were compared.</summary>
    public int Images => Wilcoxon.Pairs;

    /// <summary>Compares the scores of two cells so that differences are what the second one lost.</summary>
    /// <param name="reference">The reference's.</param>
    /// <param name="found">The cell's.</param>
    /// <param name="scores">Which scores.</param>
    /// <param name="maxAbsDifference">The largest absolute difference of any two output values.</param>
    /// <param name="options">How.</param>
    /// <returns>What they show.</returns>
    /// <exception cref="ArgumentException">See <see cref="Of"/>.</exception>
    internal static PairedEquivalence OfLoss(
        TaskMetricFacts reference, TaskMetricFacts found, Func<TaskMetricFacts, IReadOnlyList<double>> scores, double maxAbsDifference,
        EquivalenceOptions options)
    {
        // Of errors more is worse.
        var (more, less) = found.IsError ? (found, reference) : (reference, found);
        return Of([.. scores(more)], [.. scores(less)], maxAbsDifference, options);
    }

    /// <summary>Compares paired numbers.</summary>
    /// <param name="first">One number per image; finite, at least one.</param>
    /// <param name="second">The same of the other side, in the same order.</param>
    /// <param name="maxAbsDifference">The largest absolute difference of any two output values; 0 only if all are equal.</param>
    /// <param name="options">How.</param>
    /// <returns>What they show.</returns>
    /// <exception cref="ArgumentException">The lengths differ, there are no numbers, one is not finite, or an option is
    /// out of range.</exception>
    public static PairedEquivalence Of(
        ReadOnlySpan<double> first, ReadOnlySpan<double> second, double maxAbsDifference, EquivalenceOptions options)
    {
        var wilcoxon = SignedRankTest.Test(first, second, options.SignedRank);
        var differences = new double[first.Length];
        for (var i = 0; i < differences.Length; i++)
        {
            differences[i] = first[i] - second[i];
        }

        return new PairedEquivalence(
            wilcoxon,
            HodgesLehmann.Estimate(differences, options.Level),
            EquivalenceTest.Test(first, second, options.Margin, options.SignedRank),
            SignTest.PValue(wilcoxon.Positives, wilcoxon.Negatives),
            MeanEvidence.Of(differences, options),
            ShareEvidence.Create(differences.Count(difference => Math.Abs(difference) > options.Margin), differences.Length,
                options.ToleratedShare, 1 - options.Significance),
            maxAbsDifference);
    }
}
