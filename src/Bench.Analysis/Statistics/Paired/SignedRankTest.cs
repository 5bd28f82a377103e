using MathNet.Numerics.Distributions;

namespace Bench.Analysis.Statistics.Paired;

/// <summary>The paired Wilcoxon signed-rank test. Wilcoxon 1945, https://doi.org/10.2307/3001968.</summary>
/// <remarks>
/// <para>Equal magnitudes get their mean rank; what only round-off tells apart is equal. Exact p-values, conditional on the magnitudes,
/// come from counting all signs: up to 1,000 pairs without ties and zeros, and up to 60 pairs that differ otherwise. Beyond, the normal
/// approximation has the variance of SciPy's <c>wilcoxon</c> and R's <c>wilcox.test</c>, corrected for ties and, under Pratt's method, for
/// zeros (Cureton 1967, https://doi.org/10.1080/01621459.1967.10500917).</para>
/// <para>A p-value above a threshold is absence of evidence, not evidence that nothing differs:
/// that is what <see cref="EquivalenceTest"/> is for.</para>
/// </remarks>
public static class SignedRankTest
{
    /// <summary>The largest number of differing pairs with ties or zeros for which <see cref="PValueMethod.Auto"/> is exact.</summary>
    public const int MaximumTiedPairs = 60;

    /// <summary>The largest number of pairs without ties and zeros for which <see cref="PValueMethod.Auto"/> is exact.</summary>
    public const int MaximumUntiedPairs = SignedRankDistribution.MaximumPairs;

    // Some seconds of counting, and as many bytes as a few large arrays.
    private const long MaximumExactSum = 8_000_000;

    private static readonly SignedRankOptions Defaults = new();

    /// <summary>Tests whether paired values differ.</summary>
    /// <param name="first">The values of one side; finite.</param>
    /// <param name="second">The values of the other, in the same order; finite.</param>
    /// <param name="options">How; null for Pratt's zeros, exact where it can be, without continuity correction.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentException">
    /// The lengths differ, there are no pairs, a value is not finite, or an exact p-value was asked for and there are too many pairs.
    /// </exception>
    public static SignedRankResult Test(ReadOnlySpan<double> first, ReadOnlySpan<double> second, SignedRankOptions? options = null) =>
        Test(first, second, shift: 0, options ?? Defaults);

    /// <summary>The same for the differences first − second + shift.</summary>
    internal static SignedRankResult Test(ReadOnlySpan<double> first, ReadOnlySpan<double> second, double shift, SignedRankOptions options)
    {
        Span<int> ranks = stackalloc int[Math.Min(first.Length, MaximumUntiedPairs)];
        var sums = SignedRanks.Of(first, second, shift, options.ZeroMethod != ZeroMethod.Wilcox, ranks);
        if (sums.NonZeros == 0)
        {
            return Result(sums, options, 1, 1, 1, isExact: true);
        }

        var isUntied = sums.Ties == 0 && (sums.Zeros == 0 || options.ZeroMethod == ZeroMethod.Wilcox);
        var isExact = options.Method switch
        {
            PValueMethod.Normal => false,
            PValueMethod.Auto => sums.NonZeros <= (isUntied ? MaximumUntiedPairs : MaximumTiedPairs),
            _ => sums.NonZeros <= MaximumUntiedPairs
                ? true
                : throw new ArgumentException($"Found {sums.NonZeros} pairs that differ; "
                    + $"an exact p-value can be had for up to {MaximumUntiedPairs}. Use --method auto."),
        };
        var (less, greater) = !isExact ? NormalTails(sums, options, twoSided: false)
            : isUntied ? UntiedTails(sums.NonZeros, sums.DoubledPlus / 2)
            : TiedTails(ranks[..sums.NonZeros], sums, options.ZeroMethod);

        // Half a unit towards the mean is not the same as half a unit towards the tail that is asked for, where W+ lies on the other side.
        var (twoSidedLess, twoSidedGreater) = isExact ? (less, greater) : NormalTails(sums, options, twoSided: true);
        return Result(sums, options, Math.Min(1, 2 * Math.Min(twoSidedLess, twoSidedGreater)), less, greater, isExact);
    }

