using Bench.Analysis.Runs;

namespace Bench.Benchmarks.Configs;

/// <summary>How much is measured.</summary>
/// <param name="Name">The name on the command line.</param>
/// <param name="Measuring">Launches, and what each of them measures.</param>
/// <param name="MaximumEvaluatedImages">How many evaluation images are processed at most.</param>
/// <param name="Purpose">What it is for.</param>
public sealed record Profile(string Name, MeasuringPlan Measuring, int MaximumEvaluatedImages, string Purpose)
{
    /// <summary>All profiles.</summary>
    public static readonly IReadOnlyList<Profile> All =
    [
        // On a machine that does other things, too, latencies may never settle; whether everything works does not wait for them.
        new("smoke", Plan(rounds: 3, warmupRequests: 2, warmupSeconds: 0.2, requests: 10) with { LongestWarmupSeconds = 1 },
            MaximumEvaluatedImages: 40, "seconds per cell, for CI: does everything work?"),
        new("gate", Plan(rounds: 20, warmupRequests: 5, warmupSeconds: 0.2, requests: 20), MaximumEvaluatedImages: int.MaxValue,
            "20 short launches a cell and all images, for compare and gate: launches are what differs"),
        new("default", Plan(rounds: 5, warmupRequests: 10, warmupSeconds: 1, requests: 141), MaximumEvaluatedImages: 1000,
            "705 requests a cell: enough for P50 and P90"),
        new("paper", Plan(rounds: 5, warmupRequests: 20, warmupSeconds: 1, requests: 1000), MaximumEvaluatedImages: int.MaxValue,
            "5,000 requests a cell, as in the study"),
    ];

    private static MeasuringPlan Plan(int rounds, int warmupRequests, double warmupSeconds, int requests) => new()
    {
        Rounds = rounds,
        Shares = rounds,
        WarmupRequests = warmupRequests,
        WarmupSeconds = warmupSeconds,
        Requests = requests,
        DeviceSeconds = warmupSeconds < 1 ? 0.2 : 2,
    };
}
