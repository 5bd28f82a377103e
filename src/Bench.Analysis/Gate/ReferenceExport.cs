using System.Security.Cryptography;
using Bench.Analysis.Comparison;
using Bench.Analysis.Cost;
using Bench.Analysis.Exports;
using Bench.Analysis.Input;

namespace Bench.Analysis.Gate;

/// <summary>
/// Exports of BenchmarkDotNet that others are compared with, a file or a folder of them, and the only way to replace them that remembers
/// the first.
/// </summary>
public static class ReferenceExport
{
    private const int LengthOfId = 12;
    private const byte CarriageReturn = (byte)'\r';

    /// <summary>
    /// What exports are called in records: by their contents, whatever their files are called and however their lines end.
    /// </summary>
    /// <param name="path">A file, or a folder with exports in it or in its folder <c>results</c>.</param>
    /// <returns>For example <c>exports-1a2b3c4d5e6f</c>.</returns>
    /// <exception cref="RunFormatException">There is no export, or one is damaged.</exception>
    public static string IdOf(string path) => IdOf(ExportFolder.Read(path));

    /// <summary>Says why exports cannot be a reference.</summary>
    /// <param name="path">A file or a folder.</param>
    /// <returns>One sentence for each reason; empty if they can.</returns>
    /// <exception cref="RunFormatException">There is no export, or one is damaged.</exception>
    public static IReadOnlyList<string> Objections(string path)
    {
        var side = Side(path);
        var failed = side.Benchmarks.Where(benchmark => benchmark.Failure is not null).Select(benchmark => benchmark.Label).ToList();
        var unknown = Trait.MustBeKnown.Where(name => side.Traits.FirstOrDefault(trait => trait.Name == name)?.Key is null).ToList();
        return
        [
            .. failed.Count == 0 ? Array.Empty<string>() : [$"{Faults.Names(failed)} failed."],
            .. failed.Count < side.Benchmarks.Count ? Array.Empty<string>() : ["nothing was measured."],
            .. unknown.Count == 0 ? Array.Empty<string>()
                : [$"it does not say its {string.Join(", ", unknown)}, so that nothing could be compared with it."],
            .. side.Traits.Any(trait => trait is { Name: MachineTraits.Configuration, Value: "DEBUG" })
                ? ["it was measured in a Debug build."] : Array.Empty<string>(),
        ];
    }

    /// <summary>Says where a reference will be of little use.</summary>
    /// <param name="path">A file or a folder.</param>
    /// <returns>A sentence; null if there is nothing to say.</returns>
    /// <exception cref="RunFormatException">There is no export, or one is damaged.</exception>
    public static string? Remark(string path)
    {
        var benchmarks = Side(path).Benchmarks;
        var single = benchmarks.Count(benchmark => benchmark.Launches.Count < 2);
        return single == 0 ? null
            : $"{single} of {benchmarks.Count} benchmarks have a single launch, and nothing can pass beside them. Measure with "
                + "--launchCount 5: it takes five times as long.";
    }

    /// <summary>Refuses a reference that could lose something, or could not be read afterwards.</summary>
    /// <param name="reference">Where the reference lies, or is to lie.</param>
    /// <param name="current">The exports.</param>
    /// <exception cref="ArgumentException">The one is a file and the other holds several, they are of different kinds, or other files lie
    /// in the folder.</exception>
    /// <exception cref="RunFormatException">An earlier replacement was interrupted.</exception>
    public static void CheckPlaces(string reference, string current)
    {
        var files = ExportFolder.Read(current).Files;
        ReferencePlace.Check(reference, current);
        if (ReferencePlace.IsFile(reference) && files.Count > 1)
        {
            throw new ArgumentException($"gate --accept: {reference} is a file, and {current} holds {files.Count} exports; expected a "
                + "folder for BASE.");
        }

        if (ReferencePlace.IsFile(reference) && !string.Equals(Path.GetExtension(reference), Path.GetExtension(files[0]),
            StringComparison.OrdinalIgnoreCase))
        {
            throw new ArgumentException($"gate --accept: {reference} and {files[0]} are of different kinds; expected the same ending.");
        }

        if (ReferencePlace.IsFile(reference) && IsTable(reference) && Path.GetFileName(reference) != Path.GetFileName(files[0]))
        {
            throw new ArgumentException("gate --accept: the name of a table's file says its class, and "
                + $"{reference} is called otherwise than {files[0]}; expected a folder for BASE, or the same name.");
        }

        // The folder is replaced as a whole.
        if (Directory.Exists(reference) && Directory.EnumerateFileSystemEntries(reference).FirstOrDefault(IsOther) is { } other)
        {
            throw new ArgumentException($"gate --accept: found {other}, which is no export; expected a folder for BASE with exports and "
                + "nothing else, because it is replaced as a whole.");
        }
    }

