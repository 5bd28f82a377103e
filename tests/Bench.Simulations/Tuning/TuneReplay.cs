using Bench.Benchmarks.Tuning;

namespace Bench.Simulations.Tuning;

/// <summary>One search on a machine, by the code that searches on real ones.</summary>
/// <param name="Regret">What the chosen configuration truly costs more than the best one, as a share.</param>
/// <param name="Launches">How many launches were made, those of the confirmation included.</param>
/// <param name="IsCovered">Whether the interval of the claimed gain has the truth in it.</param>
/// <param name="IsImprovement">Whether an improvement is claimed.</param>
/// <param name="GridRegret">The regret of the best mean of 20 launches of every configuration.</param>
/// <param name="OnePassRegret">The regret of the best of one launch each.</param>
internal sealed record TuneReplay(
    double Regret, int Launches, bool IsCovered, bool IsImprovement, double GridRegret, double OnePassRegret)
{
    /// <summary>How many launches of each configuration the whole grid has.</summary>
    public const int GridLaunches = 20;

    private const int FirstConfirmation = 10_000;

    public static TuneReplay Run(SimulatedMachine machine, ulong seed)
    {
        var settings = new TuneSettings { Seed = seed };
        var candidates = machine.Candidates.ToList();
        var search = new TuneSearch(candidates, settings);
        var launches = 0;
        foreach (var (candidate, round) in search.Launches())
        {
            search.Tell(candidate, round, new TuneValue(machine.Launch(candidate, round)));
            launches++;
        }

        var choice = search.Choose();
        double[]? Fresh(TuneCandidate? candidate) => candidate is null ? null
            : [.. Enumerable.Range(0, settings.Confirmations)
                .Select(i => machine.Launch(candidates.IndexOf(candidate), FirstConfirmation + i))];
        var claim = TuneClaim.Of(Fresh(choice.Winner)!, Fresh(choice.RunnerUp), Fresh(choice.Default)!);
        var standard = candidates.FindIndex(candidate => candidate.IsDefault);
        var chosen = candidates.IndexOf((claim.IsRunnerUp ? choice.RunnerUp : choice.Winner)!);
        var truth = machine.Costs[standard] / machine.Costs[chosen];
        var all = Enumerable.Range(0, candidates.Count).ToList();
        var least = machine.Costs.Min();
        double Regret(int candidate) => (machine.Costs[candidate] / least) - 1;
        return new TuneReplay(
            Regret(chosen),
            launches + (choice.Confirmed.Count * settings.Confirmations),
            chosen == standard || claim.TimesAsCheap.Interval is { } interval && interval.Lower <= truth && truth <= interval.Upper,
            claim.IsImprovement,
            Regret(all.MinBy(i => Enumerable.Range(1, GridLaunches).Average(round => machine.Launch(i, round)))),
            Regret(all.MinBy(i => machine.Launch(i, 1))));
    }
}