    private static SignedRankResult Result(SignedRanks sums, SignedRankOptions options, double p, double less, double greater, bool isExact)
    {
        // Ranks of zeros come first, so that they sum to z (z + 1) / 2.
        var split = options.ZeroMethod == ZeroMethod.ZSplit ? sums.Zeros * (sums.Zeros + 1.0) / 4 : 0;
        return new SignedRankResult(
            sums.Pairs,
            sums.Zeros,
            sums.Positives,
            sums.Ties,
            (sums.DoubledPlus / 2.0) + split,
            ((sums.DoubledTotal - sums.DoubledPlus) / 2.0) + split,
            p,
            less,
            greater,
            isExact,
            options.ZeroMethod,
            options.Continuity && !isExact);
    }

    private static (double Less, double Greater) UntiedTails(int pairs, long plus)
    {
        var total = (long)pairs * (pairs + 1) / 2;
        return (SignedRankDistribution.Cdf(pairs, plus), SignedRankDistribution.Cdf(pairs, total - plus));
    }

    private static (double Less, double Greater) TiedTails(Span<int> doubledRanks, SignedRanks sums, ZeroMethod zeroMethod)
    {
        // Zeros ranked before all others add the same amount to every rank. Beyond the sum of what is left the amount only says how many
        // ranks count, and a smaller one orders all sums alike: a few differences among a million zeros need no large table.
        var n = (long)sums.NonZeros;
        var offset = zeroMethod == ZeroMethod.Wilcox ? 0 : 2L * sums.Zeros;
        var surplus = Math.Max(0, offset - (n * (n + 1)) - 1);
        var positives = surplus == 0 ? 0 : CountOfPositives(sums.DoubledPlus, offset, n);
        foreach (ref var rank in doubledRanks)
        {
            rank = (int)(rank - surplus);
        }

        var plus = sums.DoubledPlus - (surplus * positives);
        var total = sums.DoubledTotal - (surplus * n);
        if (total / 2 > MaximumExactSum)
        {
            throw new ArgumentException(
                $"Found {n} pairs that differ and {sums.Zeros} zeros: too many to count all signs. Use --method normal.");
        }

        var smaller = Math.Min(plus, total - plus);
        var tail = Math.Min(1, SignedRankDistribution.Cdf(doubledRanks, smaller));
        var other = smaller == 0 ? 1 : Math.Max(0, 1 - SignedRankDistribution.Cdf(doubledRanks, smaller - 1));
        return plus <= total - plus ? (tail, other) : (other, tail);
    }

    // Where the offset is larger than all else together, it tells how many ranks a sum has.
    private static long CountOfPositives(long doubledPlus, long offset, long n) => Math.Min(n, doubledPlus / offset);

    private static (double Less, double Greater) NormalTails(SignedRanks sums, SignedRankOptions options, bool twoSided)
    {
        static double Triangle(double k) => k * (k + 1);
        static double Pyramid(double k) => k * (k + 1) * ((2 * k) + 1);
        double n = options.ZeroMethod == ZeroMethod.Wilcox ? sums.NonZeros : sums.Pairs;
        double zeros = options.ZeroMethod == ZeroMethod.Pratt ? sums.Zeros : 0;
        var split = options.ZeroMethod == ZeroMethod.ZSplit ? (double)sums.Zeros : 0;
        var mean = (Triangle(n) - Triangle(zeros)) / 4;
        var ties = sums.TieTerm + (split * ((split * split) - 1));
        var deviation = Math.Sqrt((Pyramid(n) - Pyramid(zeros) - (ties / 2)) / 24);
        var distance = (sums.DoubledPlus / 2.0) + (Triangle(split) / 4) - mean;
        var half = options.Continuity ? 0.5 : 0;
        return twoSided
            ? (Normal.CDF(0, 1, (distance - (half * Math.Sign(distance))) / deviation),
                Normal.CDF(0, 1, -(distance - (half * Math.Sign(distance))) / deviation))
            : (Normal.CDF(0, 1, (distance + half) / deviation), Normal.CDF(0, 1, -(distance - half) / deviation));
    }
}
