using Bench.Analysis.Equivalence;
using Bench.Analysis.Input;
using Bench.Analysis.Measurements;
using Bench.Analysis.Runs;

namespace Bench.Analysis.Fleets;

/// <summary>How far outputs of one cell on two nodes of a kind are apart: the program, the network and the images are the same.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Node">The node whose outputs the others are held against.</param>
/// <param name="Other">The one that differs most from it.</param>
/// <param name="Images">How many images there are.</param>
/// <param name="Differing">Of how many of them any number differs between the two.</param>
/// <param name="Largest">The largest absolute difference of any two numbers, in the unit of the outputs; 0 if all are equal.</param>
public sealed record NodeOutputs(CellId Cell, string Node, string Other, int Images, int Differing, double Largest)
{
    /// <summary>Compares outputs of nodes.</summary>
    /// <param name="runs">The runs of a kind of machine.</param>
    /// <returns>One for each cell that several nodes gave outputs of.</returns>
    /// <exception cref="RunFormatException">Outputs are missing, damaged, or not of one shape.</exception>
    public static IReadOnlyList<NodeOutputs> Of(IReadOnlyList<CollectedRun> runs) =>
    [
        .. runs.SelectMany(run => run.Measured.Manifest.Cells
                .Where(cell => cell is { Status: CellStatus.Measured, OpenLoad: null, OutputImages: > 0 })
                .Select(cell => (Run: run, Cell: cell)))
            .GroupBy(entry => entry.Cell.Id).Select(same => same.DistinctBy(entry => entry.Run.Node).ToList())
            .Where(nodes => nodes.Count > 1)
            .Select(nodes => nodes.Skip(1).Select(other => Between(nodes[0].Run, nodes[0].Cell, other.Run, other.Cell))
                .MaxBy(pair => pair.Largest)!),
    ];

    private static NodeOutputs Between(CollectedRun one, CellFacts cell, CollectedRun other, CellFacts others)
    {
        using var first = CellOutputs.Of(one.Measured.Folder, cell)!;
        using var second = CellOutputs.Of(other.Measured.Folder, others)!;
        var differences = CellOutputs.Compare(first, second, isRaw: false).Largest;
        return new NodeOutputs(
            cell.Id, one.Node, other.Node, differences.Count, differences.Count(difference => difference > 0),
            differences.DefaultIfEmpty(0).Max());
    }
}
