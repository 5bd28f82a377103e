using System.Text.Json.Serialization;
using Bench.Analysis.Statistics;
using Bench.Analysis.Statistics.Launches;
using MathNet.Numerics.Statistics;
using Perfolizer.Mathematics.Multimodality;

namespace Bench.Analysis.Measurements;

/// <summary>What is known of a measurement's latency. All times in ms.</summary>
public sealed record LatencyEstimate
{
    /// <summary>How many processes were measured; 0 if only a mean was published.</summary>
    public int Launches { get; init; }

    /// <summary>On how many nodes they ran, where several have measured the model: then nodes are what intervals rest on, and not launches,
    /// and a cell that one of them has measured has none; otherwise 0.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Nodes { get; init; }

    /// <summary>How many inferences, over all of them.</summary>
    public int Iterations { get; init; }

    /// <summary>The mean: what a million images cost depends on it.</summary>
    public required double MeanMs { get; init; }

    /// <summary>The 99 % interval of the mean; null with fewer than two launches. What intervals say of launches holds for nodes where
    /// there are several (<see cref="Nodes"/>).</summary>
    public ConfidenceInterval? MeanInterval { get; init; }

    /// <summary>The median; null if only a mean was published.</summary>
    public double? P50Ms { get; init; }

    /// <summary>The 99 % interval of the median over requests of random launches; null with too few launches.</summary>
    public ConfidenceInterval? P50Interval { get; init; }

    /// <summary>The 90th percentile by nearest rank; null with too few iterations.</summary>
    public double? P90Ms { get; init; }

    /// <summary>The 99 % interval of the 90th percentile over requests of random launches;
    /// null with too few launches or iterations.</summary>
    public ConfidenceInterval? P90Interval { get; init; }

    /// <summary>The 99th percentile by nearest rank; null with too few iterations.</summary>
    public double? P99Ms { get; init; }

    /// <summary>The 99 % interval of the 99th percentile over requests of random launches;
    /// null with too few launches or iterations.</summary>
    public ConfidenceInterval? P99Interval { get; init; }

    /// <summary>The shortest; null if only a mean was published.</summary>
    public double? MinimumMs { get; init; }

    /// <summary>The longest; none is dropped as an outlier. Null if only a mean was published.</summary>
    public double? MaximumMs { get; init; }

    /// <summary>Standard deviation over mean; null with one iteration.</summary>
    public double? CoefficientOfVariation { get; init; }

    /// <summary>Gregg's M-value: 2 for one mode, more for several; null with too few iterations.</summary>
    public double? ModalityValue { get; init; }

    /// <summary>The confidence of <see cref="MeanInterval"/>.</summary>
    public const double Level = 0.99;

    /// <summary>The rounds of launches that were slower than the others as a whole; empty if there are none, or too few
    /// launches to tell.</summary>
    public IReadOnlyList<int> SlowRounds { get; init; } = [];

    /// <summary>A kind of launch that is rarer than one in so many may not have been seen (95 %); null if nothing was measured.</summary>
    public double? UnseenBeyondOneIn => Launches == 0 ? null : UnseenLaunches.RarerThanOneIn(Nodes > 0 ? Nodes : Launches);

    private const int MinimumModalityCount = 30;
    private const int MaximumModalityCount = 256;

    /// <summary>What is known of a cell of which only a mean was published.</summary>
    /// <param name="meanMs">The mean in ms.</param>
    /// <returns>The mean, and nothing else.</returns>
    public static LatencyEstimate Published(double meanMs) => new() { MeanMs = meanMs };

    /// <summary>Estimates a cell's latency.</summary>
    /// <param name="timings">All its timed inferences; at least one.</param>
    /// <returns>The estimate.</returns>
    public static LatencyEstimate From(CellTimings timings)
    {
        double[] measured = [.. timings.All];
        IReadOnlyList<IReadOnlyList<double>> launches = [.. timings.Launches.Select(launch => launch.LatenciesMs)];
        var deviation = measured.Length > 1 ? measured.StandardDeviation() : double.NaN;
        var sample = new LaunchSample(launches);
        // Launches on one node share what is peculiar to it: of several nodes each counts once.
        var units = timings.Units;
        IReadOnlyList<IReadOnlyList<double>> means =
            [.. units.Select(unit => unit.Select(launch => launch.LatenciesMs.Average()).ToList())];
        var mean = LaunchMeans.Of(means);
        var independent = timings.IsOfNodes
            ? new LaunchSample([.. units.Select(node => node.SelectMany(launch => launch.LatenciesMs).ToList())])
            : sample;
        var all = sample.Sorted;
        var modality = all.Length >= MinimumModalityCount ? MValueCalculator.Calculate(Thinned(all)) : double.NaN;
        var (p90, p99) = (Percentile(all, 0.90), Percentile(all, 0.99));
        return new LatencyEstimate
        {
            Launches = timings.Launches.Count,
            Nodes = timings.IsOfNodes ? units.Count : 0,
            Iterations = all.Length,
            MeanMs = mean,
            MeanInterval = LaunchMeans.Interval(means, Level),
            P50Ms = Quantiles.Interpolated(all, 0.5),
            P50Interval = QuantileInterval.Of(independent, 0.5, Level),
            P90Ms = p90,
            P90Interval = p90 is null ? null : QuantileInterval.Of(independent, 0.9, Level),
            P99Ms = p99,
            P99Interval = p99 is null ? null : QuantileInterval.Of(independent, 0.99, Level),
            MinimumMs = all[0],
            MaximumMs = all[^1],
            CoefficientOfVariation = double.IsFinite(deviation) ? deviation / mean : null,
            ModalityValue = double.IsFinite(modality) ? modality : null,
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
