using Bench.Analysis.Input;
using Bench.Analysis.Runs;

namespace Bench.Benchmarks.Fleets;

/// <summary>The run that an attempt came to.</summary>
/// <param name="Path">Its folder.</param>
/// <param name="IsMeasured">Whether anything was measured in it.</param>
/// <param name="IsComplete">Whether nothing of it could be measured yet: no launch ended for want of a disk, or by a crash.</param>
internal sealed record WorkerRun(string Path, bool IsMeasured, bool IsComplete)
{
    private const int MostReasons = 3;

    /// <summary>Finds it.</summary>
    /// <param name="work">Where the attempt measured.</param>
    /// <param name="files">The files that a complete run has.</param>
    /// <returns>The run with its report, or why there is none.</returns>
    public static (WorkerRun? Run, string? Fault) Find(string work, IReadOnlyList<string> files)
    {
        if (!Directory.Exists(work) || Directory.GetDirectories(work) is not [var path])
        {
            return (null, $"{work}: expected one run folder.");
        }

        if (files.Where(file => !File.Exists(System.IO.Path.Combine(path, file))).ToList() is { Count: > 0 } missing)
        {
            return (null, $"{path}: found no {string.Join(", ", missing)}.");
        }

        var manifest = new RunFolder(path).ReadManifest();
        return (new WorkerRun(path, manifest.Cells.Any(cell => cell.Status == CellStatus.Measured), manifest.Complete), null);
    }

    /// <summary>What the run itself says of cells that failed, or that were asked for and are not available.</summary>
    /// <param name="work">Where the attempt measured.</param>
    /// <returns>Sentences with a space before each; nothing where nothing is said.</returns>
    public static string Failures(string work)
    {
        try
        {
            var reasons = (Directory.Exists(work) ? Directory.GetDirectories(work) : []).Select(run => new RunFolder(run))
                .Where(run => File.Exists(run.ManifestPath)).SelectMany(run => run.ReadManifest().Cells)
                .Where(cell => cell is { Status: CellStatus.Failed or CellStatus.Unavailable, Reason: not null })
                .OrderBy(cell => cell.Status == CellStatus.Failed ? 0 : 1).GroupBy(cell => cell.Reason)
                .Select(same => $" {same.First().Id}: {same.Key}").Take(MostReasons);
            return string.Concat(reasons).ReplaceLineEndings(" ");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or RunFormatException)
        {
            return string.Empty;
        }
    }
}
