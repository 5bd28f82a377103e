namespace Bench.Analysis.Comparison;

/// <summary>In which order cells stand: what is shown to be worse first, and of what has the same verdict what changed most.</summary>
internal static class ComparisonOrder
{
    // What is beyond them is rounding, and rounding decides no order.
    private const int Decimals = 9;

    /// <summary>The cells, the worst first.</summary>
    public static IEnumerable<CellComparison> WorstFirst(IEnumerable<CellComparison> cells) =>
        cells.OrderBy(Group).ThenByDescending(Size).ThenBy(cell => cell.Name, StringComparer.Ordinal);

    /// <summary>Where a verdict stands.</summary>
    public static int Of(ComparisonVerdict verdict) => verdict switch
    {
        ComparisonVerdict.Slower => 0,
        ComparisonVerdict.Inconclusive => 1,
        ComparisonVerdict.NotSlower => 2,
        ComparisonVerdict.Faster => 3,
        _ => 4,
    };

    /// <summary>
    /// By how much a cell changed in what decides its verdict, on the logarithmic scale: time, cost, and bytes that are allocated beyond
    /// what may be.
    /// </summary>
    public static double Size(CellComparison cell) => Math.Round(
        cell.Checks.Where(check => check.Verdict == cell.Verdict)
            .Select(check => Math.Abs(Math.Log(check.Ratio.Ratio * check.PriceFactor)))
            .Append(AllocatesMore(cell) ? Math.Log(cell.Memory!.Ratio) : 0)
            .Where(size => !double.IsNaN(size))
            .Max(),
        Decimals);

    /// <summary>Whether a cell is shown to allocate more than it may.</summary>
    public static bool AllocatesMore(CellComparison cell) => cell.Memory is { Verdict: AllocationVerdict.More };

    // The yardstick stands last: it is not judged.
    private static int Group(CellComparison cell) =>
        cell.IsControl ? int.MaxValue
        : AllocatesMore(cell) || cell.Quality is { IsAccepted: false } ? Of(ComparisonVerdict.Slower)
        : Of(cell.Verdict);
}
