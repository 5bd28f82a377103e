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
    private const double Level = 0.95;

    /// <summary>Its cost over that of the winner, by launches of the search; null without a common round.</summary>
    public double? Ratio { get; init; }

    /// <summary>The 95 % interval of that; null with fewer than two common rounds.</summary>
    public ConfidenceInterval? Interval { get; init; }

    /// <summary>The latency that the limit is on, in ms, by launches of the search; null without a limit, or without launches.</summary>
    public double? LatencyMs { get; init; }

    /// <summary>Whether it seems to be beyond the limit, by the launches that it has.</summary>
    public bool IsOver { get; init; }

    /// <summary>Whether launches of the search show it to be beyond the limit.</summary>
    public bool IsShownOver { get; init; }

    /// <summary>Whether the search's launches do not tell it from the winner.</summary>
    public bool IsEquallyGood { get; init; }

    /// <summary>Reads it off what launches said.</summary>
    /// <param name="candidate">The configuration.</param>
    /// <param name="place">Its number in the table.</param>
    /// <param name="table">What launches said.</param>
    /// <param name="winner">The number of the winner; null without one.</param>
    /// <param name="isRaced">Whether it was among the last.</param>
    /// <param name="reason">Why it was dropped; null if it was not.</param>
    public static TuneStanding Of(TuneCandidate candidate, int place, TuneTable table, int? winner, bool isRaced, string? reason)
    {
        var difference = winner is { } best && table.Launches(best) > 0 ? table.Difference(place, best, Level) : null;
        return new TuneStanding(candidate, isRaced ? TuneStage.Raced : TuneStage.Screened, table.Launches(place), reason)
        {
            Ratio = difference is { } found ? Math.Exp(found.Value) : null,
            Interval = difference?.Interval is { } interval
                ? new ConfidenceInterval(Math.Exp(interval.Lower), Math.Exp(interval.Upper), interval.Level)
                : null,
            LatencyMs = table.HasFailed(place) ? null : table.LatencyMs(place),
            IsOver = !table.HasFailed(place) && table.IsOver(place),
            IsShownOver = !table.HasFailed(place) && table.IsShownOver(place),
            IsEquallyGood = place != winner && reason is null && difference?.Interval is { } around
                && around.Lower <= 0 && around.Upper >= 0,
        };
    }

    /// <summary>As it is written down.</summary>
    public TunePoint ToPoint() => new(
        Candidate.Cell, Stage, Launches, IsEquallyGood, Ratio is { } ratio ? TuneRatio.Of(ratio, Interval) : null, Reason);
}
