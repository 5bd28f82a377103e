using Bench.Analysis.Runs;

namespace Bench.Analysis.Fleets;

/// <summary>How nodes of a kind differ in all that was measured on several of them.</summary>
public static class NodeSpreads
{
    /// <summary>Works it out.</summary>
    /// <param name="machine">The kind.</param>
    /// <param name="runs">Its runs.</param>
    /// <returns>One for each measurement that several nodes have.</returns>
    public static IReadOnlyList<NodeSpread> Of(string machine, IReadOnlyList<CollectedRun> runs) =>
    [
        .. runs.SelectMany(run => run.Measured.Manifest.Cells
                .Where(cell => cell.Status == CellStatus.Measured && cell.OpenLoad is null)
                .Select(cell => (run.Node, cell.Measurement, run.Measured.TimingsOf(cell)!.Launches)))
            .GroupBy(entry => entry.Measurement)
            .Select(same => (same.Key, Nodes: same.GroupBy(entry => entry.Node)
                .Select(node => node.SelectMany(entry => entry.Launches).Select(launch => launch.RequestMs).ToList())
                .ToList<IReadOnlyList<double>>()))
            .Where(same => same.Nodes.Count > 1)
            .Select(same => NodeSpread.Of(machine, same.Key, same.Nodes)),
    ];
}
