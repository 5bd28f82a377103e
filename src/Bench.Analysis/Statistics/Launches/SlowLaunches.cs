using MathNet.Numerics.Distributions;

namespace Bench.Analysis.Statistics.Launches;

/// <summary>Finds launches that are slower than the others as a whole, such as one during which the machine was somebody else's.</summary>
/// <remarks>
/// The slowest launches are named if the gap between them and the mean of the rest is larger than the rest explains (Student's t for one
/// further launch, at the level 0.25 / launches), larger than 2.5 times the scatter within a launch, and larger than 5 %. Never half of the
/// launches or more: then nobody can tell which ones are the odd ones. Grubbs 1969, https://doi.org/10.1080/00401706.1969.10490657.
/// </remarks>
internal static class SlowLaunches
{
    private const int FewestLaunches = 4;
    private const int FewestOthers = 3;
    private const double Level = 0.25;
    private const double WithinFactor = 2.5;
    private static readonly double SmallestGap = Math.Log(1.05);

    /// <summary>Names the slow launches.</summary>
    /// <param name="levels">The logarithm of each launch's median.</param>
    /// <param name="within">The standard deviation of logarithms within a launch.</param>
    /// <returns>Their indices, the slowest last; empty if there are none.</returns>
    public static IReadOnlyList<int> Of(ReadOnlySpan<double> levels, double within)
    {
        if (levels.Length < FewestLaunches)
        {
            return [];
        }

        var sorted = levels.ToArray();
        var order = Enumerable.Range(0, sorted.Length).ToArray();
        Array.Sort(sorted, order);
        var slow = 0;
        for (var count = 1; count <= (sorted.Length - 1) / 2 && sorted.Length - count >= FewestOthers; count++)
        {
            if (IsApart(sorted, sorted.Length - count, within))
            {
                slow = count;
            }
        }

        return order[^slow..];
    }

    private static bool IsApart(double[] sorted, int others, double within)
    {
        var mean = 0.0;
        for (var i = 0; i < others; i++)
        {
            mean += sorted[i] / others;
        }

        var squares = 0.0;
        for (var i = 0; i < others; i++)
        {
            squares += (sorted[i] - mean) * (sorted[i] - mean);
        }

        var gap = sorted[others] - mean;
        var error = Math.Sqrt(squares / (others - 1) * (1 + (1.0 / others)));
        return gap > Math.Max(WithinFactor * within, SmallestGap)
            && gap > StudentT.InvCDF(0, 1, others - 1, 1 - (Level / sorted.Length)) * error;
    }
}
