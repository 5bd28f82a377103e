using Bench.Analysis.Comparison;
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
    /// <param name="comparison">How the run compares with the reference; null if there is none yet, or if it is to count as the first.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static void Replace(RunFolder reference, RunFolder run, ComparisonReport? comparison, TimeProvider time)
    {
        var target = Trimmed(reference.Path);
        var (incoming, outgoing) = (target + ".new", target + ".old");
        Delete(incoming);
        Copy(run.Path, incoming);
        var replaced = File.Exists(reference.ManifestPath) ? reference.ReadManifest().Id : null;
        ReferenceHistory.After(ReferenceHistory.Read(reference), replaced, run.ReadManifest().Id, comparison, time.GetUtcNow()).Write(incoming);
        if (Directory.Exists(target))
        {
            Directory.Move(target, outgoing);
        }

        Directory.Move(incoming, target);
        Delete(outgoing);
    }

    /// <summary>Refuses places where a replacement could lose something.</summary>
    /// <param name="reference">Where the reference lies, or is to lie.</param>
    /// <param name="run">The run.</param>
    /// <exception cref="ArgumentException">One lies in the other, or both are the same.</exception>
    /// <exception cref="RunFormatException">An earlier replacement was interrupted.</exception>
    public static void CheckPlaces(RunFolder reference, RunFolder run)
    {
        var (target, source) = (Trimmed(reference.Path) + Path.DirectorySeparatorChar, Trimmed(run.Path) + Path.DirectorySeparatorChar);
        if (target.StartsWith(source, StringComparison.Ordinal) || source.StartsWith(target, StringComparison.Ordinal))
        {
            throw new ArgumentException("gate --accept: BASE and CURRENT are the same folder, or one lies in the other.");
        }

        // The old reference must not be taken for none: then the gate would not be asked.
        var outgoing = Trimmed(reference.Path) + ".old";
        if (Directory.Exists(outgoing))
        {
            throw new RunFormatException(
                outgoing, $"an earlier --accept was interrupted. This is the reference from before it: {(Directory.Exists(reference.Path) ? "delete it" : $"rename it to {reference.Path}")}, and try again.");
        }
    }

    private static string Trimmed(string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));

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

    private static void Delete(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
