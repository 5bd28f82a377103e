using Bench.Analysis.Equivalence;
using Bench.Analysis.Json;
using Bench.Analysis.Rendering;
using Bench.Analysis.Rows;
using Bench.Analysis.Runs;
using static System.FormattableString;

namespace Bench.Analysis.Decision;

/// <summary>What a decision maker should know besides the choice.</summary>
internal static class DecisionRemarks
{
    private const double MillisecondsPerSecond = 1000;

    public static IEnumerable<string> Of(Candidate? choice, IReadOnlyList<Candidate> acceptable, DecisionOptions options)
    {
        if (options.LimitMs is { } limit)
        {
            foreach (var candidate in acceptable.Where(candidate => candidate.Latency.Against(limit) == Feasibility.Undecided
                && RateRule.Against(candidate, options) != Feasibility.Infeasible
                && (choice is null || candidate.Cost.UsdPerMillionImages < choice.Cost.UsdPerMillionImages)))
            {
                yield return Invariant($"`{candidate.Label}` would {(choice is null ? "do" : "be cheaper")} at ")
                    + Invariant($"${Figures.Usd(candidate.Cost.UsdPerMillionImages)} per million images, but ")
                    + Invariant($"it is not shown to meet {limit} ms: ")
                    + Invariant($"{Why(candidate)}.");
            }
        }

        if (choice is null)
        {
            yield break;
        }

        if (choice.Latency.Remark is { } remark)
        {
            yield return $"the choice's {options.Quantile.Name()}: {remark}.";
        }

        foreach (var candidate in acceptable
            .Where(candidate => candidate is { Draws: null, IsPublished: false, LaunchImageMs.Count: < LatencyDraws.FewestLaunches }
                && DecisionRule.Against(candidate, options) != Feasibility.Infeasible))
        {
            yield return "how likely the choice is the cheapest cannot be said: "
                + Invariant($"`{candidate.Label}` has {candidate.LaunchImageMs.Count} {(candidate.AreNodes ? "nodes" : "launches")}; ")
                + Invariant($"it takes {LatencyDraws.FewestLaunches}.");
        }

        foreach (var wait in OfRate(choice, options))
        {
            yield return wait;
        }

        if (choice is { IsReference: false, Comparison.IsAccepted: not true })
        {
            yield return choice.Comparison is { } comparison
                ? $"whether the choice's outputs, or its quality, are the same is not shown ({comparison.Answer}); "
                    + "it was chosen because --min-equivalence asks for less."
                : "the choice's outputs were not compared with those of the reference.";
        }

        if (choice.Comparison?.Evidence is { } evidence && choice.Comparison.Outputs != EquivalenceVerdict.Identical)
        {
            yield return $"of the choice's outputs: {evidence.Unseen}.";
        }

        if (choice.MetricLoss is > 0 and var loss)
        {
            yield return Invariant($"the choice loses {loss:0.####} of the task metric on the evaluation images.");
        }
    }

    /// <summary>What images wait for that no measurement has seen.</summary>
    private static IEnumerable<string> OfRate(Candidate choice, DecisionOptions options)
    {
        if (options.Cost.ImagesPerSecond is not { } rate)
        {
            yield break;
        }

        if (choice.Cell.Batch > 1)
        {
            yield return Invariant($"at {rate} images a second the first image of a request of {choice.Cell.Batch} waits ")
                + Invariant($"{(choice.Cell.Batch - 1) / rate * MillisecondsPerSecond:0.#} ms until the request is full: ")
                + "that is in no latency here.";
        }

        if (choice.Load.IsClosed)
        {
            yield return "latencies are those of closed loads: images that arrive at random moments wait for each other, too.";
        }
    }

    /// <summary>What is true of the runs, whatever is chosen.</summary>
    public static IEnumerable<string> OfRuns(
        IReadOnlyList<PricedRun> runs, ModelReport model, ModelDecision decision, DecisionOptions options)
    {
        foreach (var run in runs.Where(run => !run.Manifest.Complete && run.Model(model.Id) is not null))
        {
            yield return $"{run.Manifest.Id} was interrupted: what it did not measure could be cheaper.";
        }

        if (model.Rows.Any(row => !DecisionBuilder.IsAskedFor(row, options)))
        {
            yield return "plain cells alone were candidates: every knob at its default, the default version, closed loads (--plain).";
        }

        if (options.LatestOnly)
        {
            yield return "what a later run measured again on the same machine is left out of older ones (--latest).";
        }

        foreach (var warning in model.Warnings)
        {
            yield return warning;
        }

        foreach (var row in model.Rows.Where(row => row.RunId == decision.Choice?.Run && row.Measurement == decision.Choice.Cell))
        {
            foreach (var warning in row.Warnings)
            {
                yield return $"the choice's measurement: {warning}";
            }
        }

        var known = runs.Where(run => run.Model(model.Id) is not null).GroupBy(run => run.Model(model.Id)!.Files.Count > 0).ToList();
        if (known.Count > 1)
        {
            yield return "some runs do not say which file of the model they measured: whether it is the same network is not known.";
        }

        var rows = model.Rows.Where(row => DecisionBuilder.IsAskedFor(row, options)).ToList();
        foreach (var row in rows.Where(row => row.Status is CellStatus.Failed or CellStatus.Pending))
        {
            yield return $"`{row.Label}` was not measured and could be cheaper: {row.Reason ?? EnumNames.Of(row.Status)}";
        }

        foreach (var row in rows.Where(row => row is { HasComparableTime: true, Cost: null }))
        {
            yield return $"`{row.Label}` is left out, for {row.WhyNoCost}.";
        }

        if (options.Cost.ImagesPerSecond is not null)
        {
            foreach (var hardware in decision.Candidates.Where(candidate => candidate.Price.OnlyWhileWorking)
                .Select(candidate => candidate.Hardware).Distinct())
            {
                yield return $"the price of {hardware} is that of an hour of work, with its idle hours in it already: "
                    + "at a rate of images it costs no more than said.";
            }
        }

        if (options.Cost.ImagesPerStart is not null)
        {
            yield return "starts are medians over launches; how far they may be off is in no interval.";
        }

        foreach (var doubt in decision.Candidates.SelectMany(candidate => candidate.Price.Doubts).Distinct())
        {
            yield return $"{doubt}.";
        }
    }

    private static string Why(Candidate candidate) => candidate.Latency switch
    {
        { LowerMs: { } lower, UpperMs: { } upper } =>
            Invariant($"its latency lies between {Math.Max(0, lower):0.###} and {upper:0.###} ms"),
        { Remark: { } remark } => remark,
        _ => "the interval is unknown",
    };
}
