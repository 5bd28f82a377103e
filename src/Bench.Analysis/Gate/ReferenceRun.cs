using Bench.Analysis.Comparison;
using Bench.Analysis.Input;
using Bench.Analysis.Runs;

namespace Bench.Analysis.Gate;

/// <summary>The run that others are compared with, and the only way to replace it.</summary>
public static class ReferenceRun
{
    /// <summary>Says why a run cannot be a reference.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <returns>One sentence for each reason; empty if it can.</returns>
    /// <exception cref="RunFormatException">It is no run, or damaged.</exception>
    public static IReadOnlyList<string> Objections(RunFolder folder)
    {
        var manifest = folder.ReadManifest();
        var failed = manifest.Cells.Where(cell => cell.Status is CellStatus.Failed or CellStatus.Pending).Select(cell => cell.Id).ToList();
        var imitated = manifest.Cells.Where(cell => cell.NotComparable is not null).Select(cell => cell.Id).ToList();
        return
        [
            .. manifest.Complete ? Array.Empty<string>() : ["the run was interrupted."],
            .. manifest.Git.Commit is "unknown" or "" ? ["its commit is not known; measure it in a checkout."] : Array.Empty<string>(),
            .. manifest.Git.Dirty ? ["it was measured with uncommitted changes."] : Array.Empty<string>(),
            .. manifest.IsSlowedDown ? ["it was slowed down on purpose."] : Array.Empty<string>(),
            .. failed.Count > 0 ? [$"{string.Join(", ", failed)} failed."] : Array.Empty<string>(),
            .. imitated.Count > 0 ? [$"{string.Join(", ", imitated)} must not be compared."] : Array.Empty<string>(),
            .. manifest.Cells.Any(cell => cell.Status == CellStatus.Measured) ? Array.Empty<string>() : ["nothing was measured."],
        ];
    }

    /// <summary>Puts a copy of a run in the reference's place. The old one goes only when the new one is whole.</summary>
    /// <param name="reference">Where the reference lies, or is to lie.</param>
    /// <param name="run">The run, without objections and past the gate.</param>
    /// <param name="comparison">How the run compares with the reference; null if there is none yet, or if it is to
    /// count as the first.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static void Replace(RunFolder reference, RunFolder run, ComparisonReport? comparison, TimeProvider time)
    {
        var replaced = File.Exists(reference.ManifestPath) ? reference.ReadManifest().Id : null;
        var history = ReferenceHistory.After(ReferenceHistory.Read(reference.Path), replaced, run.ReadManifest().Id, comparison,
            time.GetUtcNow());
        ReferencePlace.ReplaceFolder(reference.Path, folder =>
        {
            Copy(run.Path, folder);
            history.WriteFile(Path.Combine(folder, ReferenceHistory.Name));
        });
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
