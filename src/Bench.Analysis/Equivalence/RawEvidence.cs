using Bench.Analysis.Runs;

namespace Bench.Analysis.Equivalence;

/// <summary>What outputs show of which nobody knows the truth. An image stands for the largest difference of any two of its numbers, as a
/// share of the span of all numbers of the reference's outputs: the same margin as for probabilities, whose span is 1.</summary>
internal static class RawEvidence
{
    private const string SaysNothing = "the reference gives the same for every image, so that agreement shows nothing; give other inputs";

    // Beyond every margin, and still small enough to be added up.
    private const double LargestShare = 1e6;

    /// <summary>Examines outputs.</summary>
    /// <param name="differences">How far they are apart; at least one image.</param>
    /// <param name="options">Margin, as a share of the span, and level.</param>
    /// <returns>The evidence. Where the reference gives the same for
    /// every image, nothing is shown; where it gives zeros alone, any difference is beyond every margin.</returns>
    public static OutputEvidence Of(ImageDifferences differences, EquivalenceOptions options)
    {
        var raw = differences.Raw ?? RawDifferences.None;
        double[] shares = [.. differences.Largest.Select(largest => Share(largest, raw.Span))];
        var paired = PairedEquivalence.Of(
            shares, new double[shares.Length], differences.Largest.Max(), options with { LargestDifference = double.PositiveInfinity });
        var top = raw.ChangedTopClasses is { } changed
            ? ShareEvidence.Create(changed, shares.Length, options.Margin, 1 - options.Significance)
            : null;
        return new OutputEvidence(paired, null, top, options.Margin, options.Significance)
        {
            Doubt = raw.IsConstant && shares.Length > 1 ? SaysNothing
                : raw.OtherScale is { } channel && channel.Difference > options.Margin * channel.Span ? Unseen(channel, raw.Span)
                : null,
        };
    }

    private static string Unseen(ChannelDifference channel, double span) => FormattableString.Invariant(
        $"some numbers of the output are of a smaller scale (span {channel.Span:G4} of {span:G4}) and differ by up to ")
        + FormattableString.Invariant($"{channel.Difference:G4}, which the margin of the whole does not see; ")
        + "compare them as an output of their own (--output-judged), or give labels";

    private static double Share(double difference, double span) =>
        difference == 0 ? 0 : span > 0 ? Math.Min(difference / span, LargestShare) : LargestShare;
}
