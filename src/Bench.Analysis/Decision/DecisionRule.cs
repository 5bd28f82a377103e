namespace Bench.Analysis.Decision;

/// <summary>Finds the cheapest acceptable candidate for every limit. Pure: the same candidates give the same decision.</summary>
internal static class DecisionRule
{
    /// <summary>Decides.</summary>
    /// <param name="model">The model's name.</param>
    /// <param name="candidates">What could be bought.</param>
    /// <param name="options">What is asked.</param>
    /// <returns>The decision.</returns>
    /// <exception cref="ArgumentException">An option is out of range; all faults are named.</exception>
    public static ModelDecision Decide(string model, IReadOnlyList<Candidate> candidates, DecisionOptions options)
    {
        options.Check();
        var all = RateRule.Order(candidates, options);
        var objections = all.ToDictionary(
            candidate => candidate, candidate => (IReadOnlyList<string>)[.. Acceptance.Objections(candidate, options)]);
        var acceptable = all.Where(candidate => objections[candidate].Count == 0).ToList();
        var feasible = acceptable.Where(candidate => Against(candidate, options) == Feasibility.Feasible).ToList();
        var choice = feasible.FirstOrDefault();
        var likely = CheapestChance.Of(acceptable, options);
        var holding = acceptable.Where(candidate => RateRule.Against(candidate, options) == Feasibility.Feasible).ToList();
        var mayHold = acceptable.Where(candidate => RateRule.Against(candidate, options) != Feasibility.Infeasible).ToList();
        var steps = Steps(holding);

        // At a rate of images any of those that cost the same may be named at some limit.
        var named = options.Cost.ImagesPerSecond is null ? steps.Append(choice).OfType<Candidate>().Distinct() : holding;
        var ties = named.ToDictionary(step => step, step => Ties(step, holding, options));
        return new ModelDecision
        {
            Model = model,
            Quantile = options.Quantile,
            Steps = steps.ConvertAll(step => new DecisionStep(step)),
            NoSolutionBelowMs = NoSolutionBelow(mayHold),
            NeverOptimal = [.. holding.Where(candidate => candidate.Latency.UpperMs is not null && !steps.Contains(candidate))],
            Choice = choice is null ? null : Choice(choice, feasible, ties[choice], likely?[choice], options),
            LimitMs = options.LimitMs,
            ImagesPerSecond = options.Cost.ImagesPerSecond,
            Outcome = Outcome(choice, acceptable, options),
            ParetoFront = [.. ParetoFront(mayHold)],
            Candidates =
            [
                .. all.Select(candidate => Judge(candidate, objections[candidate], choice, options) with
                {
                    ProbabilityCheapest = objections[candidate].Count == 0 ? likely?[candidate] : null,
                    TiedWith = [.. ties.GetValueOrDefault(candidate, []).Select(tied => all.IndexOf(tied))],
                }),
            ],
            Remarks = [.. DecisionRemarks.Of(choice, acceptable, options)],
        };
    }

    /// <summary>Whether a candidate meets the limit and holds the rate; without them, every candidate does.</summary>
    internal static Feasibility Against(Candidate candidate, DecisionOptions options) => RateRule.Both(
        options.LimitMs is { } limit ? candidate.Latency.Against(limit) : Feasibility.Feasible, RateRule.Against(candidate, options));

    /// <summary>Below it every acceptable candidate is shown not to meet a limit.</summary>
    private static double? NoSolutionBelow(List<Candidate> acceptable) =>
        acceptable.Count > 0 && acceptable.TrueForAll(candidate => candidate.Latency.LowerMs > 0)
            ? acceptable.Min(candidate => candidate.Latency.LowerMs)
            : null;

    private static double Usd(Candidate candidate) => candidate.Cost.UsdPerMillionImages;

    /// <summary>By rising limit, each candidate that is cheaper than all that are shown to meet a lower one.</summary>
    private static List<Candidate> Steps(IReadOnlyList<Candidate> acceptable)
    {
        var steps = new List<Candidate>();
        foreach (var candidate in acceptable.Where(candidate => candidate.Latency.UpperMs is not null)
            .OrderBy(candidate => candidate.Latency.UpperMs).ThenBy(Usd))
        {
            if (steps.Count == 0 || Usd(candidate) < Usd(steps[^1]))
            {
                steps.Add(candidate);
            }
        }

        return steps;
    }

    private static IEnumerable<Candidate> ParetoFront(IReadOnlyList<Candidate> acceptable)
    {
        var cheapest = double.PositiveInfinity;
        foreach (var candidate in acceptable.Where(candidate => candidate.Latency.EstimateMs is not null)
            .OrderBy(candidate => candidate.Latency.EstimateMs).ThenBy(Usd))
        {
            if (Usd(candidate) < cheapest)
            {
                cheapest = Usd(candidate);
                yield return candidate;
            }
        }
    }

    /// <summary>What costs no less than a candidate, and is not told from it.</summary>
    private static List<Candidate> Ties(Candidate candidate, List<Candidate> holding, DecisionOptions options) =>
    [
        .. holding.Skip(holding.IndexOf(candidate) + 1).Where(other => options.Cost.ImagesPerSecond is null
            ? CostTie.Is(candidate, other)
            : RateRule.IsTie(candidate, other)),
    ];

    private static Choice Choice(
        Candidate choice, IReadOnlyList<Candidate> feasible, List<Candidate> ties, double? probability, DecisionOptions options)
    {
        List<Candidate> tied = [.. feasible.Skip(1).Where(ties.Contains)];

        // At a rate of images all that one machine can do costs the same: what it saves, it saves against another machine.
        var runnerUp = feasible.Skip(1).FirstOrDefault(other => options.Cost.ImagesPerSecond is null || !tied.Contains(other));
        var saved = runnerUp is null || tied.Contains(runnerUp) ? null : runnerUp;
        return new Choice(choice)
        {
            ProbabilityCheapest = probability,
            RunnerUp = runnerUp,
            SavingUsd = saved is null ? null : Usd(saved) - Usd(choice),
            Saving = saved is null ? null : 1 - (Usd(choice) / Usd(saved)),
            TiedWith = tied,
        };
    }

    private static DecisionOutcome Outcome(Candidate? choice, List<Candidate> acceptable, DecisionOptions options) =>
        choice is not null ? DecisionOutcome.Chosen
        : acceptable.Exists(candidate => Against(candidate, options) == Feasibility.Undecided) ? DecisionOutcome.Undecided
        : DecisionOutcome.NoSolution;

    private static JudgedCandidate Judge(
        Candidate candidate, IReadOnlyList<string> objections, Candidate? choice, DecisionOptions options) => new(candidate)
        {
            Objections = objections,
            Feasibility = Against(candidate, options),
            HoldsRate = options.Cost.ImagesPerSecond is null ? null : RateRule.Against(candidate, options),
            WouldWin = candidate == choice || objections.Count > 0 ? null : WouldWinRule.Of(candidate, choice, options),
        };
}
