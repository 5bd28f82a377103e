using System.Globalization;
using Bench.Analysis.Measurements;
using Bench.Analysis.Runs;

namespace Bench.Analysis.Fleets;

/// <summary>Makes one run of all that was measured on nodes of a kind: what reads runs reads it, and nodes are its unit of
/// replication.</summary>
public static class FleetMerge
{
    private const int DigitsOfCommit = 7;

    /// <summary>Writes a run for each kind of machine that something counts of. Those of an earlier collection are replaced, and taken away
    /// where nothing counts any more.</summary>
    /// <param name="collection">What was collected.</param>
    /// <param name="parent">The folder that they go into, each under the name of its kind.</param>
    /// <returns>The runs, in the order of the manifest.</returns>
    /// <exception cref="Input.RunFormatException">A file of a run is missing or damaged.</exception>
    /// <exception cref="IOException">The folder cannot be written, or what stands there is no collected run.</exception>
    public static IReadOnlyList<RunFolder> WriteAll(FleetCollection collection, string parent)
    {
        var kinds = collection.Manifest.Machines.Select(machine => (
            machine.Name, Runs: collection.Runs.Where(run => run.Unit.Machine == machine.Name).ToList())).ToList();
        foreach (var (machine, _) in kinds)
        {
            ThrowIfForeign(Path.Combine(parent, machine));
        }

        // All are written before any of an earlier collection goes.
        var written = kinds.Where(kind => kind.Runs.Count > 0).Select(kind => (kind.Name, Folder: Write(kind.Name, kind.Runs, parent)))
            .ToList();
        foreach (var before in kinds.Select(kind => Path.Combine(parent, kind.Name)).Where(Directory.Exists))
        {
            Directory.Delete(before, recursive: true);
        }

        return written.ConvertAll(run =>
        {
            var target = Path.Combine(parent, run.Name);
            Directory.Move(run.Folder.Path, target);
            return new RunFolder(target);
        });
    }

    /// <summary>Writes the run of a kind of machine, under another name than that of the kind.</summary>
    private static RunFolder Write(string machine, IReadOnlyList<CollectedRun> runs, string parent)
    {
        var unfinished = Path.Combine(parent, $".{machine}.partial");
        if (Directory.Exists(unfinished))
        {
            Directory.Delete(unfinished, recursive: true);
        }

        var folder = new RunFolder(unfinished);
        Directory.CreateDirectory(folder.OutputsPath);
        var rounds = 0;
        var measured = runs.SelectMany(run => MeasuredIn(run.Measured.Manifest)).ToHashSet();
        var severalNodes = runs.GroupBy(run => run.Unit.Model).Where(model => model.DistinctBy(run => run.Node).Count() > 1)
            .Select(model => model.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var run in runs)
        {
            // What failed on this node counts nowhere if another node has it; the collection names it.
            var missed = run.Measured.Manifest.Cells.Select(cell => cell.Measurement).Except(MeasuredIn(run.Measured.Manifest))
                .Where(measured.Contains).ToHashSet();
            rounds = Copy(run, severalNodes.Contains(run.Unit.Model) ? run.Node : null, missed, folder, rounds);
        }

        folder.WriteManifest(Manifest(machine, runs));
        return folder;
    }

    /// <summary>Nothing is deleted but what was written here.</summary>
    private static void ThrowIfForeign(string target)
    {
        var folder = new RunFolder(target);
        if (Directory.Exists(target) && (!File.Exists(folder.ManifestPath) || folder.ReadPlan().Nodes is null))
        {
            throw new IOException($"{target} stands there already, and is no run that a fleet was collected into; choose another folder.");
        }
    }

    /// <summary>Copies what was measured on a node; its rounds come after those of the nodes before it.</summary>
    /// <returns>The last round that was written.</returns>
    private static int Copy(CollectedRun run, string? node, HashSet<MeasurementId> missed, RunFolder target, int before)
    {
        var (launches, last) = (run.Measured.Folder.Launches, before);
        foreach (var record in launches.ReadAll().Where(record => !missed.Contains(record.Name.Measurement)))
        {
            var name = record.Name;
            var moved = record with
            {
                Round = record.Round + before,
                Facts = record.Facts is { } facts ? facts with { Round = facts.Round + before, Node = node } : null,
            };
            target.Launches.Write(moved, record.IsFinished ? launches.ReadLatencies(name) : []);
            if (launches.ReadSpoken(name) is { } spoken)
            {
                target.Launches.Write(moved.Name, spoken);
            }

            if (record.Outputs?.File is { } outputs && !File.Exists(Path.Combine(target.Path, outputs)))
            {
                // Files of outputs are named by what is in them.
                File.Copy(Path.Combine(run.Measured.Folder.Path, outputs), Path.Combine(target.Path, outputs));
            }

            last = Math.Max(last, moved.Round);
        }

        foreach (var cell in run.Measured.Manifest.Cells.Where(cell => !missed.Contains(cell.Measurement)))
        {
            if (launches.ReadInspection(cell.Id) is { } inspection && target.Launches.ReadInspection(cell.Id) is null)
            {
                target.Launches.Write(inspection);
            }
        }

        return last;
    }

    private static IEnumerable<MeasurementId> MeasuredIn(RunManifest manifest) =>
        manifest.Cells.Where(cell => cell.Status == CellStatus.Measured).Select(cell => cell.Measurement);

    private static RunManifest Manifest(string machine, IReadOnlyList<CollectedRun> runs)
    {
        var all = runs.Select(run => run.Measured.Manifest).ToList();
        var (first, started) = (all[0], all.Min(run => run.StartedUtc));
        var commit = string.Concat(first.Git.Commit.Take(DigitsOfCommit));
        return first with
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"{started:yyyyMMdd-HHmmss}-{machine}-{commit}"),
            StartedUtc = started,
            // Each came to its end; what was not measured, the collection names.
            Complete = true,
            EndedUtc = all.Max(run => run.EndedUtc),
            Machine = first.Machine with { Name = machine },
            Nodes = [.. runs.Select(run => run.Node).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            Models = [.. all.SelectMany(run => run.Models).DistinctBy(model => model.Id)],
            // What one node could not measure another one may have.
            Cells = [.. all.SelectMany(run => run.Cells).GroupBy(cell => cell.Measurement)
                .Select(same => same.FirstOrDefault(cell => cell.Status == CellStatus.Measured) ?? same.First())],
        };
    }
}
