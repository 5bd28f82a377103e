using Bench.Analysis.Measurements;
using Bench.Analysis.Runs;

namespace Bench.Analysis.Tests.Runs;

/// <summary>A run of version 2 with batches and streams, on a machine for 3.60 USD an hour: 0.001 USD a second.</summary>
/// <remarks>Each of four launches takes the same time, but for 0.1 ms a round, so that every interval is narrow.</remarks>
internal static class BatchFixture
{
    public const string Batched = "tiny/ort-cpu+batch=4/fp32/linux-x64";
    public const string Streamed = "tiny/ort-cpu+streams=2/fp32/linux-x64";
    public const string Both = "tiny/ort-cpu+batch=4+streams=2/fp32/linux-x64";

    public const string Open = "tiny/ort-cpu/fp32/linux-x64~50rps";

    public const int Rounds = 4;

    private const int Answers = 51;

    /// <summary>A request takes 10 ms in the plain cell, 20 with four images; with two streams it waits for 16 and 30 ms, and the machine
    /// answers one every 8 and 15.</summary>
    /// <param name="path">The run's folder.</param>
    /// <param name="streamsFactor">By what the machine's time for a request of several streams is multiplied, and no latency.</param>
    /// <param name="openMs">The machine's time for a request of the plain cell at 50 requests a second; null to leave it out. A request
    /// waits for 12 ms.</param>
    public static RunFolder Create(string path, double streamsFactor = 1, double? openMs = null)
    {
        var folder = LaunchFixture.Create(path, LaunchFixture.Baseline, LaunchFixture.Plain, Batched, Streamed, Both);
        var plan = folder.ReadPlan();
        folder.WriteManifest(plan with
        {
            UsdPerHour = 3.6,
            Cells = openMs is null ? plan.Cells : [.. plan.Cells, plan.Cells[1] with { OpenLoad = new Load(50) }],
        });
        for (var round = 1; round <= Rounds; round++)
        {
            Write(folder, LaunchFixture.Baseline, round, 25);
            Write(folder, LaunchFixture.Plain, round, 10);
            Write(folder, Batched, round, 20);
            Write(folder, Streamed, round, 16, 8 * streamsFactor);
            Write(folder, Both, round, 30, 15 * streamsFactor);
            if (openMs is not null)
            {
                Write(folder, LaunchFixture.Plain, round, 12, openMs, "~50rps");
            }
        }

        LaunchFixture.Complete(folder);
        return folder;
    }

    private static void Write(RunFolder folder, string cell, int round, double ms, double? sharedMs = null, string? load = null)
    {
        var record = LaunchFixture.Record(cell, round, LaunchFixture.Share(folder, LaunchFixture.ImagesOf(round, Rounds), 0)) with
        {
            LoadText = load,
        };
        LaunchFixture.Write(folder, sharedMs is null ? record : record with
        {
            Facts = record.Facts! with { Windows = [Window(sharedMs.Value + (0.1 * round))] },
        }, ms);
    }

    /// <summary>Two streams that answer in turn: each takes twice the machine's time for a request.</summary>
    private static WindowFacts Window(double requestMs) => new(
        [.. Enumerable.Range(1, 2).Select(stream => new StreamFacts(
            Answers, stream * requestMs, (stream * requestMs) + (2 * requestMs * (Answers - 1))))]);
}
