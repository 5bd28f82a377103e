using Bench.Analysis.Cost;
using Bench.Analysis.Input;
using Bench.Analysis.Rows;
using Bench.Analysis.Runs;

namespace Bench.Analysis.Decision;

/// <summary>Refuses runs that cannot be put into one decision.</summary>
internal static class Comparable
{
    /// <exception cref="RunFormatException">They cannot; all faults are named.</exception>
    public static void Check(IReadOnlyList<PricedRun> runs, DecisionOptions options)
    {
        var faults = Twice(runs).Concat(Incomplete(runs, options)).Concat(Unpriced(runs)).Concat(OtherNetworks(runs)).ToList();
        if (faults.Count > 0)
        {
            throw new RunFormatException(string.Join(", ", runs.Select(run => run.Folder.Path)), Faults.Text(faults));
        }
    }

    /// <exception cref="RunFormatException">Several runs measured the same cell on the same machine:
    /// that is one product, not two.</exception>
    public static void CheckProducts(IReadOnlyList<PricedRun> runs, IReadOnlyList<Candidate> candidates)
    {
        RunManifest Manifest(Candidate candidate) => runs.First(run => run.Manifest.Id == candidate.RunId).Manifest;
        var twice = candidates.GroupBy(candidate => (Cell: candidate.Measurement, Machine: LatestRuns.MachineOf(Manifest(candidate))))
            .Where(same => same.Count() > 1).ToList();
        if (twice.Count > 0)
        {
            throw new RunFormatException(string.Join(", ", runs.Select(run => run.Folder.Path)), Faults.Text([.. twice.Select(same =>
                $"found {same.Key.Cell} on {CellDevice.LabelOf(Manifest(same.First()).Machine)} in "
                + $"{string.Join(" and ", same.Select(candidate => candidate.RunId))}; expected one run of a cell on a machine.")])
                + " Leave the others out; bench decide --latest does.");
        }
    }

    private static IEnumerable<string> Twice(IReadOnlyList<PricedRun> runs) =>
    [
        .. runs.GroupBy(run => run.Manifest.Id).Where(same => same.Count() > 1)
            .Select(same => $"found the run {same.Key} {same.Count()} times; expected every run once."),
        .. runs.SelectMany(run => run.Manifest.Cells.GroupBy(cell => cell.Measurement).Where(same => same.Count() > 1)
            .Select(same => $"found the cell {same.Key} {same.Count()} times in {run.Manifest.Id}; expected every cell once.")),
    ];

    private static IEnumerable<string> Incomplete(IReadOnlyList<PricedRun> runs, DecisionOptions options) => runs
        .Where(run => !run.Manifest.Complete && !options.AllowIncomplete)
        .Select(run => $"{run.Manifest.Id} is incomplete: it was interrupted, and what it did not measure could be cheaper. "
            + "Measure again, or give --allow-incomplete.");

    private static IEnumerable<string> Unpriced(IReadOnlyList<PricedRun> runs) => runs
        .Where(run => run.DevicePrices is { Count: > 0 } prices && prices.All(entry => entry.Price is null))
        .Select(run => run.Manifest.IsSlowedDown
            ? $"{run.Manifest.Id} was slowed down on purpose (--slow-down): nothing can be decided from it."
            : $"{run.Manifest.Id} has no price, for {run.DevicePrices[0].WhyNot}. "
                + $"Give --hardware {run.Manifest.Id}=KEY (bench prices lists them) or --usd-per-hour {run.Manifest.Id}=X.");

    /// <summary>Two networks by the same name are two models.</summary>
    private static IEnumerable<string> OtherNetworks(IReadOnlyList<PricedRun> runs) => runs
        .SelectMany(run => run.Manifest.Models.Where(model => run.Manifest.Cells.Any(cell => cell.Model == model.Id))
            .Select(model => (Run: run.Manifest.Id, Model: model)))
        .GroupBy(run => run.Model.Id)
        .SelectMany(model => ModelIdentity.Differing([.. model]).Select(difference =>
            $"the runs measured different {(difference.IsOfSources ? "networks" : "files")} of {model.Key} at {difference.Kind}: "
            + $"{string.Join(", ", difference.Found.Select(found => $"{Short(found.Sha256)} in {found.Run}"))}; expected one model."));

    private static string Short(string sha256) => sha256[..Math.Min(12, sha256.Length)];
}
