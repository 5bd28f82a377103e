using Bench.Analysis.Cost;
using Bench.Analysis.Exports;
using Bench.Analysis.Runs;
using Bench.Analysis.Timings;

namespace Bench.Analysis.Comparison;

/// <summary>One side of a comparison: a run, or exports of any benchmarks.</summary>
/// <param name="Source">The path as given.</param>
/// <param name="Benchmarks">What was measured, or should have been.</param>
/// <param name="Traits">What is known of machine, software and protocol.</param>
/// <param name="Run">The run; null for exports.</param>
/// <param name="Price">What an hour of the machine costs; null if unknown.</param>
/// <param name="IsMarkdown">Whether some of it is from tables in markdown.</param>
public sealed record ComparisonSide(
    string Source, IReadOnlyList<SideBenchmark> Benchmarks, IReadOnlyList<Trait> Traits, MeasuredRun? Run, HourlyPrice? Price, bool IsMarkdown)
{
    /// <summary>Reads one side.</summary>
    /// <param name="path">A run folder, an export of BenchmarkDotNet, or a folder of exports.</param>
    /// <param name="price">What the user says about the machine's price.</param>
    /// <returns>The side.</returns>
    /// <exception cref="RunFormatException">It is missing, damaged, or none of these.</exception>
    public static ComparisonSide Read(string path, RunPrice price)
    {
        // Whoever gives the manifest means the run.
        var folder = new RunFolder(Path.GetFileName(path) == "run.json" ? Path.GetDirectoryName(path) ?? path : path);
        return File.Exists(folder.ManifestPath) ? FromRun(folder, price) : FromExport(path);
    }

    private static ComparisonSide FromRun(RunFolder folder, RunPrice price)
    {
        var run = MeasuredRun.Read(folder);
        var duplicate = run.Manifest.Cells.GroupBy(cell => cell.Id).FirstOrDefault(cells => cells.Count() > 1);
        return duplicate is null
            ? new ComparisonSide(
                folder.Path,
                [.. run.Manifest.Cells.Select(cell => SideBenchmark.Of(run, cell))],
                Trait.Of(run.Manifest),
                run,
                price.Of(folder, run.Manifest).Price,
                IsMarkdown: false)
            : throw new RunFormatException(folder.ManifestPath, $"found the cell {duplicate.Key} {duplicate.Count()} times; expected every cell once.");
    }

    private static ComparisonSide FromExport(string path)
    {
        var export = ExportFolder.Read(path);
        var benchmarks = export.Benchmarks.Count == 0
            ? throw new RunFormatException(path, "found no benchmark in it; expected at least one. Nothing was measured.")
            : SideBenchmark.Of(export);
        return new ComparisonSide(path, benchmarks, [.. export.Machine.Select(trait => Trait.Of(trait.Key, trait.Value))], null, null, export.IsMarkdown);
    }
}
