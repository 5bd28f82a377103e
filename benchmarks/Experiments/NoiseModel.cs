using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace Bench.Benchmarks.Experiments;

/// <summary>Draws runs that scatter as real ones do.</summary>
/// <remarks>
/// A drawn launch is a whole real launch, relative to its run: so spikes, slow launches and the dependence of neighbours are as they were. A drawn
/// run is later or sooner as a whole, by a normal deviate with the variance that real runs have beyond what their launches explain.
/// </remarks>
internal sealed class NoiseModel
{
    private readonly IReadOnlyList<(string Cell, double[][] Launches)> _pools;
    private readonly int _launches;

    private NoiseModel(IReadOnlyList<(string Cell, double[][] Launches)> pools, int launches, double runDeviation, double launchDeviation)
    {
        _pools = pools;
        _launches = launches;
        RunDeviation = runDeviation;
        LaunchDeviation = launchDeviation;
    }

    /// <summary>The deviation of whole runs, as a share.</summary>
    public double RunDeviation { get; }

    /// <summary>The deviation of launches' medians within a run, as a share.</summary>
    public double LaunchDeviation { get; }

    public static NoiseModel Fit(NoiseTraces traces)
    {
        var runs = traces.Runs.Where(run => run.SlowedDownBy == 0).ToList();
        var cells = runs[0].Cells.Keys.Order(StringComparer.Ordinal).ToList();
        var launches = runs[0].Cells[cells[0]].Length;
        var pools = cells.Select(cell => (cell, runs.SelectMany(run => Relative(run.Cells[cell])).ToArray())).ToList();
        var within = cells.SelectMany(cell => runs.Select(run => Logarithms(run.Cells[cell]).Variance())).Average();
        var between = cells.Select(cell => runs.Select(run => Logarithms(run.Cells[cell]).Median()).Variance()).Average();

        // The median of k launches scatters by about π/2 times the variance over k.
        return new NoiseModel(pools, launches, Math.Sqrt(Math.Max(0, between - (Math.PI / 2 * within / launches))), Math.Sqrt(within));
    }

    /// <summary>Draws a run.</summary>
    /// <param name="cells">How many cells the matrix has; they take turns at the real ones.</param>
    /// <param name="slowDown">By which share each cell is slower.</param>
    public TracedRun Draw(Random random, int cells, Func<int, double> slowDown)
    {
        var drift = Math.Exp(RunDeviation * Normal.Sample(random, 0, 1));
        return new TracedRun(default, 0, Enumerable.Range(0, cells).ToDictionary(
            cell => $"cell{cell}",
            cell =>
            {
                var pool = _pools[cell % _pools.Count].Launches;
                var factor = drift * (1 + slowDown(cell));
                return Enumerable.Range(0, _launches).Select(_ => Array.ConvertAll(pool[random.Next(pool.Length)], latency => 10 * factor * latency)).ToArray();
            }));
    }

    private static IEnumerable<double[]> Relative(double[][] launches)
    {
        var centre = launches.Select(launch => launch.Median()).Median();
        return launches.Select(launch => Array.ConvertAll(launch, latency => latency / centre));
    }

    private static double[] Logarithms(double[][] launches) => Array.ConvertAll(launches, launch => Math.Log(launch.Median()));
}
