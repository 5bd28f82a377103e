namespace Bench.Benchmarks.Tuning;

/// <summary>What a search has chosen, before that is confirmed.</summary>
/// <param name="Winner">The configuration that is to be confirmed; null if none meets the limit.</param>
/// <param name="RunnerUp">The best other one; null if there is none.</param>
/// <param name="Default">What both are compared with.</param>
/// <param name="Points">All configurations.</param>
internal sealed record TuneChoice(
    TuneCandidate? Winner, TuneCandidate? RunnerUp, TuneCandidate Default, IReadOnlyList<TuneStanding> Points)
{
    /// <summary>What is confirmed: each once.</summary>
    public IReadOnlyList<TuneCandidate> Confirmed =>
        [.. new[] { Winner, RunnerUp, Winner is null ? null : Default }.OfType<TuneCandidate>().Distinct()];
}
