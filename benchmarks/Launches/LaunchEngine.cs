using Bench.Benchmarks.Loads;
using Bench.Inference;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Environments;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Reports;
using Perfolizer.Mathematics.OutlierDetection;

namespace Bench.Benchmarks.Launches;

/// <summary>The closed load of one stream, measured by BenchmarkDotNet's engine: an iteration is one request, and every
/// latency is kept.</summary>
internal static class LaunchEngine
{
    // The engine's own code, and what keeps outputs, is compiled when it is first called, and while that takes place threads fall asleep
    // and caches cool: of requests of some µs the first ones would take twenty times as long.
    private const int UncountedIterations = 5;
    private const double NanosecondsPerMillisecond = 1e6;

    /// <summary>Measures a launch that has warmed up.</summary>
    /// <param name="launch">The launch.</param>
    /// <param name="name">What it is called in the log.</param>
    /// <param name="output">Hears of every iteration as soon as it has ended.</param>
    /// <returns>What was measured.</returns>
    /// <exception cref="InferenceException">There are fewer latencies than there should be.</exception>
    public static LoadResult Measure(Launch launch, string name, TextWriter output)
    {
        var loop = new TimedLoop(launch);
        var iteration = 0;
        var benchmark = new InferenceBenchmark(launch.Streams[0].Timed, loop.Before(isTimed: false));
        var parameters = new EngineParameters
        {
            Host = new LaunchHost(output),
            TargetJob = JobOf(name, launch.Requests),
            BenchmarkName = name,
            OperationsPerInvoke = 1,
            GlobalSetupAction = static () => { },
            GlobalCleanupAction = static () => { },
            IterationSetupAction = () => benchmark.Choose(loop.Before(isTimed: iteration >= UncountedIterations)),
            IterationCleanupAction = () => loop.After(isTimed: iteration++ >= UncountedIterations),
            // Both are the same because one operation is one invocation.
            WorkloadActionNoUnroll = benchmark.Infer,
            WorkloadActionUnroll = benchmark.Infer,
            OverheadActionNoUnroll = static _ => { },
            OverheadActionUnroll = static _ => { },
            Dummy1Action = static () => { },
            Dummy2Action = static () => { },
            Dummy3Action = static () => { },
        };
        using var engine = new EngineFactory().CreateReadyToRun(parameters);
        return loop.Result([.. (engine.Run().Workload ?? []).Select(Latency)]);
    }

    private static double Latency(Measurement measurement) => measurement.Nanoseconds / NanosecondsPerMillisecond;

    /// <summary>No figure is corrected or dropped afterwards, and nothing is collected between iterations.</summary>
    private static Job JobOf(string name, int iterations) => new Job(name)
        .WithRuntime(CoreRuntime.CreateForNewVersion("net10.0", ".NET 10.0"))
        .WithStrategy(RunStrategy.Monitoring)
        .WithLaunchCount(1)
        .WithWarmupCount(UncountedIterations)
        .WithIterationCount(iterations)
        .WithInvocationCount(1)
        .WithUnrollFactor(1)
        .WithEvaluateOverhead(false)
        .WithOutlierMode(OutlierMode.DontRemove)
        .WithGcForce(false)
        .Freeze();
}
