using Bench.Inference;

namespace Bench.Benchmarks.Engines;

/// <summary>A backend, and whether it works on this machine: it was tried on a tiny network in a process of its own.</summary>
/// <param name="Backend">The backend.</param>
/// <param name="Availability">Whether it works, which engine it is, or why it does not work and what to do.</param>
/// <param name="Trial">What the trial saw; null if there was none.</param>
internal sealed record EngineOffer(IBackend Backend, BackendAvailability Availability, TrialResult? Trial)
{
    /// <summary>Which engine it is, where it comes from, and what it runs on; or why it does not work, and what to do.</summary>
    public string Text => Availability.IsAvailable
        ? $"{Availability.Engine}, from {Availability.Source}{(Trial?.Device is { } device ? $", on {device}" : string.Empty)}"
        : Availability.Reason!;
}
