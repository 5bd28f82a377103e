using Bench.Analysis.Measurements;
using Bench.Analysis.Rows;
using Bench.Analysis.Runs;

namespace Bench.Analysis.Tests.Rows;

public class StreamRulesTests
{
    private static readonly CellId Two = CellId.Parse("m/ort-cpu+streams=2/fp32/linux-x64");

    private static readonly LaunchFacts Launch = new()
    {
        Round = 1,
        LoadMs = 1,
        FirstInferenceMs = 1,
        GcCollections = 0,
        AllocatedBytesPerInference = 0,
    };

    [Test]
    public void Warnings_RequestsInFlightAreTheStreams_AreNone() => Assert.That(Warnings(latencyMs: 10, gapMs: 0.02), Is.Empty);

    [Test]
    public void Warnings_StreamsThatStandStillBetweenRequests_SaySo() => Assert.That(
        Warnings(latencyMs: 9.8, gapMs: 0.2),
        Is.EqualTo(["between an answer and the next request of a stream passed 2.0 % of the latency (limit 1 %): "
            + "the engine was not kept as busy as it could be."]),
        "what passed between requests explains what is missing in Little's law");

    [TestCase(12, "2.40")]
    [TestCase(9, "1.80")]
    public void Warnings_MoreOrFewerRequestsInFlightThanStreams_SaySo(double latencyMs, string inFlight) => Assert.That(
        Warnings(latencyMs, gapMs: 0),
        Is.EqualTo([$"launch 1 breaks Little's law: requests per second times latency are {inFlight} requests in flight, of 2 streams. "
            + "Some streams were slower than others, or stood still."]));

    [Test]
    public void Warnings_StreamsThatWereServedOneAfterTheOther_SaySo()
    {
        var windows = new[] { new WindowFacts([new StreamFacts(20, 1, 20), new StreamFacts(20, 101, 120), new StreamFacts(20, 201, 220)]) };
        var timings = new LaunchTimings(1, [1]) { SharedRequestMs = WindowFacts.RequestMs(windows) };

        Assert.That(StreamRules.Warnings(null, Cell(Launch with { Windows = windows }), new CellTimings(Two, [timings])), Is.EqualTo(
            ["a stream was answered during 9 % of a window on average, and rates of times that do not overlap are added: "
            + "images per second are too high. Streams waited for each other; take fewer."]));
    }

    [Test]
    public void Warnings_FewRequests_AreNotHeldToTheLaw() => Assert.That(Warnings(latencyMs: 12, gapMs: 0, requests: 20), Is.Empty);

    [Test]
    public void Warnings_OneStream_AreNone()
    {
        var cell = Cell(Launch);

        Assert.That(StreamRules.Warnings(null, cell, new CellTimings(Two, [new LaunchTimings(1, [10])])), Is.Empty);
        Assert.That(StreamRules.Warnings(null, cell, null), Is.Empty);
    }

    /// <summary>Two streams with an answer every 10 ms each.</summary>
    private static List<string> Warnings(double latencyMs, double gapMs, int requests = 100)
    {
        var stream = new StreamFacts(requests, 10, 10 * requests);
        WindowFacts[] windows = [new([stream, stream])];
        var timings = new LaunchTimings(1, [.. Enumerable.Repeat(latencyMs, 2 * requests)])
        {
            SharedRequestMs = WindowFacts.RequestMs(windows),
        };
        var cell = Cell(Launch with { Windows = windows, GapMs = gapMs });
        return [.. StreamRules.Warnings(null, cell, new CellTimings(Two, [timings]))];
    }

    private static CellFacts Cell(LaunchFacts launch) => new() { Id = Two, Status = CellStatus.Measured, Launches = [launch] };
}
