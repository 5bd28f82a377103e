using Bench.Analysis.Measurements;
using Bench.Analysis.Runs;
using Bench.Analysis.Statistics.Queueing;
using Bench.Benchmarks.Loads;

namespace Bench.EndToEnd.Tests.Loads;

/// <summary>A run folder whose launches are measured in virtual time: one server that takes a constant time.</summary>
/// <param name="folder">Where it lies.</param>
internal sealed class MeasuredLaunches(TemporaryFolder folder)
{
    private const double ServiceMs = 10;

    public static readonly CellId Cell = CellId.Parse("m/ort-cpu/fp32/linux-x64");

    public LaunchFolder Folder { get; } = new(new RunFolder(folder.Path));

    /// <summary>Three launches of the closed load, of some seconds each.</summary>
    public void AddClosed()
    {
        for (var round = 1; round <= 3; round++)
        {
            Write(new LaunchName(new MeasurementId(Cell, Load.Closed), round), [.. Enumerable.Repeat(ServiceMs, 50)], null, seconds: 2);
        }
    }

    /// <summary>A launch of an open load, as its plan says.</summary>
    public void Measure(LaunchName name, double limitMs)
    {
        var plan = Folder.ReadOpenPlan(name.Measurement)!;
        var rate = plan.Load.RequestsPerSecond!.Value;
        var time = new VirtualTime();
        var arrivals = Arrivals.Draw(
            rate, plan.RequestsOfLaunch, ServiceMs, OpenLoadPlan.Tail(Math.Min(0.9, rate / 100)) ?? 0, (ulong)(name.Round + (1000 * rate)));
        var times = new OpenLoad([new VirtualStream(time, _ => (long)(1000 * ServiceMs))], time, time).Run(arrivals.DueMs, 20 * limitMs);
        var result = OpenResult.Of(times, arrivals, limitMs, 0, 1);
        Write(name, result.LatenciesMs, result.Facts, times.EndMs / 1000);
    }

    /// <summary>A launch that failed.</summary>
    public void Fail(LaunchName name, string reason, string type = "Bench.Inference.InferenceException") => Folder.Write(
        new LaunchRecord
        {
            Cell = name.Cell,
            LoadText = name.Measurement.Load.ToString(),
            Round = name.Round,
            StartedUtc = DateTimeOffset.UnixEpoch,
            EndedUtc = DateTimeOffset.UnixEpoch,
            Failure = new LaunchFailure(reason, type),
        },
        []);

    private void Write(LaunchName name, double[] latencies, OpenFacts? open, double seconds)
    {
        var started = DateTimeOffset.UnixEpoch;
        Folder.Write(
            new LaunchRecord
            {
                Cell = name.Cell,
                LoadText = name.Measurement.Load.IsClosed ? null : name.Measurement.Load.ToString(),
                Round = name.Round,
                StartedUtc = started,
                EndedUtc = started.AddSeconds(seconds),
                Facts = new LaunchFacts
                {
                    Round = name.Round,
                    LoadMs = 1,
                    FirstInferenceMs = 1,
                    Requests = latencies.Length,
                    GcCollections = 0,
                    AllocatedBytesPerInference = 0,
                    Open = open,
                },
                Session = new SessionRecord(),
            },
            latencies);
    }
}
