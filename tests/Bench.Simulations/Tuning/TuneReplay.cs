using Bench.Analysis.Measurements;
using Bench.Benchmarks.Tuning;
using Bench.Models.Data;

namespace Bench.Simulations.Tuning;

/// <summary>One search on a landscape, by the code that searches on real machines.</summary>
/// <param name="Regret">What the chosen configuration truly costs more than the best one, as a share.</param>
/// <param name="Launches">How many launches were made, those of the confirmation included.</param>
/// <param name="IsCovered">Whether the interval of the claimed gain has the truth in it.</param>
/// <param name="IsImprovement">Whether an improvement is claimed.</param>
/// <param name="GridRegret">The regret of the best mean of 20 launches of every configuration.</param>
/// <param name="OnePassRegret">The regret of the best of one launch each.</param>
internal sealed record TuneReplay(
    double Regret, int Launches, bool IsCovered, bool IsImprovement, double GridRegret, double OnePassRegret)
{
    private const int GridLaunches = 20;
    private const int FirstConfirmation = 10_000;

    // In one half of the replays the default is the simplest configuration, which is chosen among equals; in the other it is not, so that
    // an improvement may be claimed where there is none.
    private static TuneCandidate[] Candidates(int standard) => [.. Enumerable.Range(0, Landscape.Count).Select(i => new TuneCandidate(
        CellId.Parse(FormattableString.Invariant(
            $"m/ort-cpu+batch={(i / 4) + 2}+streams={(i % 4) + 2}/{(i % 2 == 0 ? "fp32" : "int8")}/linux-x64")),
        i == standard))];

    public static TuneReplay Run(string landscape, double pairDeviation, ulong seed)
    {
        var costs = Landscape.Draw(landscape, new SeededRandom(seed, 1));
        var noise = new LaunchNoise(pairDeviation, seed);
        double Launch(int candidate, int round) => noise.Launch(costs[candidate], candidate, round);

        var settings = new TuneSettings { Seed = seed };
        var standard = seed % 2 == 0 ? 0 : Landscape.Count - 1;
        var candidates = Candidates(standard);
        var search = new TuneSearch(candidates, settings);
        var launches = 0;
        foreach (var (candidate, round) in search.Launches())
        {
            search.Tell(candidate, round, new TuneValue(Launch(candidate, round)));
            launches++;
        }

        var choice = search.Choose();
        double[]? Fresh(TuneCandidate? candidate) => candidate is null ? null
            : [.. Enumerable.Range(0, settings.Confirmations)
                .Select(i => Launch(Array.IndexOf(candidates, candidate), FirstConfirmation + i))];
        var claim = TuneClaim.Of(Fresh(choice.Winner)!, Fresh(choice.RunnerUp), Fresh(choice.Default)!);
        var chosen = Array.IndexOf(candidates, claim.IsRunnerUp ? choice.RunnerUp : choice.Winner);
        var truth = costs[standard] / costs[chosen];
        var all = Enumerable.Range(0, Landscape.Count).ToList();
        return new TuneReplay(
            costs[chosen] - 1,
            launches + (choice.Confirmed.Count * settings.Confirmations),
            chosen == standard || claim.TimesAsCheap.Interval is { } interval && interval.Lower <= truth && truth <= interval.Upper,
            claim.IsImprovement,
            costs[all.MinBy(i => Enumerable.Range(1, GridLaunches).Average(round => Launch(i, round)))] - 1,
            costs[all.MinBy(i => Launch(i, 1))] - 1);
    }
}
