using Bench.Analysis.Runs;

namespace Bench.Benchmarks.Loads;

/// <summary>How long a window of a closed load lasts: until so much time and so many requests of every stream are over. Where requests take
/// very long, fewer are enough.</summary>
/// <param name="Ms">The time in ms, at least.</param>
/// <param name="Requests">Answered requests of every stream, at least.</param>
/// <param name="Windows">How many windows there are, at least.</param>
internal sealed record WindowRule(double Ms, int Requests, int Windows = 3)
{
    /// <summary>What throughput is measured by.</summary>
    public static readonly WindowRule Standard = new(500, 5);

    /// <summary>What configurations are told apart by.</summary>
    public static readonly WindowRule Quick = new(250, 3, Windows: 2);

    /// <summary>What a warm-up goes by.</summary>
    public static readonly WindowRule Warmup = new(250, 5);

    /// <summary>What throughput is measured by.</summary>
    /// <param name="plan">How much is measured.</param>
    public static WindowRule Of(MeasuringPlan plan) => plan.TakesFewRequests ? Quick : Standard;

    /// <summary>What several streams warm up by.</summary>
    /// <param name="plan">How much is measured.</param>
    public static WindowRule OfWarmup(MeasuringPlan plan) => plan.TakesFewRequests ? Quick : Warmup;

    // One answer gives no rate: the first tells when a stream began to count.
    private const int Fewest = 2;
    private const double LongMs = 20_000;

    /// <summary>Whether a window is over.</summary>
    /// <param name="elapsedMs">How long it lasts, in ms.</param>
    /// <param name="fewest">How many requests the slowest stream has answered.</param>
    public bool IsOver(double elapsedMs, int fewest) =>
        elapsedMs >= Ms && fewest >= (elapsedMs > LongMs ? Math.Min(Fewest, Requests) : Requests);
}
