using Bench.Analysis.Timings;
using MathNet.Numerics.Statistics;
using Perfolizer.Mathematics.Multimodality;

namespace Bench.Analysis.Statistics;

/// <summary>What is known of a cell's latency. All times in ms.</summary>
/// <param name="Launches">How many processes were measured.</param>
/// <param name="Iterations">How many inferences, over all of them.</param>
/// <param name="MeanMs">The mean: what a million images cost depends on it.</param>
/// <param name="MeanInterval">The 99 % interval of the mean; null with fewer than two launches.</param>
/// <param name="P50Ms">The median by nearest rank.</param>
/// <param name="P90Ms">The 90th percentile; null with too few iterations.</param>
/// <param name="P99Ms">The 99th percentile; null with too few iterations.</param>
/// <param name="MinimumMs">The shortest.</param>
/// <param name="MaximumMs">The longest; none is dropped as an outlier.</param>
/// <param name="CoefficientOfVariation">Standard deviation over mean; null with one iteration.</param>
/// <param name="ModalityValue">Gregg's M-value: 2 for one mode, more for several; null with too few iterations.</param>
public sealed record LatencyEstimate(
    int Launches,
    int Iterations,
    double MeanMs,
    ConfidenceInterval? MeanInterval,
    double P50Ms,
    double? P90Ms,
    double? P99Ms,
    double MinimumMs,
    double MaximumMs,
    double? CoefficientOfVariation,
    double? ModalityValue)
{
    /// <summary>The confidence of <see cref="MeanInterval"/>.</summary>
    public const double Level = 0.99;

    private const int MinimumModalityCount = 30;

    /// <summary>Estimates a cell's latency.</summary>
    /// <param name="timings">All its timed inferences; at least one.</param>
    /// <returns>The estimate.</returns>
    public static LatencyEstimate From(CellTimings timings)
    {
        var all = timings.All.ToArray();
        var mean = all.Average();
        var deviation = all.Length > 1 ? all.StandardDeviation() : double.NaN;
        var modality = all.Length >= MinimumModalityCount ? MValueCalculator.Calculate(all) : double.NaN;
        Array.Sort(all);
        return new LatencyEstimate(
            timings.Launches.Count,
            all.Length,
            mean,
            LaunchMeans.Interval([.. timings.Launches.Select(launch => launch.LatenciesMs)], Level),
            Quantiles.NearestRank(all, 0.5),
            Percentile(all, 0.90),
            Percentile(all, 0.99),
            all[0],
            all[^1],
            double.IsFinite(deviation) ? deviation / mean : null,
            double.IsFinite(modality) ? modality : null);
    }

    private static double? Percentile(double[] sorted, double p) =>
        sorted.Length >= Quantiles.MinimumCount(p) ? Quantiles.NearestRank(sorted, p) : null;
}
