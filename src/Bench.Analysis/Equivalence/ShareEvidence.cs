using Bench.Analysis.Statistics;

namespace Bench.Analysis.Equivalence;

/// <summary>How many of the images are counted for something, and what that says of its share among all images.</summary>
/// <param name="Count">How many.</param>
/// <param name="Of">Of how many.</param>
/// <param name="Allowed">The share that is allowed, in [0, 1).</param>
/// <param name="Lower">What the share is not below, with the one-sided confidence of the comparison.</param>
/// <param name="Upper">What it does not exceed.</param>
/// <param name="PAbove">The p-value of H0: the share is at or below what is allowed.</param>
public sealed record ShareEvidence(int Count, int Of, double Allowed, double Lower, double Upper, double PAbove)
{
    /// <summary>The share among the images that were compared.</summary>
    public double Share => (double)Count / Of;

    /// <summary>Whether the estimate is not above what is allowed.</summary>
    public bool IsWithin => Share <= Allowed;

    /// <summary>Counts.</summary>
    /// <param name="count">How many.</param>
    /// <param name="of">Of how many; at least one.</param>
    /// <param name="allowed">The share that is allowed.</param>
    /// <param name="confidence">The one-sided confidence of the bounds, in (0, 1).</param>
    /// <returns>The evidence, with the exact bounds of Clopper and Pearson.</returns>
    public static ShareEvidence Create(int count, int of, double allowed, double confidence) => new(
        count,
        of,
        allowed,
        ClopperPearson.Lower(count, of, confidence),
        ClopperPearson.Upper(count, of, confidence),
        count == 0 ? 1 : allowed == 0 ? 0 : 1 - BinomialTail.AtMost(count - 1, of, allowed));
}
