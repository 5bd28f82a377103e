using Bench.Analysis.Decision;
using Bench.Analysis.Measurements;
using Bench.Analysis.Statistics;

namespace Bench.Analysis.Tests.Decision;

/// <summary>What is known of a percentile that its own launches do not bound: no higher one is below a lower one.</summary>
public class LatencyBoundTests
{
    private static readonly CellTimings Timings = new(CellId.Parse("m/b/fp32/linux-x64"), [new LaunchTimings(1, [20, 20, 20])]);

    private static readonly LatencyEstimate Latency = new()
    {
        MeanMs = 22,
        P50Ms = 21,
        P50Interval = new ConfidenceInterval(20, 23, 0.99),
        P90Ms = 26,
        P90Interval = new ConfidenceInterval(25, 28, 0.99),
        P99Ms = 31,
    };

    [Test]
    public void Of_P99WithoutAnInterval_IsNotBelowP90()
    {
        var bound = LatencyBound.Of(Latency, Timings, LatencyQuantile.P99);

        Assert.That((bound.EstimateMs, bound.LowerMs, bound.UpperMs), Is.EqualTo(((double?)31, (double?)25, (double?)null)));
        Assert.That((bound.Against(24.9), bound.Against(25.1), bound.Against(1000)),
            Is.EqualTo((Feasibility.Infeasible, Feasibility.Undecided, Feasibility.Undecided)), "and no limit is shown to be met");
    }

    [Test]
    public void Of_P90WithoutAnInterval_IsNotBelowP50() => Assert.That(
        LatencyBound.Of(Latency with { P90Interval = null }, Timings, LatencyQuantile.P90).LowerMs, Is.EqualTo(20));

    [Test]
    public void Of_P50WithoutAnInterval_IsNotAboveP90()
    {
        var bound = LatencyBound.Of(Latency with { P50Ms = null, P50Interval = null }, Timings, LatencyQuantile.P50);

        Assert.That((bound.EstimateMs, bound.LowerMs, bound.UpperMs), Is.EqualTo(((double?)null, (double?)null, (double?)28)));
        Assert.That(bound.Against(28), Is.EqualTo(Feasibility.Feasible));
    }

    [Test]
    public void Of_P99WithAnInterval_IsThatInterval()
    {
        var bound = LatencyBound.Of(Latency with { P99Interval = new ConfidenceInterval(29, 35, 0.99) }, Timings, LatencyQuantile.P99);

        Assert.That((bound.LowerMs, bound.UpperMs), Is.EqualTo(((double?)29, (double?)35)));
    }
}
