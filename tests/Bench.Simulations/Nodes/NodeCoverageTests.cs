using System.Globalization;
using Bench.Analysis.Fleets;
using Bench.Analysis.Measurements;
using Bench.Analysis.Statistics;

namespace Bench.Simulations.Nodes;

/// <summary>What a report on several nodes of a kind promises of the kind: its 99 % intervals, and how much nodes are said to
/// differ.</summary>
[Parallelizable(ParallelScope.Children)]
public class NodeCoverageTests
{
    private const int Launches = 5;

    [Long]
    [Test]
    public void Intervals_NodesDiffer_Hold([Values(3, 5, 8)] int nodes, [Values(0, 0.01, 0.04)] double deviation) =>
        Check(new NodeModel(deviation), nodes, seeds: 2000, slack: 0);

    /// <summary>One launch in twenty is slower, among runs that have such a launch: no procedure covers what was not seen.</summary>
    [Long]
    [Test]
    public void MeanInterval_SlowLaunches_Holds([Values(3, 5, 8)] int nodes, [Values(0, 0.04)] double deviation)
    {
        var model = new NodeModel(deviation, SlowLaunchBy: 0.3);
        var seen = Draw(model, nodes, 2000).FindAll(NodeModel.HasSlow);
        var held = Share(seen, timings => Holds(LatencyEstimate.From(timings).MeanInterval, model.Mean));

        Print($"{nodes} nodes that differ by {deviation:P0}, a slow launch among them in {seen.Count} of 2000 runs: held {held:P1}");
        Assert.That(held, Is.AtLeast(0.95));
    }

    [TestCase(3)]
    [TestCase(5)]
    public void Intervals_FewSeeds_Hold(int nodes) => Check(new NodeModel(0.04), nodes, seeds: 200, slack: 0.02);

    /// <summary>The variance between nodes is estimated without bias: cut off at 0 it may only be larger.</summary>
    [TestCase(0.02)]
    [TestCase(0.04)]
    public void NodeShare_OnAverage_IsTheDeviationOfNodes(double deviation)
    {
        var squares = Draw(new NodeModel(deviation), nodes: 8, seeds: 400).Select(timings => Math.Pow(Spread(timings).NodeShare, 2));

        Assert.That(Math.Sqrt(squares.Average()), Is.EqualTo(deviation).Within(deviation * 0.1));
    }

    /// <summary>Nodes that are alike are said to differ as seldom as the level says; those that do are noticed.</summary>
    [TestCase(0, 0, 0.075)]
    [TestCase(0.04, 0.9, 1)]
    public void P_OfNodes_FallsAsOftenAsItShould(double deviation, double least, double most)
    {
        var found = Share(Draw(new NodeModel(deviation), nodes: 5, seeds: 500), timings => Spread(timings).P < 0.05);

        Print($"5 nodes that differ by {deviation:P0}: said to differ in {found:P1}");
        Assert.That(found, Is.InRange(least, most));
    }

    private static NodeSpread Spread(CellTimings timings) => NodeSpread.Of(
        "a", new MeasurementId(timings.CellId, Load.Closed),
        [.. timings.Launches.GroupBy(launch => launch.Node).Select(node => node.Select(launch => launch.RequestMs).ToList())]);

    private static void Check(NodeModel model, int nodes, int seeds, double slack)
    {
        var runs = Draw(model, nodes, seeds);
        var estimates = runs.ConvertAll(LatencyEstimate.From);
        // As if all launches were on one machine.
        var naive = runs.ConvertAll(timings => LatencyEstimate.From(timings with
        {
            Launches = [.. timings.Launches.Select(launch => launch with { Node = null })],
        }));
        var mean = Share(estimates, estimate => Holds(estimate.MeanInterval, model.Mean));
        var (p50, p90) = (
            Share(estimates, estimate => estimate.P50Interval is not { } interval || Holds(interval, model.Quantile(0.5))),
            Share(estimates, estimate => estimate.P90Interval is not { } interval || Holds(interval, model.Quantile(0.9))));
        var (fromLaunches, given) = (
            Share(naive, estimate => Holds(estimate.MeanInterval, model.Mean)),
            Share(estimates, estimate => estimate.P90Interval is not null));
        Print($"{nodes} nodes that differ by {model.NodeDeviation:P0}: mean held {mean:P1} (from launches {fromLaunches:P1})");
        Print($"    P50 held {p50:P1}, P90 held {p90:P1}, has an interval {given:P0}");
        Assert.Multiple(() =>
        {
            Assert.That(mean, Is.AtLeast(0.98 - slack), "mean");
            Assert.That(p50, Is.AtLeast(0.98 - slack), "P50");
            Assert.That(p90, Is.AtLeast(0.98 - slack), "P90");
        });
    }

    private static List<CellTimings> Draw(NodeModel model, int nodes, int seeds) =>
        [.. Enumerable.Range(0, seeds).Select(seed => model.Draw(new Random(seed), nodes, Launches, requests: 141))];

    private static bool Holds(ConfidenceInterval? interval, double truth) => interval!.Lower <= truth && truth <= interval.Upper;

    private static double Share<T>(List<T> all, Func<T, bool> holds) => (double)all.Count(holds) / all.Count;

    private static void Print(FormattableString text) => TestContext.Progress.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
