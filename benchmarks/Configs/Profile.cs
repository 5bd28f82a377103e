namespace Bench.Benchmarks.Configs;

/// <summary>How much is measured.</summary>
/// <param name="Name">The name on the command line.</param>
/// <param name="Rounds">Launches of each cell: the unit of replication.</param>
/// <param name="WarmupIterations">Inferences at the start of each launch that are not counted.</param>
/// <param name="Iterations">Timed inferences of each launch.</param>
/// <param name="MaximumEvaluatedImages">How many evaluation images are processed at most.</param>
/// <param name="Purpose">What it is for.</param>
public sealed record Profile(
    string Name, int Rounds, int WarmupIterations, int Iterations, int MaximumEvaluatedImages, string Purpose)
{
    /// <summary>All profiles.</summary>
    public static readonly IReadOnlyList<Profile> All =
    [
        new("smoke", Rounds: 3, WarmupIterations: 2, Iterations: 10, MaximumEvaluatedImages: 40,
            "seconds per cell, for CI: does everything work?"),
        new("gate", Rounds: 20, WarmupIterations: 5, Iterations: 20, MaximumEvaluatedImages: int.MaxValue,
            "20 short launches a cell and all images, for compare and gate: launches are what differs"),
        new("default", Rounds: 5, WarmupIterations: 10, Iterations: 141, MaximumEvaluatedImages: 1000,
            "705 iterations a cell: enough for P50 and P90"),
        new("paper", Rounds: 5, WarmupIterations: 20, Iterations: 1000, MaximumEvaluatedImages: int.MaxValue,
            "5,000 iterations a cell, as in the study"),
    ];
}
