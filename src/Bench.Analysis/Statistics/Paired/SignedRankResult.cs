namespace Bench.Analysis.Statistics.Paired;

/// <summary>The result of a paired Wilcoxon signed-rank test. Differences are first − second.</summary>
/// <param name="Pairs">How many pairs there were.</param>
/// <param name="Zeros">How many of them do not differ.</param>
/// <param name="Positives">How many are above zero.</param>
/// <param name="Ties">How many differences other than zero share their magnitude with another one.</param>
/// <param name="WPlus">W+: the ranks of the positive differences.</param>
/// <param name="WMinus">W−: the ranks of the negative differences.</param>
/// <param name="PValue">Two-sided, of H0: the differences are symmetric about zero. In [0, 1]; 1 if all are zero.</param>
/// <param name="PLess">One-sided: how likely so small a W+, or a smaller one, is under H0. In [0, 1].</param>
/// <param name="PGreater">One-sided: how likely so large a W+, or a larger one, is under H0. In [0, 1].</param>
/// <param name="IsExact">Whether the p-values come from the exact distribution rather than the normal approximation.</param>
/// <param name="ZeroMethod">What became of the zeros.</param>
/// <param name="Continuity">Whether the normal approximation was corrected for continuity; false where exact.</param>
public sealed record SignedRankResult(
    int Pairs,
    int Zeros,
    int Positives,
    int Ties,
    double WPlus,
    double WMinus,
    double PValue,
    double PLess,
    double PGreater,
    bool IsExact,
    ZeroMethod ZeroMethod,
    bool Continuity)
{
    /// <summary>The smaller of <see cref="WPlus"/> and <see cref="WMinus"/>: the number that printed tables list.</summary>
    public double Statistic => Math.Min(WPlus, WMinus);

    /// <summary>How many are below zero.</summary>
    public int Negatives => Pairs - Zeros - Positives;

    /// <summary>
    /// The matched-pairs rank-biserial correlation: the share of ranks for a positive difference less the share against, in [−1, 1]; 0 if
    /// all are zero. Kerby, https://doi.org/10.2466/11.IT.3.1.
    /// </summary>
    public double RankBiserial => WPlus + WMinus == 0 ? 0 : (WPlus - WMinus) / (WPlus + WMinus);
}
