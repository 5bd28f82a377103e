using System.Numerics.Tensors;

namespace Bench.Analysis.Statistics.Paired;

/// <summary>The exact distribution of a sum of ranks, each of which counts or does not with even chances.</summary>
internal static class SignedRankDistribution
{
    /// <summary>The largest number of untied pairs for which the exact distribution is at hand; beyond about 1,020 its tails leave the
    /// range of doubles.</summary>
    public const int MaximumPairs = 1000;

    // The last distribution asked for: cells of a report have as many images as each other.
    private static volatile Untied? _last;

    /// <summary>P(W ≤ w) for the ranks 1 … n.</summary>
    /// <param name="pairs">n, at most <see cref="MaximumPairs"/>.</param>
    /// <param name="w">Any number.</param>
    /// <returns>The probability.</returns>
    public static double Cdf(int pairs, long w)
    {
        var total = (long)pairs * (pairs + 1) / 2;
        return w < 0 ? 0 : w >= total ? 1 : 2 * w >= total ? 1 - Cdf(pairs, total - w - 1) : Of(pairs).LowerHalf[w];
    }

    /// <summary>The smallest q with P(W ≤ q) ≥ p for the ranks 1 … n: R's <c>qsignrank</c>.</summary>
    /// <param name="pairs">n, at most <see cref="MaximumPairs"/>.</param>
    /// <param name="p">A probability below 0.5.</param>
    /// <returns>The quantile.</returns>
    public static long Quantile(int pairs, double p)
    {
        var cdf = Of(pairs).LowerHalf;
        var found = Array.BinarySearch(cdf, p);
        return found >= 0 ? found : ~found;
    }

    /// <summary>P(W ≤ w) for any ranks.</summary>
    /// <param name="doubledRanks">Twice each rank, above 0.</param>
    /// <param name="w">Twice the sum; at least 0.</param>
    /// <returns>The probability.</returns>
    public static double Cdf(ReadOnlySpan<int> doubledRanks, long w) => TensorPrimitives.Sum(Masses(doubledRanks, w).AsSpan());

    /// <summary>P(W = 0), P(W = 1), … up to a sum, by adding one rank after the other.</summary>
    private static double[] Masses(ReadOnlySpan<int> ranks, long upTo)
    {
        var length = (int)upTo + 1;
        var masses = new double[length];
        var next = new double[length];
        masses[0] = 1;
        var reach = 1;
        foreach (var rank in ranks)
        {
            var longer = (int)Math.Min(length, (long)reach + rank);
            var kept = Math.Min(rank, longer);
            TensorPrimitives.Multiply(masses.AsSpan(0, kept), 0.5, next.AsSpan(0, kept));
            TensorPrimitives.AddMultiply(
                masses.AsSpan(kept, longer - kept), masses.AsSpan(0, longer - kept), 0.5, next.AsSpan(kept, longer - kept));
            (masses, next) = (next, masses);
            reach = longer;
        }

        return masses;
    }

    private static Untied Of(int pairs)
    {
        if (_last is { } last && last.Pairs == pairs)
        {
            return last;
        }

        var ranks = new int[pairs];
        for (var i = 0; i < pairs; i++)
        {
            ranks[i] = i + 1;
        }

        var cdf = Masses(ranks, (long)pairs * (pairs + 1) / 4);
        for (var w = 1; w < cdf.Length; w++)
        {
            cdf[w] += cdf[w - 1];
        }

        var made = new Untied(pairs, cdf);
        _last = made;
        return made;
    }

    private sealed record Untied(int Pairs, double[] LowerHalf);
}
