using System.Globalization;

namespace Bench.Analysis.Fleets;

/// <summary>What a fleet says of a kind of machine.</summary>
/// <param name="Machine">The kind.</param>
/// <param name="Sentence">It, in sentences.</param>
public sealed record FleetFinding(string Machine, string Sentence);

/// <summary>How nodes of a kind differ: whoever buys one of them gets one of these.</summary>
internal static class FleetFindings
{
    private const double Level = 0.05;

    /// <summary>A finding for each kind of machine that something counts of.</summary>
    /// <param name="manifest">The fleet.</param>
    /// <param name="counted">The runs that count.</param>
    /// <exception cref="Input.RunFormatException">Outputs are missing or damaged.</exception>
    public static IReadOnlyList<FleetFinding> Of(FleetManifest manifest, IReadOnlyList<CollectedRun> counted) =>
    [
        .. from machine in manifest.Machines
           let runs = counted.Where(run => run.Unit.Machine == machine.Name).ToList()
           where runs.Count > 0
           select new FleetFinding(machine.Name, OfTimes(machine.Name, runs) + OfOutputs(NodeOutputs.Of(runs))),
    ];

    private static string OfTimes(string machine, List<CollectedRun> runs)
    {
        var nodes = runs.Select(run => run.Node).Distinct().Count();
        var planned = runs.GroupBy(run => run.Unit.Model).Max(model => model.Count());
        var measured = string.Create(CultureInfo.InvariantCulture,
            $"{runs.Count} {(runs.Count == 1 ? "run" : "runs")} on {nodes} {(nodes == 1 ? "node" : "nodes")}")
            + (nodes < planned ? string.Create(CultureInfo.InvariantCulture, $", where {planned} could have been") : string.Empty);
        var spreads = NodeSpreads.Of(machine, runs);
        if (spreads.MaxBy(spread => spread.Ratio) is not { } most)
        {
            return $"{measured}, and nothing on more than one: nothing is known of how nodes of this kind differ.";
        }

        var range = string.Create(CultureInfo.InvariantCulture,
            $"{measured}. They differ most in {most.Measurement}: by {100 * (most.Ratio - 1):0.#} % in the mean time ")
            + string.Create(CultureInfo.InvariantCulture, $"on {most.Nodes} nodes");
        // The largest of several differences is large by chance alone: Bonferroni.
        return most.P is not { } p ? $"{range}; with one launch on each nobody knows whether that is the nodes or the launches."
            : p * spreads.Count >= Level ? $"{range}, which is not shown to be more than launches on one node do."
            : string.Create(CultureInfo.InvariantCulture,
                $"{range}; what launches do not explain of it has a standard deviation of {100 * most.NodeShare:0.#} %.");
    }

    private static string OfOutputs(IReadOnlyList<NodeOutputs> cells)
    {
        var differing = cells.Where(cell => cell.Largest > 0).ToList();
        return cells.Count == 0 ? string.Empty
            : differing.MaxBy(cell => cell.Largest) is not { } most ? " Their outputs are the same."
            : string.Create(CultureInfo.InvariantCulture,
                $" Their outputs differ in {differing.Count} of {cells.Count} {(cells.Count == 1 ? "cell" : "cells")}, ")
                + string.Create(CultureInfo.InvariantCulture, $"most in {most.Cell}: in {most.Differing} of {most.Images} images, ")
                + string.Create(CultureInfo.InvariantCulture, $"by {most.Largest:G2} at most ({most.Node} and {most.Other}).");
    }
}
