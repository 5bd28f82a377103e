using System.Globalization;
using Bench.Analysis.Decision;
using Bench.Analysis.Measurements;
using Bench.Analysis.Statistics;

namespace Bench.Simulations.Limits;

/// <summary>
/// What the report's 99 % intervals of quantiles, and what <c>bench decide</c> calls feasible, promise when launches differ: simulated at
/// the sizes of the profiles default (5 × 141), paper (5 × 1,000) and gate (20 × 40).
/// </summary>
[Parallelizable(ParallelScope.Children)]
public class LimitCoverageTests
{
    private const double HeadRoom = 1.1;

    /// <summary>(a) Covered, or not enough launches, in at least 98 %; feasible for a limit that is missed in at most 1 %.
    /// (b) Useful where it is promised.</summary>
    [Long]
    [Test]
    public void Interval_LaunchesDiffer_HoldsAndIsUseful(
        [Values(0.01, 0.02)] double deviation, [Values("5x141", "5x1000", "20x40")] string size) =>
            Check(new LaunchModel(deviation), size, seeds: 2000, slack: 0);

    /// <summary>The same with fewer seeds, so that every test run would notice.</summary>
    [TestCase("5x141")]
    [TestCase("20x40")]
    public void Interval_FewSeeds_HoldsAndIsUseful(string size) => Check(new LaunchModel(0.02), size, seeds: 150, slack: 0.02);

    /// <summary>(c) With one launch in ten slower, among runs that have such a launch: covered or not enough in at least 98 %.</summary>
    [Long]
    [Test]
    public void Interval_OneLaunchInTenIsSlow_Holds(
        [Values(0.01, 0.02)] double deviation, [Values(0.1, 0.5)] double slowBy, [Values("5x141", "5x1000", "20x40")] string size)
    {
        var model = new LaunchModel(deviation, slowBy);
        var outcomes = Simulate(model, size, 2000).Where(run => run.Slow.Count > 0).ToList();
        foreach (var (quantile, p) in Quantiles)
        {
            var truth = model.Truth(p);
            var held = outcomes.Count(run => Of(run.Estimate, quantile) is not { } interval
                || (interval.Lower <= truth && truth <= interval.Upper));
            Print($"{size} sd {deviation} slow by {slowBy} {quantile}", held, outcomes.Count);
            Assert.That((double)held / outcomes.Count, Is.AtLeast(0.98), $"{quantile} covered or not enough");
        }

        AssertNamed(outcomes, deviation, slowBy);
    }

    /// <summary>
    /// A slow launch is named where the others tell. One of five that is 10 % slower lies 4.8 deviations out with three degrees of freedom
    /// at 2 %: no rule names it more often without naming ordinary ones. What is not named costs no coverage.
    /// </summary>
    private static void AssertNamed(List<(LatencyEstimate Estimate, IReadOnlyList<int> Slow)> outcomes, double deviation, double slowBy)
    {
        var single = outcomes.Where(run => run.Slow.Count == 1).ToList();
        var named = single.Count(run => run.Estimate.SlowRounds.Contains(run.Slow[0] + 1));
        Print($"named, sd {deviation}, slow by {slowBy}", named, single.Count);
        Assert.That(
            (double)named / single.Count, Is.AtLeast(slowBy > 0.2 ? 0.99 : deviation < 0.015 ? 0.98 : 0.80), "the slow launch is named");
    }

    private static readonly (LatencyQuantile Quantile, double P)[] Quantiles = [(LatencyQuantile.P50, 0.5), (LatencyQuantile.P90, 0.9),
        (LatencyQuantile.P99, 0.99)];

    private static void Check(LaunchModel model, string size, int seeds, double slack)
    {
        var runs = Simulate(model, size, seeds);
        Assert.Multiple(() =>
        {
            foreach (var (quantile, p) in Quantiles)
            {
                var truth = model.Truth(p);
                var intervals = runs.ConvertAll(run => Of(run.Estimate, quantile));
                double Share(Func<ConfidenceInterval?, bool> holds) => (double)intervals.Count(holds) / intervals.Count;
                double Feasible(double limit) => Share(
                    interval => new LatencyBound(truth, interval?.Lower, interval?.Upper, null).Against(limit) == Feasibility.Feasible);
                var held = Share(interval => interval is null || (interval.Lower <= truth && truth <= interval.Upper));
                var wrong = Feasible(truth * (1 - 1e-9));
                var (given, useful) = (Share(interval => interval is not null), Feasible(truth * HeadRoom));
                TestContext.Progress.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{size}, launches differ by {model.LaunchDeviation:P0}, {quantile}: held {held:P1}, "
                    + $"feasible though missed {wrong:P2}, an interval {given:P0}, feasible with 10 % to spare {useful:P1}"));
                Assert.That(held, Is.AtLeast(0.98 - slack), $"{quantile}: covered or not enough launches");
                Assert.That(wrong, Is.AtMost(0.01 + slack), $"{quantile}: feasible for a limit that is missed");
                if (quantile != LatencyQuantile.P99 || size == "5x1000")
                {
                    Assert.That(given, Is.AtLeast(0.95), $"{quantile}: has an interval");
                    Assert.That(useful, Is.AtLeast((quantile == LatencyQuantile.P99 ? 0.80 : 0.90) - slack),
                        $"{quantile}: feasible with 10 % to spare");
                }
            }
        });
    }

    private static List<(LatencyEstimate Estimate, IReadOnlyList<int> Slow)> Simulate(LaunchModel model, string size, int seeds)
    {
        var parts = size.Split('x').Select(part => int.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        return [.. Enumerable.Range(0, seeds).Select(seed =>
        {
            var (launches, slow) = model.Draw(new Random(seed), parts[0], parts[1]);
            var timings = new CellTimings(
                CellId.Parse("a/b/fp32/c"), [.. launches.Select((launch, j) => new LaunchTimings(j + 1, launch))]);
            return (LatencyEstimate.From(timings), slow);
        })];
    }

    private static ConfidenceInterval? Of(LatencyEstimate estimate, LatencyQuantile quantile) => quantile switch
    {
        LatencyQuantile.P50 => estimate.P50Interval,
        LatencyQuantile.P90 => estimate.P90Interval,
        _ => estimate.P99Interval,
    };

    private static void Print(string what, int count, int of) =>
        TestContext.Progress.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {(double)count / of:P1} of {of}"));
}
