using System.Globalization;

namespace Bench.Simulations.Tuning;

/// <summary>What <c>tune</c> promises, by the search itself on 64 configurations: it chooses one within 2 % of the best in at least 95 % of
/// searches, claims an improvement among equals in at most 5 %, its interval of the gain has the truth in it in at least 95 %, and it
/// takes at most a quarter of the launches of the whole grid.</summary>
[Parallelizable(ParallelScope.Children)]
public class TuneReplayTests
{
    private const int GridLaunches = Landscape.Count * 20;

    private static IEnumerable<string> Landscapes => Landscape.Names;

    [Long]
    [Test]
    public void Search_ThousandsOfReplays_KeepsWhatIsPromised(
        [ValueSource(nameof(Landscapes))] string landscape, [Values(0.01, 0.022, 0.04)] double deviation) =>
        Check(landscape, deviation, 4_000);

    /// <summary>The same with fewer, so that every test run would notice.</summary>
    [Test]
    public void Search_SomeReplays_KeepsWhatIsPromised(
        [ValueSource(nameof(Landscapes))] string landscape, [Values(0.01, 0.022, 0.04)] double deviation) =>
        Check(landscape, deviation, 200);

    private static void Check(string landscape, double deviation, int replays)
    {
        var all = Enumerable.Range(0, replays)
            .Select(replay => TuneReplay.Run(landscape, deviation, 1910 + (ulong)replay)).ToList();
        double Share(Func<TuneReplay, bool> what) => all.Count(what) / (double)replays;
        var (good, covered, improved) = (Share(replay => replay.Regret <= 0.02), Share(replay => replay.IsCovered),
            Share(replay => replay.IsImprovement));

        TestContext.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{landscape}, pairs {deviation:P1}: within 2 % {good:P1} (grid {Share(r => r.GridRegret <= 0.02):P1}, one pass "
            + $"{Share(r => r.OnePassRegret <= 0.02):P1}); regret {all.Average(r => r.Regret):P2} "
            + $"(grid {all.Average(r => r.GridRegret):P2}, one pass {all.Average(r => r.OnePassRegret):P2}); covered {covered:P1}; "
            + $"claimed {improved:P1}; "
            + $"launches {all.Average(r => r.Launches):0}, at most {all.Max(r => r.Launches)}"));

        // Two standard errors of the simulation beside each promise.
        var error = 2 * Math.Sqrt(0.95 * 0.05 / replays);
        Assert.That(good, Is.AtLeast(0.95 - error));
        Assert.That(covered, Is.AtLeast(0.95 - error));
        Assert.That(all.Max(replay => replay.Launches), Is.AtMost(GridLaunches / 4));
        Assert.That(landscape == "all equal" ? improved : 0, Is.AtMost(0.05 + error));
    }
}
