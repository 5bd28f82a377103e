using Bench.Analysis.Runs;
using Bench.Analysis.Statistics;

namespace Bench.Benchmarks.Tuning;

/// <summary>What a search knows of a configuration.</summary>
/// <param name="Candidate">The configuration.</param>
/// <param name="Stage">How far it came.</param>
/// <param name="Launches">How many launches of it the search made.</param>
/// <param name="Reason">Why it went no further, in a sentence; null of those that were not dropped.</param>
internal sealed record TuneStanding(TuneCandidate Candidate, TuneStage Stage, int Launches, string? Reason)
{
    /// <summary>Its cost over that of the winner, by launches of the search; null without a common round.</summary>
    public double? Ratio { get; init; }

    /// <summary>The 95 % interval of that; null with fewer than two common rounds.</summary>
    public ConfidenceInterval? Interval { get; init; }

    /// <summary>The latency that the limit is on, in ms, by launches of the search; null without a limit, or without launches.</summary>
    public double? LatencyMs { get; init; }

    /// <summary>Whether launches of the search show it to be beyond the limit.</summary>
    public bool IsShownOver { get; init; }

    /// <summary>Whether the search's launches do not tell it from the winner.</summary>
    public bool IsEquallyGood { get; init; }

    /// <summary>As it is written down.</summary>
    public TunePoint ToPoint() => new(
        Candidate.Cell, Stage, Launches, IsEquallyGood, Ratio is { } ratio ? TuneRatio.Of(ratio, Interval) : null, Reason);
}

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
