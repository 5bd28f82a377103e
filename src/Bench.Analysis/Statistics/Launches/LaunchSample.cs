namespace Bench.Analysis.Statistics.Launches;

/// <summary>All latencies of a cell, launch by launch, as logarithms, prepared for intervals of their quantiles.</summary>
internal sealed class LaunchSample
{
    private const double NormalQuartiles = 1.349;
    private const double EqualWithin = 1e-9;

    /// <summary>Prepares latencies.</summary>
    /// <param name="launches">The latencies of each launch, in the order of measurement; above 0, at least one each.</param>
    public LaunchSample(IReadOnlyList<IReadOnlyList<double>> launches)
    {
        Logarithms = [.. launches.Select(launch => launch.Select(latency => Math.Log(latency)).ToArray())];
        double[][] sorted = [.. launches.Select(Ascending)];
        Sorted = SortedRuns.Merge(sorted);
        var logarithms = Array.ConvertAll(sorted, launch => Array.ConvertAll(launch, latency => Math.Log(latency)));
        Levels = Array.ConvertAll(logarithms, launch => Quantiles.Interpolated(launch, 0.5));
        Deviations = FromLevels(Logarithms);
        Pooled = SortedRuns.Merge(logarithms);
        PooledDeviations = SortedRuns.Merge(FromLevels(logarithms));
        Within = (Quantiles.Interpolated(PooledDeviations, 0.75) - Quantiles.Interpolated(PooledDeviations, 0.25)) / NormalQuartiles;
        Resolution = SmallestStep(Pooled);
        Slow = SlowLaunches.Of(Levels, Within);
    }

    /// <summary>All latencies, ascending.</summary>
    public double[] Sorted { get; }

    /// <summary>The logarithms, launch by launch.</summary>
    public double[][] Logarithms { get; }

    /// <summary>The median of each launch.</summary>
    public double[] Levels { get; }

    /// <summary>How far each value lies from the median of its launch.</summary>
    public double[][] Deviations { get; }

    /// <summary>All logarithms, ascending.</summary>
    public double[] Pooled { get; }

    /// <summary>All deviations, ascending.</summary>
    public double[] PooledDeviations { get; }

    /// <summary>The standard deviation within a launch, by its quartiles.</summary>
    public double Within { get; }

    /// <summary>The smallest step between two latencies: to what they were rounded, at worst. NaN if all are equal.</summary>
    public double Resolution { get; }

    /// <summary>The launches that are slower than the others as a whole, by index.</summary>
    public IReadOnlyList<int> Slow { get; }

    /// <summary>The launches that are not.</summary>
    public IEnumerable<int> Ordinary => Enumerable.Range(0, Levels.Length).Except(Slow);

    private static double[] Ascending(IReadOnlyList<double> launch)
    {
        double[] sorted = [.. launch];
        Array.Sort(sorted);
        return sorted;
    }

    private double[][] FromLevels(double[][] launches) =>
        [.. launches.Select((launch, j) => Array.ConvertAll(launch, value => value - Levels[j]))];

    private static double SmallestStep(double[] sorted)
    {
        var (typical, smallest) = (Math.Exp(sorted[sorted.Length / 2]), double.PositiveInfinity);
        var previous = Math.Exp(sorted[0]);
        for (var i = 1; i < sorted.Length; i++)
        {
            var value = Math.Exp(sorted[i]);
            var step = value - previous;
            smallest = step > EqualWithin * typical && step < smallest ? step : smallest;
            previous = value;
        }

        return double.IsFinite(smallest) ? smallest : double.NaN;
    }
}
