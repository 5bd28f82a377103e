using System.Text.Json;

namespace Bench.Analysis.Fleets;

/// <summary>Writes what was collected for programs: what counts, what was left out, and how nodes differ.</summary>
public static class FleetCollectionJson
{
    /// <summary>The name of the file beside the runs.</summary>
    public const string FileName = "fleet.json";

    /// <summary>Writes it.</summary>
    /// <param name="collection">What was collected.</param>
    public static string Write(FleetCollection collection) => JsonSerializer.Serialize(
        new
        {
            Fleet = collection.Manifest.Name,
            Program = collection.Manifest.Program.Digest,
            Planned = collection.Manifest.Units.Count,
            Counted = collection.Runs.Select(run => new { run.Unit.Index, run.Unit.Id, run.Unit.Machine, run.Unit.Model, run.Node }),
            LeftOut = collection.Faults,
            collection.Findings,
        },
        FleetJson.Options).ReplaceLineEndings("\n") + "\n";
}
