using Bench.Analysis.Cost;
using Bench.Analysis.Equivalence;
using Bench.Analysis.Reports;
using Bench.Analysis.Runs;
using Bench.Analysis.Statistics;
using Bench.Analysis.Statistics.Resampling;

namespace Bench.Analysis.Decision;

/// <summary>Turns runs into decisions, one for each model.</summary>
public static class DecisionBuilder
{
    /// <summary>Reads runs and decides.</summary>
    /// <param name="folders">The run folders, at least one.</param>
    /// <param name="price">What the user says about the machines' price.</param>
    /// <param name="options">What is asked of a choice.</param>
    /// <returns>A decision for each model.</returns>
    /// <exception cref="RunFormatException">A folder is missing or damaged, or the runs cannot be put into one decision.</exception>
    /// <exception cref="ArgumentException">A hardware key, a price or an option is not a valid one.</exception>
    public static IReadOnlyList<ModelDecision> Build(IReadOnlyList<RunFolder> folders, RunPrice price, DecisionOptions options)
    {
        options.Check();
        var runs = PricedRun.Read(folders, price);
        return Build(runs, ReportBuilder.Build(runs, options.Cost), options);
    }

    /// <summary>Decides.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="report">The report on them, with the same cost model.</param>
    /// <param name="options">What is asked of a choice.</param>
    /// <returns>A decision for each model.</returns>
    /// <exception cref="RunFormatException">The runs cannot be put into one decision.</exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static IReadOnlyList<ModelDecision> Build(IReadOnlyList<PricedRun> runs, Report report, DecisionOptions options)
    {
        options.Check();
        Comparable.Check(runs, options);
        return [.. report.Models.Select(model => DecisionRule.Decide(model.Id, Candidates(runs, model, options), options))];
    }

    private static List<Candidate> Candidates(IReadOnlyList<PricedRun> runs, ModelReport model, DecisionOptions options)
    {
        var candidates = new List<Candidate>();
        foreach (var row in model.Rows.Where(row => row is { Latency: not null, Cost: not null, NotComparable: null }))
        {
            var run = runs.Single(run => run.Manifest.Id == row.RunId);
            candidates.Add(Candidate(run, run.Manifest.Cells.Single(cell => cell.Id == row.CellId), row, options, candidates.Count));
        }

        return candidates;
    }

    private static Candidate Candidate(PricedRun run, CellFacts cell, CellRow row, DecisionOptions options, int index)
    {
        var timings = run.Measured.TimingsOf(cell);
        var price = run.Price.Price!;
        return new Candidate(
            row.CellId,
            price.Hardware ?? run.Manifest.Machine.Name,
            row.RunId,
            row.Label,
            price,
            LatencyBound.Of(row.Latency!, timings, options.Quantile),
            row.Latency!.MeanMs,
            (row.LoadMs ?? 0) + (row.EngineBuildMs ?? 0),
            row.Cost!,
            row.PublishedMetricChange ?? (row.IsReference ? 0 : row.Comparison?.MetricChange),
            row.IsReference ? EquivalenceVerdict.Identical : row.Comparison?.Verdict,
            run.Manifest.ModelFile(cell)?.Bytes,
            timings is { Count: > 1 } ? Draws([.. timings.Launches.Select(launch => launch.LatenciesMs)], options, index) : null);
    }

    // Each candidate has a seed of its own: what is drawn for one must say nothing of another.
    private static LatencyDraws Draws(IReadOnlyList<IReadOnlyList<double>> launches, DecisionOptions options, int index)
    {
        var share = options.Quantile.Share();
        var carried = share is { } p && launches.Sum(launch => launch.Count) >= Quantiles.MinimumCount(p) ? share : null;
        return TwoLevelBootstrap.Draws(launches, carried, new BootstrapOptions { Replicates = options.Draws, Seed = options.Seed + index });
    }
}
