using Bench.Analysis.Fleets;
using Bench.Analysis.Measurements;
using Bench.Analysis.Runs;
using Bench.Analysis.Tests.Runs;

namespace Bench.Analysis.Tests.Fleets;

/// <summary>What a worker measures on a node.</summary>
internal static class NodeRuns
{
    public const int Rounds = 3;

    /// <summary>Two cells, of which one may have failed.</summary>
    public static Action<RunFolder, FleetUnit> WriteTwoCells(string? failed = null) => (run, _) =>
    {
        run.WriteManifest(run.ReadPlan() with
        {
            Cells = [.. run.ReadPlan().Cells, new CellFacts { Id = CellId.Parse(LaunchFixture.Half), Status = CellStatus.Pending }],
        });
        WriteLaunches(run);
        if (failed is null)
        {
            LaunchFixture.WriteLaunches(run, LaunchFixture.Half, Rounds);
        }
        else
        {
            LaunchFixture.Write(run, LaunchFixture.Failed(failed, 1, "It fell over."));
        }
    };

    /// <summary>The launches of a cell.</summary>
    public static void WriteLaunches(RunFolder run, double ms = 10, float outputOffset = 0) =>
        LaunchFixture.WriteLaunches(run, LaunchFixture.Plain, Rounds, ms, outputOffset);
}
