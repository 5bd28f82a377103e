using System.Globalization;

namespace Bench.Simulations.Tuning;

/// <summary>What <c>tune</c> promises, by the search itself on 64 configurations: it chooses one within 2 % of the best in at least 95 % of
/// searches, claims an improvement among equals in at most 5 %, its interval of the gain has the truth in it in at least 95 %, and it
/// takes at most a quarter of the launches of the whole grid.</summary>
[Parallelizable(ParallelScope.Children)]
public class TuneReplayTests
{
    private static readonly string GridPath = Repository.File("tests", "Bench.Simulations", "Tuning", "grid.json");

    private static IEnumerable<string> Landscapes => Landscape.Names;

    [Long]
    [Test]
    public void Search_ThousandsOfReplays_KeepsWhatIsPromised(
        [ValueSource(nameof(Landscapes))] string landscape, [Values(0.01, 0.022, 0.04)] double deviation) =>
        Check(landscape, deviation, 4_000);

    /// <summary>The same with fewer, so that every test run would notice.</summary>
    [Test]
    public void Search_SomeReplays_KeepsWhatIsPromised(
        [ValueSource(nameof(Landscapes))] string landscape) => Check(landscape, 0.022, 200);

    /// <summary>All configurations of the U-Net on two cores, as they were measured in 20 rounds.</summary>
    [Long]
    [Test]
    public void Search_ThousandsOfReplaysOfTheRecordedGrid_KeepsWhatIsPromised() => CheckRecorded(4_000);

    /// <summary>The same with fewer.</summary>
    [Test]
    public void Search_SomeReplaysOfTheRecordedGrid_KeepsWhatIsPromised() => CheckRecorded(200);

    /// <summary>Records the grid anew: <c>tune --exhaustive 20</c> measures it, and BENCH_GRID names the folder <c>search</c> of that
    /// run.</summary>
    [Explicit("writes a file of the repository")]
    [Test]
    public void Grid_OfARun_IsRecorded() => RecordedGrid.Record(Environment.GetEnvironmentVariable("BENCH_GRID")!).Write(GridPath);

    private static void CheckRecorded(int replays)
    {
        var grid = RecordedGrid.Read(GridPath);
        Check("recorded", replays, seed => SimulatedMachine.Recorded(grid, seed));
    }

    private static void Check(string landscape, double deviation, int replays) => Check(
        FormattableString.Invariant($"{landscape}, pairs {deviation:P1}"), replays,
        seed => SimulatedMachine.Drawn(landscape, deviation, seed), landscape == "all equal");

    private static void Check(string name, int replays, Func<ulong, SimulatedMachine> machine, bool areEqual = false)
    {
        var grid = machine(0).Candidates.Count * TuneReplay.GridLaunches;
        var all = Enumerable.Range(0, replays)
            .Select(replay => 1910 + (ulong)replay).Select(seed => TuneReplay.Run(machine(seed), seed)).ToList();
        double Share(Func<TuneReplay, bool> what) => all.Count(what) / (double)replays;
        var (good, covered, improved) = (Share(replay => replay.Regret <= 0.02), Share(replay => replay.IsCovered),
            Share(replay => replay.IsImprovement));

        TestContext.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name}: within 2 % {good:P1} (grid {Share(r => r.GridRegret <= 0.02):P1}, one pass "
            + $"{Share(r => r.OnePassRegret <= 0.02):P1}); regret {all.Average(r => r.Regret):P2} "
            + $"(grid {all.Average(r => r.GridRegret):P2}, one pass {all.Average(r => r.OnePassRegret):P2}); covered {covered:P1}; "
            + $"claimed {improved:P1}; "
            + $"launches {all.Average(r => r.Launches):0}, at most {all.Max(r => r.Launches)}"));

        // Two standard errors of the simulation beside each promise.
        var error = 2 * Math.Sqrt(0.95 * 0.05 / replays);
        Assert.That(good, Is.AtLeast(0.95 - error));
        Assert.That(covered, Is.AtLeast(0.95 - error));
        Assert.That(all.Max(replay => replay.Launches), Is.AtMost(grid / 4));
        Assert.That(areEqual ? improved : 0, Is.AtMost(0.05 + error));
    }
}
