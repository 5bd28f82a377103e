using Bench.Analysis.Input;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace Bench.Simulations.Traces;

/// <summary>Draws runs that scatter as real ones do.</summary>
/// <remarks>
/// A drawn launch is a whole real one, so spikes, slow launches and the dependence of neighbours are as they were. What all cells of a
/// round share is drawn together, what a cell has for itself apart. A drawn run is later or sooner as a whole, all cells alike, and each
/// cell a little for itself: normal deviates with the variances that real runs have beyond what their launches explain.
/// </remarks>
internal sealed class NoiseModel
{
    private const double TypicalMs = 10;

    private readonly List<double> _rounds;
    private readonly List<List<double[]>> _tested;

    private NoiseModel(List<double> rounds, List<List<double[]>> tested, double shared, double own)
    {
        _rounds = rounds;
        _tested = tested;
        SharedDeviation = shared;
        OwnDeviation = own;
    }

    /// <summary>By how much whole runs scatter, all cells alike, as a share.</summary>
    public double SharedDeviation { get; }

    /// <summary>By how much a cell scatters for itself from run to run, as a share.</summary>
    public double OwnDeviation { get; }

    public static NoiseModel Fit(NoiseTraces traces)
    {
        var runs = traces.Runs.Where(run => run.SlowedDownBy == 0).ToList();
        var tested = runs[0].Cells.Keys.Where(cell => !CellPattern.Matches(traces.Control, cell)).Order(StringComparer.Ordinal).ToList();
        var machine = runs.ConvertAll(run => Machine(run, traces.Control));
        var own = tested.ConvertAll(cell =>
            runs.Select((run, i) => Logarithms(run.Cells[cell]).Zip(machine[i], (launch, level) => launch - level).ToArray()).ToList());
        var launches = machine[0].Length;
        return new NoiseModel(
            [.. machine.SelectMany(Centred)],
            [.. tested.Select((cell, c) => runs.SelectMany((run, i) => run.Cells[cell]
                .Select((launch, k) => Relative(launch, own[c][i][k] - own[c][i].Median()))).ToList())],
            Math.Sqrt(Between(machine, launches)),
            Math.Sqrt(own.Average(cell => Between(cell, launches))));
    }

    /// <summary>Draws a run.</summary>
    /// <param name="random">Where chance comes from.</param>
    /// <param name="cells">How many cells are tested; they take turns at the real ones. One more is the control.</param>
    /// <param name="own">By how much a cell scatters for itself from run to run, as a share.</param>
    /// <param name="launches">How many launches; their rounds are drawn from the real ones.</param>
    /// <returns>The latencies in ms by cell: the control, which takes what the machine takes, apart.</returns>
    public DrawnRun Draw(Random random, int cells, double own, int launches)
    {
        var drift = SharedDeviation * Normal.Sample(random, 0, 1);
        var levels = Enumerable.Range(0, launches).Select(_ => Math.Exp(drift + _rounds[random.Next(_rounds.Count)])).ToArray();
        var drawn = new double[cells][][];
        for (var cell = 0; cell < cells; cell++)
        {
            var pool = _tested[cell % _tested.Count];
            var factor = TypicalMs * Math.Exp(own * Normal.Sample(random, 0, 1));
            drawn[cell] = Array.ConvertAll(
                levels, level => Array.ConvertAll(pool[random.Next(pool.Count)], latency => factor * level * latency));
        }

        return new DrawnRun(Array.ConvertAll(levels, level => new[] { TypicalMs * level }), drawn);
    }

    /// <summary>What the control cells say of each round: the logarithm of the geometric mean of their medians.</summary>
    private static double[] Machine(TracedRun run, string control)
    {
        var controls = run.Cells.Where(cell => CellPattern.Matches(control, cell.Key)).Select(cell => Logarithms(cell.Value)).ToList();
        return [.. Enumerable.Range(0, controls[0].Length).Select(round => controls.Average(control => control[round]))];
    }

    private static double[] Logarithms(double[][] launches) => Array.ConvertAll(launches, launch => Math.Log(launch.Median()));

    private static IEnumerable<double> Centred(double[] logarithms)
    {
        var centre = logarithms.Median();
        return logarithms.Select(logarithm => logarithm - centre);
    }

    /// <summary>A launch, around what is left of it once the machine and the run are taken out.</summary>
    private static double[] Relative(double[] launch, double logarithm)
    {
        var centre = launch.Median();
        return Array.ConvertAll(launch, latency => latency / centre * Math.Exp(logarithm));
    }

    /// <summary>The variance of runs beyond that of the median of their launches, which is about π/2 that of their mean.</summary>
    private static double Between(IReadOnlyList<double[]> runs, int launches) =>
        Math.Max(0, runs.Select(run => run.Median()).Variance() - (Math.PI / 2 * runs.Average(run => run.Variance()) / launches));
}

/// <summary>A run that was drawn.</summary>
/// <param name="Control">The control cell's latencies, launch by launch.</param>
/// <param name="Cells">Those of each tested cell.</param>
internal sealed record DrawnRun(double[][] Control, double[][][] Cells);
