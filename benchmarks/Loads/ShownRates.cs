using Bench.Analysis.Runs;
using Bench.Analysis.Statistics.Queueing;

namespace Bench.Benchmarks.Loads;

/// <summary>What launches at several rates have shown together.</summary>
/// <param name="Met">The highest rate that is shown to meet the limit. Only those count that are below every rate that is shown to miss it,
/// and below every one whose confirmation failed: what is above was luck. Null if there is none.</param>
/// <param name="IsConfirmed">Whether a confirmation has shown it.</param>
/// <param name="Confirmed">The highest such rate that a confirmation has shown; null if there is none.</param>
/// <param name="Missed">The lowest rate that is shown to miss the limit; null if there is none.</param>
/// <param name="Refused">The lowest rate whose confirmation failed; null if there is none.</param>
internal sealed record ShownRates(double? Met, bool IsConfirmed, double? Confirmed, double? Missed, double? Refused)
{
    /// <summary>Sums launches up.</summary>
    /// <param name="history">The launches; may be empty.</param>
    /// <param name="saturationRate">Requests per second: more than that is never answered for long.</param>
    public static ShownRates Of(IReadOnlyList<RateProbe> history, double saturationRate)
    {
        var shown = history.Where(probe => !probe.IsOverloaded || IsOverload(probe.Rate, history, saturationRate)).ToList();
        var missed = shown.Where(probe => probe.IsOverloaded || probe.IsMissed).Min(probe => (double?)probe.Rate);
        var refused = shown.Where(probe => probe is { IsConfirmation: true, IsMet: false }).Min(probe => (double?)probe.Rate);
        var below = Math.Min(missed ?? double.PositiveInfinity, refused ?? double.PositiveInfinity);
        var met = history.Where(probe => probe.IsMet && probe.Rate < below).ToList();
        var highest = met.Max(probe => (double?)probe.Rate);
        var confirmed = met.Where(probe => probe.IsConfirmation).Max(probe => (double?)probe.Rate);
        return new ShownRates(highest, highest is not null && confirmed == highest, confirmed, missed, refused);
    }

    /// <summary>Whether it is shown that more comes in at a rate than can be answered.</summary>
    /// <param name="rate">The rate.</param>
    /// <param name="history">The launches.</param>
    /// <param name="saturationRate">Requests per second: more than that is never answered for long.</param>
    public static bool IsOverload(double rate, IReadOnlyList<RateProbe> history, double saturationRate) =>
        OverloadRule.IsShown(history.Count(probe => probe.IsOverloaded && probe.Rate <= rate), rate / saturationRate);

    /// <summary>The end of the search: only what is confirmed is its lower end.</summary>
    /// <param name="reason">Why it ends.</param>
    public RateSearchResult End(RateSearchEnd reason) => new(Confirmed, Missed, reason);
}
