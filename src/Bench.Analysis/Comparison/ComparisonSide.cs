using Bench.Analysis.Cost;
using Bench.Analysis.Exports;
using Bench.Analysis.Input;
using Bench.Analysis.Measurements;
using Bench.Analysis.Runs;

namespace Bench.Analysis.Comparison;

/// <summary>One side of a comparison: a run, or exports of any benchmarks.</summary>
/// <param name="Source">The path as given.</param>
/// <param name="Benchmarks">What was measured, or should have been.</param>
/// <param name="Traits">What is known of machine, software and protocol.</param>
/// <param name="Run">The run; null for exports.</param>
/// <param name="IsMarkdown">Whether some of it is from tables in markdown.</param>
public sealed record ComparisonSide(
    string Source, IReadOnlyList<SideBenchmark> Benchmarks, IReadOnlyList<Trait> Traits, MeasuredRun? Run, bool IsMarkdown)
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

    /// <summary>Reads both sides of a comparison.</summary>
    /// <param name="basePath">A run folder, an export of BenchmarkDotNet, or a folder of exports.</param>
    /// <param name="currentPath">The same of the current side; null to compare cells of one run.</param>
    /// <param name="options">What is said of prices, and which cells of one run are paired.</param>
    /// <returns>The sides.</returns>
    /// <exception cref="RunFormatException">A side is missing, damaged, or none of these.</exception>
    /// <exception cref="ArgumentException">What is said of prices fits no run, or patterns match no cell.</exception>
    internal static (ComparisonSide Base, ComparisonSide Current) ReadBoth(string basePath, string? currentPath, ComparisonOptions options)
    {
        options.Check();
        options.Price.Check();
        if (currentPath is null != options.Pairing is not null)
        {
            throw new ArgumentException("Expected BASE and CURRENT, or one RUN with --base-cell and --current-cell.");
        }

        var baseline = Read(basePath, options.Price);
        var current = currentPath is null ? baseline : Read(currentPath, options.Price);
        if (baseline.Run is null && current.Run is null && options.Price.IsGiven)
        {
            throw new ArgumentException($"Prices are for cells: {basePath} is an export of BenchmarkDotNet, whose benchmarks have none. "
                + "Leave --hardware, --usd-per-hour and --provider out.");
        }

        options.Price.Check([.. new[] { baseline, current }.Distinct().Select(side => side.Run?.Manifest).OfType<RunManifest>()]);
        return options.Pairing is { } pairing ? baseline.Parts(pairing) : (baseline, current);
    }

    private (ComparisonSide Base, ComparisonSide Current) Parts(CellPairing pairing)
    {
        var (from, to) = (Part(pairing.Base, "--base-cell", pairing.Current), Part(pairing.Current, "--current-cell", pairing.Current));
        var same = from.Benchmarks.Select(benchmark => benchmark.Cell?.Measurement).OfType<MeasurementId>()
            .Intersect(to.Benchmarks.Select(benchmark => benchmark.Cell?.Measurement)).FirstOrDefault();
        return same is null ? (from, to)
            : throw new ArgumentException($"--base-cell, --current-cell: both match {same}; "
                + "expected patterns of different cells, such as '*/ort-cpu@1.30.0/*' and '*/ort-cpu@1.31.0/*'.");
    }

    /// <summary>The cells that match a pattern, named as the current side would call them.</summary>
    private ComparisonSide Part(string pattern, string option, string namedBy)
    {
        var named = Benchmarks.Select(benchmark => (Benchmark: benchmark, Parts: CellPattern.Parts(pattern, benchmark.Name)))
            .Where(entry => entry.Parts is not null).ToList();
        var apart = named.Find(entry => entry.Benchmark is { HasRounds: false, Failure: null }).Benchmark;
        return apart is not null
                ? throw new ArgumentException($"{option}: the launches of {apart.Name} did not take turns with others, so that there is "
                    + "nothing to pair: BenchmarkDotNet makes all launches of a benchmark one after the other. Expected a run of Bench.")
            : named.Count == 0
                ? throw new ArgumentException(
                    $"{option}: '{pattern}' matches no cell of {Source}; expected a pattern such as */ort-cpu@1.30.0/*.")
            : CellPattern.Filled(namedBy, named[0].Parts!) is null
                ? throw new ArgumentException(
                    $"{option}: '{pattern}' has other stars than '{namedBy}'; expected as many, which stand for the same.")
            : this with
            {
                Benchmarks = [.. named.Select(
                    entry => entry.Benchmark with { Name = CellPattern.Filled(namedBy, entry.Parts!)!, Identity = null })],
            };
    }

    private static ComparisonSide FromRun(RunFolder folder, RunPrice price)
    {
        var run = MeasuredRun.Read(folder);
        run.Manifest.ThrowIfSearch(folder);
        var duplicate = run.Manifest.Cells.GroupBy(cell => cell.Measurement).FirstOrDefault(cells => cells.Count() > 1);
        return duplicate is null
            ? new ComparisonSide(
                folder.Path,
                [.. run.Manifest.Cells
                    .Select(cell => SideBenchmark.Of(run, cell) with { Price = price.Of(folder, run.Manifest, cell).Price })],
                Trait.Of(run.Manifest),
                run,
                IsMarkdown: false)
            : throw new RunFormatException(
                folder.ManifestPath, $"found the cell {duplicate.Key} {duplicate.Count()} times; expected every cell once.");
    }

    private static ComparisonSide FromExport(string path)
    {
        var export = ExportFolder.Read(path);
        var benchmarks = export.Benchmarks.Count == 0
            ? throw new RunFormatException(
                path, $"found no benchmark in it; expected at least one. Nothing was measured{OfOldVersion(export)}.")
            : SideBenchmark.Of(export);
        return new ComparisonSide(path, benchmarks, Trait.Of(export.Machine), null, export.IsMarkdown);
    }

    /// <summary>What versions before 0.12 wrote differs, and their exports of some classes are empty.</summary>
    private static string OfOldVersion(Export export) =>
        export.Machine.TryGetValue(MachineTraits.BenchmarkDotNet, out var version)
        && Version.TryParse(version.Split('-', '+')[0], out var number) && number < new Version(0, 12)
            ? $", or BenchmarkDotNet {version} did not export it: that is older than 0.12, whose exports keep no measurements"
            : string.Empty;
}
