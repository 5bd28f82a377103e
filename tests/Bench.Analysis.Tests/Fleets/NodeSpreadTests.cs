using Bench.Analysis.Fleets;
using Bench.Analysis.Measurements;

namespace Bench.Analysis.Tests.Fleets;

public class NodeSpreadTests
{
    private static readonly MeasurementId Measurement = new(CellId.Parse("m/ort-cpu/fp32/linux-x64"), Load.Closed);

    /// <summary>Balanced one-way analysis of variance, worked out by hand: means 0.01, 0.05 and 0.03 of logarithms, so that the mean square
    /// between nodes is 3 × 0.0004 = 0.0012, and that within them 0.0001; the component is (0.0012 − 0.0001) / 3.</summary>
    [Test]
    public void Of_ThreeNodesOfThreeLaunches_IsTheVarianceBetweenThem()
    {
        var spread = NodeSpread.Of("a", Measurement, [Times(0, 0.01, 0.02), Times(0.04, 0.05, 0.06), Times(0.02, 0.03, 0.04)]);

        Assert.That(spread.NodeShare, Is.EqualTo(Math.Sqrt((0.0012 - 0.0001) / 3)).Within(1e-12));
        Assert.That(spread.Ratio, Is.EqualTo(Math.Exp(0.04)).Within(1e-12));
        Assert.That(spread.Nodes, Is.EqualTo(3));
        // scipy.stats.f.sf(12, 2, 6)
        Assert.That(spread.P, Is.EqualTo(0.008).Within(1e-9));
    }

    [Test]
    public void Of_NodesThatDifferLessThanLaunches_IsNothing() => Assert.That(
        NodeSpread.Of("a", Measurement, [[1, 2, 3], [1.1, 2.1, 2.9]]).NodeShare, Is.Zero);

    [Test]
    public void Of_OneLaunchOnEachNode_TakesAllForTheNodes() => Assert.That(
        NodeSpread.Of("a", Measurement, [[1], [Math.E]]), Has.Property("NodeShare").EqualTo(Math.Sqrt(0.5)).Within(1e-12)
            .And.Property("P").Null);

    private static double[] Times(params double[] logarithms) => Array.ConvertAll(logarithms, Math.Exp);
}
