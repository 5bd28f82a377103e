using Bench.Analysis.Measurements;
using Bench.Analysis.Runs;

namespace Bench.Analysis.Tests.Measurements;

/// <summary>Images per second, computed by hand.</summary>
public class ThroughputEstimateTests
{
    // Student's t at 99.5 % with two degrees of freedom, from a table.
    private const double StudentT = 9.924843;

    [Test]
    public void RequestMs_TwoStreamsInTwoWindows_IsOneOverTheSumOfTheirRates()
    {
        WindowFacts[] windows =
        [
            new([new StreamFacts(11, FirstMs: 10, LastMs: 110), new StreamFacts(5, FirstMs: 25, LastMs: 125)]),
            new([new StreamFacts(6, FirstMs: 20, LastMs: 80), new StreamFacts(3, FirstMs: 30, LastMs: 80)]),
        ];

        // 10 + 5 answers in 100 + 60 ms, and 4 + 2 in 100 + 50 ms.
        Assert.That(WindowFacts.RequestMs(windows), Is.EqualTo(1 / ((15 / 160.0) + (6 / 150.0))).Within(1e-12));
        Assert.That(windows.Select(window => window.Requests), Is.EqualTo([16, 9]));
    }

    [Test]
    public void RequestMs_WhatIsDoneBeforeTheFirstAnswer_DoesNotCount() => Assert.That(
        WindowFacts.RequestMs([new WindowFacts([new StreamFacts(3, 900, 920)])]), Is.EqualTo(10));

    [Test]
    public void From_OneStreamAndOneImage_IsTheMeanLatency()
    {
        var estimate = ThroughputEstimate.From(new CellTimings(
            CellId.Parse("m/ort-cpu/fp32/linux-x64"), [new LaunchTimings(1, [10, 20, 30]), new LaunchTimings(2, [22, 22])]));

        Assert.That(estimate.LaunchImageMs, Is.EqualTo([20, 22]));
        Assert.That(estimate.ImageMs, Is.EqualTo(21));
        Assert.That(estimate.ImagesPerSecond, Is.EqualTo(1000 / 21.0));
        Assert.That(estimate.Interval, Is.Null, "two launches a tenth apart: it may be anything");
    }

    [Test]
    public void From_StreamsAndBatches_IsTheTimeOfTheMachineForAnImage()
    {
        var estimate = ThroughputEstimate.From(new CellTimings(
            CellId.Parse("m/ort-cpu+batch=4+streams=2/fp32/linux-x64"),
            [.. new[] { 20.0, 22, 24 }.Select((ms, i) => new LaunchTimings(i + 1, [40, 40]) { SharedRequestMs = ms })]));

        var halfWidth = StudentT * 0.5 / Math.Sqrt(3);
        Assert.That(estimate.LaunchImageMs, Is.EqualTo([5, 5.5, 6]));
        Assert.That(estimate.ImagesPerSecond, Is.EqualTo(1000 / 5.5).Within(1e-9));
        Assert.That(estimate.ImageInterval!.Lower, Is.EqualTo(5.5 - halfWidth).Within(1e-5));
        Assert.That(estimate.Interval!.Lower, Is.EqualTo(1000 / (5.5 + halfWidth)).Within(1e-3));
        Assert.That(estimate.Interval.Upper, Is.EqualTo(1000 / (5.5 - halfWidth)).Within(1e-3));
    }

    [Test]
    public void From_OneLaunch_HasNoInterval() => Assert.That(
        ThroughputEstimate.From(new CellTimings(CellId.Parse("m/b/fp32/c"), [new LaunchTimings(1, [4, 6])])).ImageInterval, Is.Null);
}