    /// <summary>Where a reference comes from.</summary>
    /// <param name="path">The reference.</param>
    /// <returns>What is remembered of it; null if it was not put there by <c>gate --accept</c>.</returns>
    /// <exception cref="RunFormatException">The record is damaged, or of other exports than those that lie there.</exception>
    public static ReferenceHistory? History(string path)
    {
        if (ReferenceHistory.Read(path) is not { } history)
        {
            return null;
        }

        return history.Run == IdOf(path) ? history : throw new RunFormatException(
            ReferenceHistory.PathOf(path),
            $"it is the record of {history.Run}, and {path} holds {IdOf(path)}: the exports were replaced without bench gate --accept, or "
                + "an acceptance was interrupted. "
            + "Put the exports back, or delete the record: then small losses count anew.");
    }

    /// <summary>Puts copies of exports in the reference's place. The old ones go only when the new ones are whole.</summary>
    /// <param name="reference">Where the reference lies, or is to lie.</param>
    /// <param name="current">The exports, without objections and past the gate.</param>
    /// <param name="comparison">How they compare with the reference; null if there is none yet, or if they are to count as the
    /// first.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="IOException">The place cannot be written.</exception>
    /// <exception cref="RunFormatException">An export is damaged.</exception>
    public static void Replace(string reference, string current, ComparisonReport? comparison, TimeProvider time)
    {
        var export = ExportFolder.Read(current);
        var replaced = ReferencePlace.IsFree(reference) ? null : IdOf(reference);
        var before = replaced is null || comparison is null ? null : History(reference);
        var history = ReferenceHistory.After(before, replaced, IdOf(export), comparison, time.GetUtcNow());
        if (ReferencePlace.IsFile(reference))
        {
            // Should this end between the two, the record is not of the export, and the gate says so.
            ReferencePlace.ReplaceFile(ReferenceHistory.PathOf(reference), history.WriteFile);
            ReferencePlace.ReplaceFile(reference, path => File.Copy(export.Files[0], path));
            return;
        }

        ReferencePlace.ReplaceFolder(reference, folder =>
        {
            foreach (var file in export.Files)
            {
                File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
            }

            history.WriteFile(Path.Combine(folder, ReferenceHistory.Name));
        });
    }

    private static ComparisonSide Side(string path) => ComparisonSide.Read(path, new RunPrice(PriceCatalogue.BuiltIn()));

    private static bool IsTable(string path) => path.EndsWith(".md", StringComparison.OrdinalIgnoreCase);

    private static bool IsOther(string entry) => Directory.Exists(entry)
        || !(Path.GetFileName(entry) is ReferenceHistory.Name or ReferencePlace.KeptByGit || Path.GetFileName(entry)
            .Contains("-report", StringComparison.OrdinalIgnoreCase));

    private static string IdOf(Export export)
    {
        var hashes = export.Files.Select(file => Convert.ToHexStringLower(
            SHA256.HashData([.. File.ReadAllBytes(file).Where(c => c != CarriageReturn)])));
        return "exports-" + Convert.ToHexStringLower(SHA256.HashData(
            [.. hashes.Order(StringComparer.Ordinal).SelectMany(hash => hash.Select(c => (byte)c))]))[..LengthOfId];
    }
}
