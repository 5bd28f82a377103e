using Bench.Analysis.Statistics.Resampling;
using Bench.Analysis.Timings;
using MathNet.Numerics.Statistics;
using Perfolizer.Mathematics.Multimodality;

namespace Bench.Analysis.Statistics;

/// <summary>What is known of a cell's latency. All times in ms.</summary>
/// <param name="Launches">How many processes were measured; 0 if only a mean was published.</param>
/// <param name="Iterations">How many inferences, over all of them.</param>
/// <param name="MeanMs">The mean: what a million images cost depends on it.</param>
/// <param name="MeanInterval">The 99 % interval of the mean; null with fewer than two launches.</param>
/// <param name="P50Ms">The median by nearest rank; null if only a mean was published.</param>
/// <param name="P50Interval">The 99 % interval of the median, by the two-level bootstrap; null with fewer than two launches.</param>
/// <param name="P90Ms">The 90th percentile; null with too few iterations.</param>
/// <param name="P90Interval">The 99 % interval of the 90th percentile, by the two-level bootstrap; null without it, or with fewer launches than that takes.</param>
/// <param name="P99Ms">The 99th percentile; null with too few iterations.</param>
/// <param name="P99Interval">
/// The 99 % interval of the 99th percentile of these launches, by binomial order statistics: so few iterations lie beyond it that drawing them
/// anew says little. Null without it.
/// </param>
/// <param name="MinimumMs">The shortest; null if only a mean was published.</param>
/// <param name="MaximumMs">The longest; none is dropped as an outlier. Null if only a mean was published.</param>
/// <param name="CoefficientOfVariation">Standard deviation over mean; null with one iteration.</param>
/// <param name="ModalityValue">Gregg's M-value: 2 for one mode, more for several; null with too few iterations.</param>
public sealed record LatencyEstimate(
    int Launches,
    int Iterations,
    double MeanMs,
    ConfidenceInterval? MeanInterval,
    double? P50Ms,
    ConfidenceInterval? P50Interval,
    double? P90Ms,
    ConfidenceInterval? P90Interval,
    double? P99Ms,
    ConfidenceInterval? P99Interval,
    double? MinimumMs,
    double? MaximumMs,
    double? CoefficientOfVariation,
    double? ModalityValue)
{
    /// <summary>The confidence of <see cref="MeanInterval"/>.</summary>
    public const double Level = 0.99;

    /// <summary>From how many launches on the bootstrap's interval of P90 covers what it promises.</summary>
    public const int MinimumTailLaunches = 20;

    private const int MinimumModalityCount = 30;

    /// <summary>What is known of a cell of which only a mean was published.</summary>
    /// <param name="meanMs">The mean in ms.</param>
    /// <returns>The mean, and nothing else.</returns>
    public static LatencyEstimate Published(double meanMs) => new(0, 0, meanMs, null, null, null, null, null, null, null, null, null, null, null);

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
        IReadOnlyList<IReadOnlyList<double>> launches = [.. timings.Launches.Select(launch => launch.LatenciesMs)];
        var (p90, p99) = (Percentile(all, 0.90), Percentile(all, 0.99));
        return new LatencyEstimate(
            timings.Launches.Count,
            all.Length,
            mean,
            LaunchMeans.Interval(launches, Level),
            Quantiles.NearestRank(all, 0.5),
            Interval(launches, 0.5),
            p90,
            p90 is null || launches.Count < MinimumTailLaunches ? null : Interval(launches, 0.9),
            p99,
            p99 is null ? null : QuantileBounds.Interval(all, 0.99, Level),
            all[0],
            all[^1],
            double.IsFinite(deviation) ? deviation / mean : null,
            double.IsFinite(modality) ? modality : null);
    }

    private static ConfidenceInterval? Interval(IReadOnlyList<IReadOnlyList<double>> launches, double p) =>
        launches.Count < 2 ? null : TwoLevelBootstrap.Quantile(launches, p, new BootstrapOptions { Level = Level });

    private static double? Percentile(double[] sorted, double p) =>
        sorted.Length >= Quantiles.MinimumCount(p) ? Quantiles.NearestRank(sorted, p) : null;
}
