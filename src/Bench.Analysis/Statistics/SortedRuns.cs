namespace Bench.Analysis.Statistics;

/// <summary>Puts sorted samples together, which is quicker than to sort them all once more.</summary>
internal static class SortedRuns
{
    /// <summary>All values of some samples in order.</summary>
    /// <param name="runs">The samples, each ascending; at least one.</param>
    /// <returns>Their values, ascending.</returns>
    public static double[] Merge(ReadOnlySpan<double[]> runs) => runs.Length == 1
        ? runs[0]
        : Merge(Merge(runs[..(runs.Length / 2)]), Merge(runs[(runs.Length / 2)..]));

    private static double[] Merge(double[] one, double[] other)
    {
        var merged = new double[one.Length + other.Length];
        var (i, j) = (0, 0);
        for (var k = 0; k < merged.Length; k++)
        {
            merged[k] = j == other.Length || (i < one.Length && one[i] <= other[j]) ? one[i++] : other[j++];
        }

        return merged;
    }
}
