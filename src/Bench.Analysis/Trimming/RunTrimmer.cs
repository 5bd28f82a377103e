using Bench.Analysis.Cost;
using Bench.Analysis.Input;
using Bench.Analysis.Measurements;
using Bench.Analysis.Reports;
using Bench.Analysis.Runs;

namespace Bench.Analysis.Trimming;

/// <summary>Keeps what the report of a run needs and drops the rest, for runs that are committed.</summary>
/// <remarks>
/// Outputs become <c>quality.json</c>, exports of BenchmarkDotNet lose their spaces and what they say twice; the log and the arrivals
/// of open loads go. Of a search its points stay (<c>tune.json</c>), and neither its launches nor the network that was made. Files are
/// written first, each whole, and deleted last, so that the folder can be read at any moment and what was stopped can be done again.
/// </remarks>
public static class RunTrimmer
{
    /// <summary>Trims a run. One that is trimmed already stays as it is.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="allowIncomplete">Whether a run that did not come to its end is trimmed all the same.</param>
    /// <returns>What it did.</returns>
    /// <exception cref="RunFormatException">The folder, or a file in it, is missing or damaged; the run did not come to its end; or its
    /// report would be another one, and nothing was changed.</exception>
    /// <exception cref="IOException">A file cannot be written or deleted.</exception>
    public static TrimmedRun Trim(RunFolder folder, bool allowIncomplete = false) => CarryOut(TrimPlan.Of(folder, allowIncomplete));

    /// <summary>Does what was planned, if the report stays the same.</summary>
    internal static TrimmedRun CarryOut(TrimPlan plan)
    {
        var folder = plan.Folder;
        var before = Bytes(folder);
        CheckReport(plan);
        if (plan.Quality is { } quality)
        {
            WriteIfChanged(folder.QualityPath, quality.ToUtf8());
        }

        foreach (var (path, content) in plan.Exports)
        {
            WriteIfChanged(path, content);
        }

        foreach (var file in plan.Dropped)
        {
            File.Delete(file);
        }

        // A run that did not come to its end cannot go on without its outputs.
        foreach (var path in new[] { folder.OutputsPath, folder.WorkPath, folder.SearchPath }.Where(Directory.Exists))
        {
            Directory.Delete(path, recursive: true);
        }

        return new TrimmedRun(before, Bytes(folder), plan.Uncompared);
    }

    /// <summary>Makes the report from what will be left, in another place, and compares it with that from all that is there.</summary>
    private static void CheckReport(TrimPlan plan)
    {
        var left = Directory.CreateTempSubdirectory("bench-trim-");
        try
        {
            var rest = new RunFolder(left.FullName);
            CopyInto(rest, plan);
            var price = new RunPrice(PriceCatalogue.BuiltIn());
            var (whole, kept) = (ReportBuilder.Build([plan.Folder], price), ReportBuilder.Build([rest], price));
            CheckEqual(plan.Folder, "report in markdown", MarkdownReport.Write(whole), MarkdownReport.Write(kept));
            CheckEqual(plan.Folder, "report in JSON", JsonReport.Write(whole), JsonReport.Write(kept));
        }
        finally
        {
            left.Delete(recursive: true);
        }
    }

    private static void CopyInto(RunFolder rest, TrimPlan plan)
    {
        File.Copy(plan.Folder.ManifestPath, rest.ManifestPath);
        if (File.Exists(TuneRecord.PathOf(plan.Folder)))
        {
            File.Copy(TuneRecord.PathOf(plan.Folder), TuneRecord.PathOf(rest));
        }

        if (Directory.Exists(plan.Folder.Launches.Path))
        {
            Directory.CreateDirectory(rest.Launches.Path);
            foreach (var file in Directory.GetFiles(plan.Folder.Launches.Path).Except(plan.Dropped))
            {
                File.Copy(file, Path.Combine(rest.Launches.Path, Path.GetFileName(file)));
            }
        }

        Directory.CreateDirectory(rest.BenchmarkDotNetPath);
        foreach (var (path, content) in plan.Exports)
        {
            File.WriteAllBytes(Path.Combine(rest.BenchmarkDotNetPath, Path.GetFileName(path)), content);
        }

        if (plan.Quality is { } quality)
        {
            File.WriteAllBytes(rest.QualityPath, quality.ToUtf8());
        }
    }

    private static void CheckEqual(RunFolder folder, string what, string whole, string kept)
    {
        if (whole == kept)
        {
            return;
        }

        var (expected, found) = (whole.Split('\n'), kept.Split('\n'));
        var line = Enumerable.Range(0, Math.Max(expected.Length, found.Length))
            .First(i => expected.ElementAtOrDefault(i) != found.ElementAtOrDefault(i));
        throw new RunFormatException(folder.Path, FormattableString.Invariant(
            $"without what would be dropped the {what} is another one, from line {line + 1}: found '{found.ElementAtOrDefault(line)}'; ")
            + $"expected '{expected.ElementAtOrDefault(line)}'. Nothing was changed.");
    }

    private static void WriteIfChanged(string path, byte[] content)
    {
        if (!File.Exists(path) || !File.ReadAllBytes(path).AsSpan().SequenceEqual(content))
        {
            AtomicFile.Write(path, content);
        }
    }

    private static long Bytes(RunFolder folder) =>
        new DirectoryInfo(folder.Path).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
}

/// <summary>What trimming a run did.</summary>
/// <param name="BytesBefore">What the folder's files took before.</param>
/// <param name="BytesAfter">What they take now.</param>
/// <param name="Uncompared">Cells for which the run has no reference: of their outputs it is only known whether others are equal to
/// them.</param>
public sealed record TrimmedRun(long BytesBefore, long BytesAfter, IReadOnlyList<CellId> Uncompared);
