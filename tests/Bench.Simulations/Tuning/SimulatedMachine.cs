using Bench.Analysis.Measurements;
using Bench.Benchmarks.Tuning;
using Bench.Models.Data;

namespace Bench.Simulations.Tuning;

/// <summary>A machine that a search is tried on: what its configurations truly cost, and what a launch says.</summary>
/// <param name="Candidates">The configurations.</param>
/// <param name="Costs">What each truly costs on average.</param>
/// <param name="Launch">What a configuration costs in a launch of a round: the same launch has the same answer.</param>
internal sealed record SimulatedMachine(
    IReadOnlyList<TuneCandidate> Candidates, IReadOnlyList<double> Costs, Func<int, int, double> Launch)
{
    /// <summary>A machine whose launches scatter as a model says.</summary>
    /// <param name="landscape">The name of the landscape.</param>
    /// <param name="pairDeviation">How far two launches of a round are apart, as a share.</param>
    /// <param name="seed">Draws the machine and its launches.</param>
    public static SimulatedMachine Drawn(string landscape, double pairDeviation, ulong seed)
    {
        var costs = Landscape.Draw(landscape, new SeededRandom(seed, 1));
        var noise = new LaunchNoise(pairDeviation, seed);

        // In one half of the replays the default is the simplest configuration, which is chosen among equals; in the other it is not, so
        // that an improvement may be claimed where there is none.
        var standard = seed % 2 == 0 ? 0 : Landscape.Count - 1;
        return new SimulatedMachine(
            [.. Enumerable.Range(0, Landscape.Count).Select(i => new TuneCandidate(
                CellId.Parse(FormattableString.Invariant(
                    $"m/ort-cpu+batch={(i / 4) + 2}+streams={(i % 4) + 2}/{(i % 2 == 0 ? "fp32" : "int8")}/linux-x64")),
                i == standard))],
            costs,
            (candidate, round) => noise.Launch(costs[candidate], candidate, round));
    }

    /// <summary>A machine that was recorded: a round is one of those that were measured, with all that its launches have in common.
    /// </summary>
    /// <param name="grid">What was measured.</param>
    /// <param name="seed">Draws the rounds.</param>
    public static SimulatedMachine Recorded(RecordedGrid grid, ulong seed)
    {
        var cells = grid.MsPerImage.Keys.Select(key => CellId.Parse(key)).ToList();
        var launches = grid.MsPerImage.Values.ToList();
        return new SimulatedMachine(
            [.. cells.Select(cell => new TuneCandidate(cell, cell.ToString() == grid.Default))],
            [.. launches.Select(values => values.Average())],
            (candidate, round) => launches[candidate][(int)(
                new SeededRandom(seed, (ulong)round).NextUInt64() % (ulong)launches[candidate].Length)]);
    }
}
