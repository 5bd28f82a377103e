using MathNet.Numerics.Distributions;

namespace Bench.Analysis.Statistics;

/// <summary>The result of a paired Wilcoxon signed-rank test.</summary>
/// <param name="Pairs">How many pairs there were.</param>
/// <param name="Zeros">How many of them differed by exactly zero.</param>
/// <param name="PositiveRankSum">W+: the ranks of the positive differences.</param>
/// <param name="NegativeRankSum">W−: the ranks of the negative differences.</param>
/// <param name="PValue">The two-sided p-value of H0: the differences are centred on zero. In [0, 1].</param>
/// <param name="IsExact">Whether it comes from the exact distribution rather than the normal approximation.</param>
public sealed record WilcoxonResult(int Pairs, int Zeros, double PositiveRankSum, double NegativeRankSum, double PValue, bool IsExact);

/// <summary>The paired Wilcoxon signed-rank test with Pratt's treatment of zeros, two-sided.</summary>
/// <remarks>
/// <para>Zeros take part in the ranking and are then left out (Pratt 1959, https://doi.org/10.1080/01621459.1959.10501526). Ties get
/// their mean rank. Exact, by counting all signs, for up to 60 pairs that differ (ties included); beyond that the normal approximation with
/// the variance corrected for zeros and ties, without continuity correction: SciPy's <c>wilcoxon(zero_method="pratt", method="approx")</c>.</para>
/// <para>A p-value above a threshold is absence of evidence, not evidence that two cells give the same outputs.</para>
/// </remarks>
public static class WilcoxonSignedRank
{
    /// <summary>The largest number of pairs that differ with an exact p-value.</summary>
    public const int MaximumExactPairs = 60;

    // Ranks of a few differences among very many zeros are so large that counting them would take too much memory.
    private const long MaximumExactRankSum = 4_000_000;

    // Differences whose last bits come from rounding the values must tie: this share of the largest value is no difference.
    private const double RelativeResolution = 1e-12;

    /// <summary>Tests whether paired values differ.</summary>
    /// <param name="first">The values of one cell; finite.</param>
    /// <param name="second">The values of the other, in the same order; finite.</param>
    /// <returns>The result. If all differences are zero, the p-value is 1.</returns>
    /// <exception cref="ArgumentException">The lengths differ, there are no pairs, or a value is not finite.</exception>
    public static WilcoxonResult Test(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        var (differences, resolution) = Differences(first, second);
        var order = new int[differences.Length];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Array.Sort(Array.ConvertAll(differences, Math.Abs), order);
        var doubledRanks = new int[differences.Length];
        var tieCorrection = 0.0;
        var zeros = 0;
        for (var start = 0; start < order.Length;)
        {
            var end = start + 1;
            while (end < order.Length && Math.Abs(differences[order[end]]) - Math.Abs(differences[order[start]]) <= resolution)
            {
                end++;
            }

            // Ranks are 1-based; twice the mean of start+1 … end is a whole number.
            var isZero = differences[order[start]] == 0;
            zeros += isZero ? end - start : 0;
            var ties = (double)(end - start);
            tieCorrection += isZero ? 0 : ties * ((ties * ties) - 1);
            for (var i = start; i < end; i++)
            {
                doubledRanks[order[i]] = isZero ? 0 : start + 1 + end;
            }

            start = end;
        }

        return Result(differences, doubledRanks, zeros, tieCorrection);
    }

    private static WilcoxonResult Result(double[] differences, int[] doubledRanks, int zeros, double tieCorrection)
    {
        long positive = 0;
        long total = 0;
        for (var i = 0; i < differences.Length; i++)
        {
            positive += differences[i] > 0 ? doubledRanks[i] : 0;
            total += doubledRanks[i];
        }

        var n = differences.Length;
        var exact = n - zeros <= MaximumExactPairs && total <= MaximumExactRankSum;
        var p = zeros == n ? 1
            : exact ? ExactPValue(doubledRanks, positive, total)
            : NormalPValue(n, zeros, tieCorrection, positive / 2.0);
        return new WilcoxonResult(n, zeros, positive / 2.0, (total - positive) / 2.0, p, exact);
    }

    /// <summary>Counts, over all signs of the non-zero differences, how often the positive doubled ranks add up to each sum.</summary>
    private static double ExactPValue(int[] doubledRanks, long positive, long total)
    {
        var probability = new double[total + 1];
        probability[0] = 1;
        var reach = 0;
        foreach (var rank in doubledRanks.Where(rank => rank > 0))
        {
            reach += rank;
            for (var sum = reach; sum >= 0; sum--)
            {
                probability[sum] = (probability[sum] + (sum >= rank ? probability[sum - rank] : 0)) / 2;
            }
        }

        var smaller = Math.Min(positive, total - positive);
        var tail = 0.0;
        for (var sum = 0; sum <= smaller; sum++)
        {
            tail += probability[sum];
        }

        return Math.Min(1, 2 * tail);
    }

    private static double NormalPValue(int n, int zeros, double tieCorrection, double positive)
    {
        double N(double k) => k * (k + 1);
        var mean = (N(n) - N(zeros)) / 4;
        var variance = ((N(n) * ((2.0 * n) + 1)) - (N(zeros) * ((2.0 * zeros) + 1)) - (tieCorrection / 2)) / 24;
        return Math.Min(1, 2 * Normal.CDF(0, 1, -Math.Abs(positive - mean) / Math.Sqrt(variance)));
    }

    private static (double[] Values, double Resolution) Differences(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        if (first.Length != second.Length || first.Length == 0)
        {
            throw new ArgumentException($"Found {first.Length} and {second.Length} values; expected as many of both, at least one.", nameof(second));
        }

        var largest = 0.0;
        for (var i = 0; i < first.Length; i++)
        {
            if (!double.IsFinite(first[i] - second[i]))
            {
                throw new ArgumentException($"Found {first[i]} and {second[i]} at position {i}; expected finite values.", nameof(first));
            }

            largest = Math.Max(largest, Math.Max(Math.Abs(first[i]), Math.Abs(second[i])));
        }

        var resolution = RelativeResolution * largest;
        var differences = new double[first.Length];
        for (var i = 0; i < differences.Length; i++)
        {
            var difference = first[i] - second[i];
            differences[i] = Math.Abs(difference) <= resolution ? 0 : difference;
        }

        return (differences, resolution);
    }
}
