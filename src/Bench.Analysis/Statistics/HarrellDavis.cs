using System.Collections.Concurrent;
using MathNet.Numerics;

namespace Bench.Analysis.Statistics;

/// <summary>A quantile as a weighted mean of all ordered values: steadier than a single one of them. Harrell and Davis 1982,
/// https://doi.org/10.1093/biomet/69.3.635.</summary>
internal static class HarrellDavis
{
    // Launches of a run have the same number of requests.
    private static readonly ConcurrentDictionary<(int Count, double P), double[]> Known = new();

    /// <summary>Estimates a quantile.</summary>
    /// <param name="values">The values, in any order; at least one.</param>
    /// <param name="p">The share, in (0, 1).</param>
    /// <returns>The estimate; R's <c>Hmisc::hdquantile</c>.</returns>
    public static double Quantile(IReadOnlyList<double> values, double p)
    {
        double[] sorted = [.. values];
        Array.Sort(sorted);
        var weights = Known.GetOrAdd((sorted.Length, p), key => Weights(key.Count, key.P));
        var sum = 0.0;
        for (var i = 0; i < sorted.Length; i++)
        {
            sum += weights[i] * sorted[i];
        }

        return sum;
    }

    private static double[] Weights(int count, double p)
    {
        var (a, b) = ((count + 1) * p, (count + 1) * (1 - p));
        var weights = new double[count];
        var below = 0.0;
        for (var i = 1; i <= count; i++)
        {
            var up = i == count ? 1 : SpecialFunctions.BetaRegularized(a, b, (double)i / count);
            weights[i - 1] = up - below;
            below = up;
        }

        return weights;
    }
}
