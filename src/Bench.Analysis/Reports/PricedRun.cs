using Bench.Analysis.Cost;
using Bench.Analysis.Runs;
using Bench.Analysis.Timings;

namespace Bench.Analysis.Reports;

/// <summary>A run, and what an hour of its machine costs.</summary>
/// <param name="Measured">The run.</param>
/// <param name="Price">The price, or why there is none.</param>
public sealed record PricedRun(MeasuredRun Measured, PriceFinding Price)
{
    /// <summary>The run's folder.</summary>
    public RunFolder Folder => Measured.Folder;

    /// <summary>What the run recorded.</summary>
    public RunManifest Manifest => Measured.Manifest;

    /// <summary>Reads runs.</summary>
    /// <param name="folders">The run folders.</param>
    /// <param name="price">What the user says about the machines' price.</param>
    /// <returns>The runs.</returns>
    /// <exception cref="RunFormatException">A folder, or a file in it, is missing or damaged.</exception>
    /// <exception cref="ArgumentException">A hardware key or price is not a valid one.</exception>
    public static IReadOnlyList<PricedRun> Read(IReadOnlyList<RunFolder> folders, RunPrice price)
    {
        price.Check();
        var runs = folders.Select(MeasuredRun.Read).Select(run => new PricedRun(run, price.Of(run.Folder, run.Manifest))).ToList();
        price.Check(runs.Select(run => run.Manifest));
        return runs;
    }

    /// <summary>What this run recorded of a model; null if nothing.</summary>
    internal ModelFacts? Model(string id) => Manifest.Models.FirstOrDefault(model => model.Id == id);
}
