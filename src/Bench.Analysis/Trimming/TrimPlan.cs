using Bench.Analysis.Cost;
using Bench.Analysis.Input;
using Bench.Analysis.Measurements;
using Bench.Analysis.Rows;
using Bench.Analysis.Runs;

namespace Bench.Analysis.Trimming;

/// <summary>What a run's folder is to be once it is trimmed.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="Quality">What is kept of the outputs; null if there never were any.</param>
/// <param name="Exports">The exports of BenchmarkDotNet and what they are to hold.</param>
/// <param name="Dropped">The files that go.</param>
/// <param name="Uncompared">The cells with outputs for which the run has no reference.</param>
internal sealed record TrimPlan(
    RunFolder Folder,
    RunQuality? Quality,
    IReadOnlyList<(string Path, byte[] Content)> Exports,
    IReadOnlyList<string> Dropped,
    IReadOnlyList<CellId> Uncompared)
{
    /// <summary>Plans; changes nothing.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="allowIncomplete">Whether a run that did not come to its end is trimmed all the same.</param>
    /// <exception cref="RunFormatException">The folder, or a file in it, is missing or damaged, or the run did not
    /// come to its end.</exception>
    public static TrimPlan Of(RunFolder folder, bool allowIncomplete = false)
    {
        var run = MeasuredRun.Read(folder);
        CheckComplete(folder, run.Manifest, allowIncomplete);
        var outputs = new OutputsToKeep(new PricedRun(run, new RunPrice(PriceCatalogue.BuiltIn())));
        return new TrimPlan(
            folder,
            outputs.Summarise(),
            [.. Files(folder.BenchmarkDotNetPath, "*-report-full.json").Select(file => (file, Short(file)))],
            [
                .. Files(folder.BenchmarkDotNetPath, "benchmark.log"), .. Files(folder.OutputsPath, "*"),
                .. Files(folder.Launches.Path, "*.arrivals.npy"), .. Files(folder.SettingsPath, "*.onnx"),
                .. Files(folder.SearchPath, "*", SearchOption.AllDirectories),
            ],
            outputs.Uncompared);
    }

    /// <summary>A run that did not come to its end is left alone, so that it can go on.</summary>
    /// <exception cref="RunFormatException">The run did not come to its end.</exception>
    internal static void CheckComplete(RunFolder folder, RunManifest manifest, bool allowIncomplete)
    {
        if (!manifest.Complete && !allowIncomplete)
        {
            throw new RunFormatException(folder.ManifestPath,
                "found a run that did not come to its end; expected a complete one. "
                + "Let it go on (--resume) and then trim it, or say --allow-incomplete: it stays incomplete for good.");
        }
    }

    private static string[] Files(string folder, string pattern, SearchOption depth = SearchOption.TopDirectoryOnly)
    {
        var files = Directory.Exists(folder) ? Directory.GetFiles(folder, pattern, depth) : [];
        Array.Sort(files, StringComparer.Ordinal);
        return files;
    }

    private static byte[] Short(string file) => InputFile.Read(
        file,
        int.MaxValue,
        length => $"found {length >> 20} MiB; expected at most {int.MaxValue >> 20}.",
        () => ShortExport.Of(File.ReadAllBytes(file), file));
}
