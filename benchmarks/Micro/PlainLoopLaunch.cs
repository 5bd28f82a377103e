using System.Globalization;
using System.Text.Json;
using Bench.Analysis.Measurements;
using Bench.Analysis.Runs;
using Bench.Benchmarks.Launches;
using Bench.Benchmarks.Processes;
using Bench.CommandLine;

namespace Bench.Benchmarks.Micro;

/// <summary>What a launch of <c>plain-loop</c> found.</summary>
/// <param name="Order">Which part came when: <c>product plain plain product</c>, or the other way round.</param>
/// <param name="ProductMs">What each of the product's parts says an image takes, in ms.</param>
/// <param name="PlainMs">What each plain loop says.</param>
internal sealed record PlainLoopRecord(string Order, IReadOnlyList<double> ProductMs, IReadOnlyList<double> PlainMs);

/// <summary>A launch of <c>plain-loop</c>, in a process of its own: sessions, memory and warm-up (shorter with short parts) are those of a
/// launch of a run, and so are the calls that measure; between them the same requests are sent in a plain loop.</summary>
/// <param name="PlanPath">The path of the <see cref="LaunchPlan"/>.</param>
/// <param name="Measurement">The cell.</param>
/// <param name="Round">The round, from 1.</param>
/// <param name="Seconds">How long a part takes, at least.</param>
internal sealed record PlainLoopLaunch(string PlanPath, MeasurementId Measurement, int Round, double Seconds)
{
    /// <summary>The name of the hidden command.</summary>
    public const string Verb = "plain-loop-launch";

    // A stream's last request is answered while others have ended: of so many that is 1 % or so.
    private const int FewestOfAStream = 20;

    private const string Product = "product";
    private const string Plain = "plain";

    /// <summary>The arguments that start it.</summary>
    /// <param name="result">Where it writes what it found.</param>
    public string[] Arguments(string result) =>
    [
        Verb, PlanPath, Measurement.ToString(), Round.ToString(CultureInfo.InvariantCulture),
        Seconds.ToString(CultureInfo.InvariantCulture), result,
    ];

    /// <summary>Measures.</summary>
    /// <param name="launch">What.</param>
    /// <param name="result">Where what was found is written.</param>
    /// <returns>0 only if everything was measured.</returns>
    public static int Run(PlainLoopLaunch launch, string result)
    {
        ChildProcess.EndWithParent();
        // As in a launch of a run: the product writes what it measures to its parent.
        using var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        try
        {
            AtomicFile.Write(result, JsonSerializer.SerializeToUtf8Bytes(launch.Measure(output), LaunchJson.Options));
            return ExitCodes.Success;
        }
        catch (Exception e)
        {
            Console.Error.WriteLine(LaunchFailures.Of(e).Reason);
            return ExitCodes.Incomplete;
        }
    }

    /// <summary>Which part comes when: every second round begins with the other one.</summary>
    /// <param name="seed">Decides which rounds.</param>
    /// <param name="round">The round.</param>
    public static IReadOnlyList<string> Order(ulong seed, int round) =>
        (seed + (ulong)round) % 2 == 0 ? [Product, Plain, Plain, Product] : [Plain, Product, Product, Plain];

    private PlainLoopRecord Measure(TextWriter output)
    {
        var plan = LaunchPlan.Read(PlanPath);
        using var launch = new Launch(plan, new LaunchName(Measurement, Round));
        launch.Start();
        launch.WarmUp();
        var streams = launch.Streams.Count;
        launch.Requests = (int)Math.Ceiling(
            Math.Max(FewestOfAStream, Seconds * 1000 / Math.Max(launch.Warmth.MedianMs, 0.001)) * streams);
        var (product, plain) = (new List<double>(), new List<double>());
        var order = Order(plan.Seed, Round);
        foreach (var part in order)
        {
            if (part == Product)
            {
                product.Add(ProductMs(launch, output));
            }
            else
            {
                plain.Add(BareLoop.Ms(launch.Streams, launch.Requests) / Measurement.Cell.Batch);
            }
        }

        return new PlainLoopRecord(string.Join(' ', order), product, plain);
    }

    private double ProductMs(Launch launch, TextWriter output)
    {
        var measured = launch.Streams.Count == 1
            ? LaunchEngine.Measure(launch, Measurement.ToString(), output)
            : StreamsEngine.Measure(launch, output);
        var timings = new LaunchTimings(Round, measured.LatenciesMs)
        {
            SharedRequestMs = measured.Windows is { } windows ? WindowFacts.RequestMs(windows) : null,
        };
        return timings.RequestMs / Measurement.Cell.Batch;
    }
}
