using Bench.Analysis.Input;
using Bench.Analysis.Measurements;
using Bench.Analysis.Runs;

namespace Bench.Analysis.Trimming;

/// <summary>Takes cells out of a run that must not be used, such as those that a fault of the measurement spoilt. The run says so for good.
/// </summary>
public static class CellsLeftOut
{
    private const int MostNamed = 10;

    /// <summary>Takes them out: their rows, their launches and what was found out about them. The exports go, which have rows of them.
    /// </summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="pattern">A pattern of cells' ids; * stands for anything.</param>
    /// <param name="reason">Why, in a sentence.</param>
    /// <param name="allowIncomplete">Whether they are taken out of a run that did not come to its end, too.</param>
    /// <returns>How many cells were taken out.</returns>
    /// <exception cref="RunFormatException">The folder, or a file in it, is missing or damaged, the run did not come to its end, or it has
    /// no such cell.</exception>
    /// <exception cref="IOException">A file cannot be written or deleted.</exception>
    public static int From(RunFolder folder, string pattern, string reason, bool allowIncomplete = false)
    {
        var manifest = folder.ReadPlan();
        TrimPlan.CheckComplete(folder, manifest, allowIncomplete);
        if (manifest.SchemaVersion == 1)
        {
            throw new RunFormatException(folder.ManifestPath, "found a run of version 1, whose timings stand in the exports of all cells "
                + "together; expected one of version 2. Measure again without these cells.");
        }

        List<CellFacts> gone = [.. manifest.Cells.Where(cell => CellPattern.Matches(pattern, cell.Measurement.ToString()))];
        if (gone.Count == 0)
        {
            throw new RunFormatException(folder.ManifestPath, $"found no cell that matches '{pattern}'; there are "
                + $"{string.Join(", ", manifest.Cells.Select(cell => cell.Measurement).Take(MostNamed))}"
                + $"{(manifest.Cells.Count > MostNamed ? ", …" : ".")}");
        }

        // First what the run is said to have: what is left behind of a cell that is in no list is found by nobody.
        folder.WriteManifest(manifest with
        {
            Cells = [.. manifest.Cells.Except(gone)],
            LeftOut = [.. manifest.LeftOut ?? [], new LeftOutCells(pattern, gone.Count, reason)],
        });
        // What was found out about a cell, and what a search measured of it, goes with its last row.
        HashSet<CellId> kept = [.. manifest.Cells.Except(gone).Select(cell => cell.Id)];
        HashSet<MeasurementId> measurements = [.. gone.Select(cell => cell.Measurement)];
        HashSet<CellId> cells = [.. gone.Select(cell => cell.Id).Where(cell => !kept.Contains(cell))];
        foreach (var record in folder.Launches.ReadAll()
            .Where(record => measurements.Contains(record.Name.Measurement) || cells.Contains(record.Name.Cell)))
        {
            folder.Launches.Delete(record.Name);
            folder.Launches.DeletePlan(record.Name.Measurement);
        }

        foreach (var cell in cells)
        {
            folder.Launches.DeleteFindings(cell);
        }

        foreach (var export in Directory.Exists(folder.BenchmarkDotNetPath) ? Directory.GetFiles(folder.BenchmarkDotNetPath) : [])
        {
            File.Delete(export);
        }

        return gone.Count;
    }
}
