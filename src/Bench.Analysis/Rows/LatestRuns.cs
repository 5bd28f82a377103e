using Bench.Analysis.Runs;

namespace Bench.Analysis.Rows;

/// <summary>Of several runs of one machine, what is still of interest.</summary>
internal static class LatestRuns
{
    /// <summary>Leaves out every cell that a later run measured on the same machine, and runs of which nothing is left.</summary>
    /// <param name="runs">The runs.</param>
    /// <returns>What is left of them, in the same order. A later run that could not measure a cell replaces nothing.</returns>
    public static IReadOnlyList<PricedRun> Of(IReadOnlyList<PricedRun> runs) =>
    [
        .. runs.Select(run => run with { Measured = run.Measured.Only(cell => !runs.Any(later => Replaces(later, run, cell))) })
            .Where(run => run.Manifest.Cells.Count > 0),
    ];

    /// <summary>What makes two runs those of one machine. Host names alone do not: many are called localhost.</summary>
    internal static string MachineOf(RunManifest manifest)
    {
        var machine = manifest.Machine;
        return string.Join('|',
            [machine.Name, machine.Cpu, machine.LogicalCores, machine.Os, machine.Architecture, .. machine.Gpus.Select(gpu => gpu.Name)]);
    }

    private static bool Replaces(PricedRun later, PricedRun run, CellFacts cell) =>
        (later.Manifest.StartedUtc, later.Manifest.Id).CompareTo((run.Manifest.StartedUtc, run.Manifest.Id)) > 0
        && MachineOf(later.Manifest) == MachineOf(run.Manifest)
        && later.Manifest.Cells.Any(found => found.Measurement == cell.Measurement
            && found is { Status: CellStatus.Measured or CellStatus.Published, NotComparable: null });
}
