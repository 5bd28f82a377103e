using Bench.Analysis.Statistics;
using Bench.Analysis.Statistics.Launches;
using MathNet.Numerics.Statistics;
using Perfolizer.Mathematics.Multimodality;

namespace Bench.Analysis.Measurements;

/// <summary>What is known of a cell's latency. All times in ms.</summary>
/// <param name="Launches">How many processes were measured; 0 if only a mean was published.</param>
/// <param name="Iterations">How many inferences, over all of them.</param>
/// <param name="MeanMs">The mean: what a million images cost depends on it.</param>
/// <param name="MeanInterval">The 99 % interval of the mean; null with fewer than two launches.</param>
/// <param name="P50Ms">The median; null if only a mean was published.</param>
/// <param name="P50Interval">The 99 % interval of the median over requests of random launches; null with too few launches.</param>
/// <param name="P90Ms">The 90th percentile by nearest rank; null with too few iterations.</param>
/// <param name="P90Interval">The 99 % interval of the 90th percentile over requests of random launches;
/// null with too few launches or iterations.</param>
/// <param name="P99Ms">The 99th percentile by nearest rank; null with too few iterations.</param>
/// <param name="P99Interval">The 99 % interval of the 99th percentile over requests of random launches;
/// null with too few launches or iterations.</param>
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

    /// <summary>The rounds of launches that were slower than the others as a whole; empty if there are none, or too few
    /// launches to tell.</summary>
    public IReadOnlyList<int> SlowRounds { get; init; } = [];

    /// <summary>A kind of launch that is rarer than one in so many may not have been seen (95 %); null if nothing was measured.</summary>
    public double? UnseenBeyondOneIn => Launches == 0 ? null : UnseenLaunches.RarerThanOneIn(Launches);

    private const int MinimumModalityCount = 30;
    private const int MaximumModalityCount = 256;

    /// <summary>What is known of a cell of which only a mean was published.</summary>
    /// <param name="meanMs">The mean in ms.</param>
    /// <returns>The mean, and nothing else.</returns>
    public static LatencyEstimate Published(double meanMs) =>
        new(0, 0, meanMs, null, null, null, null, null, null, null, null, null, null, null);

    /// <summary>Estimates a cell's latency.</summary>
    /// <param name="timings">All its timed inferences; at least one.</param>
    /// <returns>The estimate.</returns>
    public static LatencyEstimate From(CellTimings timings)
    {
        var all = timings.All.ToArray();
        IReadOnlyList<IReadOnlyList<double>> launches = [.. timings.Launches.Select(launch => launch.LatenciesMs)];
        var mean = LaunchMeans.Of(launches);
        var deviation = all.Length > 1 ? all.StandardDeviation() : double.NaN;
        Array.Sort(all);
        var modality = all.Length >= MinimumModalityCount ? MValueCalculator.Calculate(Thinned(all)) : double.NaN;
        var (p90, p99) = (Percentile(all, 0.90), Percentile(all, 0.99));
        var sample = new LaunchSample(launches);
        return new LatencyEstimate(
            timings.Launches.Count,
            all.Length,
            mean,
            LaunchMeans.Interval(launches, Level),
            Quantiles.Interpolated(all, 0.5),
            QuantileInterval.Of(sample, 0.5, Level),
            p90,
            p90 is null ? null : QuantileInterval.Of(sample, 0.9, Level),
            p99,
            p99 is null ? null : QuantileInterval.Of(sample, 0.99, Level),
            all[0],
            all[^1],
            double.IsFinite(deviation) ? deviation / mean : null,
            double.IsFinite(modality) ? modality : null)
        {
            SlowRounds = [.. sample.Slow.Select(launch => timings.Launches[launch].Round).Order()],
        };
    }

    /// <summary>At most so many of the ordered values, evenly spread: they have the same modes, and looking for these takes a time that
    /// grows with the square.</summary>
    private static double[] Thinned(double[] sorted) => sorted.Length <= MaximumModalityCount ? sorted
        : [.. Enumerable.Range(0, MaximumModalityCount).Select(i => sorted[(int)((i + 0.5) * sorted.Length / MaximumModalityCount)])];

    private static double? Percentile(double[] sorted, double p) =>
        sorted.Length >= Quantiles.MinimumCount(p) ? Quantiles.NearestRank(sorted, p) : null;
}
