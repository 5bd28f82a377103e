using Bench.Analysis.Runs;
using Bench.Analysis.Statistics.Queueing;

namespace Bench.Benchmarks.Loads;

/// <summary>
/// Looks for the highest rate at which a limit is met, as a band from a rate that is shown to meet it to one that is shown to miss it.
/// What comes next depends on the launches alone, so that an interrupted search goes on where it was.
/// </summary>
/// <remarks>
/// <para>Each launch has one rate and is judged by itself. Those that show nothing narrow nothing; all of them say where to look
/// (<see cref="RateEstimate"/>). The two ends are sought at equal distances from there, as near as the time allows, with as many requests
/// as the planner says. The lower end is the highest of several that were found to meet the limit, so it may be there by luck: a launch
/// with new seeds decides about it alone, and if it does not show the same, the next lower rate is tried in the same way.</para>
/// <para>Simulated in tests/Bench.Simulations/Loads.</para>
/// </remarks>
/// <param name="settings">What is known from the start.</param>
internal sealed class RateSearch(RateSearchSettings settings)
{
    private const double FirstUtilisation = 0.7;
    private const double LowestUtilisation = 0.02;
    private const double HighestUtilisation = 0.98;

    // The first launches only say where to look: enough for a rate at which a quarter of the allowed share is late.
    private const double FirstShare = 0.25;
    private const int FirstLaunches = 2;
    private const double WidestStep = 4;

    // Of the width, how much is aimed at: the rest is for a step down when the confirmation fails.
    private const double AimedAt = 0.86;
    private const double StepDown = 0.008;
    private const double MoreToConfirm = 1.3;

    // Of what is aimed at, how wide the band may be; and of half of it, how far beyond the centre the other end has to be.
    private const double WidestOfAimed = 1.14;
    private const double LeastRoom = 0.8;
    private const double SameRate = 0.01;

    // Launches are not planned for shares nearer to the allowed one than these.
    private const double NearestBelow = 0.9;
    private const double NearestAbove = 1.1;
    private const int WidestDoubling = 5;

    /// <summary>What to do next.</summary>
    /// <param name="history">All launches so far, in their order.</param>
    /// <returns>A launch, or the end.</returns>
    public RateStep Next(IReadOnlyList<RateProbe> history)
    {
        var state = ShownRates.Of(history, settings.SaturationRate);
        if (IsNarrow(state) && state.IsConfirmed)
        {
            return state.End(state.Missed is null ? RateSearchEnd.NothingMissed : RateSearchEnd.Narrow);
        }

        if (state.Missed <= LowestUtilisation * settings.SaturationRate)
        {
            return state.End(RateSearchEnd.NothingMet);
        }

        if (history.Count >= settings.MostLaunches)
        {
            return state.End(RateSearchEnd.LaunchesEnded);
        }

        var left = settings.BudgetSeconds - history.Sum(probe => probe.Seconds);
        if (Again(history) is { } again && Fitting(again, left) is not null)
        {
            return again;
        }

        var estimate = RateEstimate.Of(history, settings);
        if (IsNarrow(state))
        {
            return (RateStep?)Affordable(state, estimate!, left) ?? state.End(RateSearchEnd.BudgetEnded);
        }

        var isLast = history.Count == settings.MostLaunches - 1 && state is { Met: not null, IsConfirmed: false };
        var next = isLast ? null : Narrowing(history, state, estimate, left);
        next ??= state is { Met: not null, IsConfirmed: false } ? Affordable(state, estimate!, left) : null;
        return (RateStep?)next ?? state.End(RateSearchEnd.BudgetEnded);
    }

    private bool IsNarrow(ShownRates state) =>
        state.Met is { } met && 1 - (met / (state.Missed ?? settings.SaturationRate)) <= settings.Width;

    /// <summary>The last launch once more, if it was overloaded and nothing else says that it had to be.</summary>
    private NextProbe? Again(IReadOnlyList<RateProbe> history) =>
        history is [.., { IsOverloaded: true } last] && !ShownRates.IsOverload(last.Rate, history, settings.SaturationRate)
            ? new NextProbe(last.Rate, last.Planned, last.IsConfirmation) : null;

    /// <summary>A launch that can narrow the band and leaves time to confirm its lower end.</summary>
    private NextProbe? Narrowing(IReadOnlyList<RateProbe> history, ShownRates state, RateEstimate? estimate, double left)
    {
        if (estimate is null || history.Count(probe => !probe.IsOverloaded) < FirstLaunches)
        {
            return Fitting(First(history, state, estimate), left);
        }

        var aim = -Math.Log(1 - (AimedAt * settings.Width)) / 2;
        for (var (doubling, distance) = (0, aim); doubling <= WidestDoubling; doubling++, distance *= 2)
        {
            if (Ends(history, state, estimate, distance) is not { } probe)
            {
                continue;
            }

            var reserve = probe.IsConfirmation ? 0 : Cost(Confirmation(Math.Min(state.Met ?? probe.Rate, probe.Rate), estimate));
            if (Cost(probe) + reserve <= left)
            {
                return probe;
            }
        }

        return null;
    }

    /// <summary>The next of the two ends at a distance from the estimate; null if the band is as narrow as that.</summary>
    private NextProbe? Ends(IReadOnlyList<RateProbe> history, ShownRates state, RateEstimate estimate, double distance)
    {
        // How wide the band may be, and how far an end may be from the centre so that the other one has room beyond it.
        var widest = 2 * distance * WidestOfAimed;
        var farthest = Math.Exp(widest - (LeastRoom * distance));
        var (met, missed) = (state.Met ?? 0, state.Missed ?? double.PositiveInfinity);
        if (missed <= met * Math.Exp(widest))
        {
            return null;
        }

        // What is shown goes before what is estimated.
        var centre = Math.Min(estimate.Rate, HighestUtilisation * settings.SaturationRate);
        centre = Math.Min(Math.Max(centre, met * Math.Exp(distance / 4)), missed * Math.Exp(-distance / 4));
        var (isLowerThere, isUpperThere) = (met * farthest >= centre, missed <= centre * farthest);
        var isLowerFarther = isLowerThere == isUpperThere ? met * missed < centre * centre : !isLowerThere;
        var lower = Math.Min(
            Math.Max(centre * Math.Exp(-distance), isUpperThere ? missed * Math.Exp(-widest) : 0),
            (state.Refused ?? double.PositiveInfinity) * (1 - StepDown));
        if (lower > met && (state.Met is null || isLowerFarther))
        {
            return More(Probe(lower, Math.Min(estimate.ShareOfAllowed(lower), NearestBelow), state.Refused is not null), history);
        }

        // Where the lower end cannot be raised, the upper one has to come nearer.
        var farthestUpper = isLowerThere || lower <= met ? met * Math.Exp(widest) : double.PositiveInfinity;
        var upper = Math.Min(centre * Math.Exp(distance), farthestUpper);
        return More(Probe(upper, Math.Max(estimate.ShareOfAllowed(upper), NearestAbove), false), history);
    }

    /// <summary>With more requests than planned, where as many have shown nothing.</summary>
    private static NextProbe More(NextProbe probe, IReadOnlyList<RateProbe> history)
    {
        var tried = history.Count(other => other is { IsMet: false, IsMissed: false, IsOverloaded: false }
            && other.Planned >= probe.Requests && Math.Abs(Math.Log(other.Rate / probe.Rate)) < SameRate);
        return probe with { Requests = probe.Requests * (1 + tried) };
    }

    /// <summary>A first launch, or one at the estimate, not too far from where others were.</summary>
    private NextProbe First(IReadOnlyList<RateProbe> history, ShownRates state, RateEstimate? estimate)
    {
        var rate = estimate?.Rate ?? (state.Missed / 2) ?? (FirstUtilisation * settings.SaturationRate);
        var (lowest, highest) = history.Count == 0 ? (0, double.PositiveInfinity)
            : (history.Min(probe => probe.Rate) / WidestStep, (history.Max(probe => probe.Rate) + settings.SaturationRate) / 2);
        return Probe(Math.Clamp(rate, lowest, Math.Max(lowest, highest)), FirstShare, false)!;
    }

    private NextProbe Confirmation(double rate, RateEstimate estimate)
    {
        var probe = Probe(rate, Math.Min(estimate.ShareOfAllowed(rate), NearestBelow), true);
        return probe with { Requests = (long)Math.Ceiling(probe.Requests * MoreToConfirm) };
    }

    private NextProbe Probe(double rate, double shareOfAllowed, bool isConfirmation)
    {
        var utilisation = Math.Min(rate / settings.SaturationRate, HighestUtilisation);
        return new NextProbe(rate, OpenLoadPlan.Requests(utilisation, settings.Quantile, shareOfAllowed)!.Value, isConfirmation);
    }

    /// <summary>A confirmation of the lower end, or of the highest rate below it for which there is time: it decides alone, so that its
    /// rate need not have been tried.</summary>
    private NextProbe? Affordable(ShownRates state, RateEstimate estimate, double left)
    {
        for (var rate = state.Met!.Value; rate > (state.Confirmed ?? (state.Met.Value / 2)); rate *= 1 - (2 * StepDown))
        {
            if (Fitting(Confirmation(rate, estimate), left) is { } probe)
            {
                return probe;
            }
        }

        return null;
    }

    private NextProbe? Fitting(NextProbe probe, double left) => Cost(probe) <= left ? probe : null;

    private double Cost(NextProbe probe) => settings.LaunchSeconds + (probe.Requests / probe.Rate);
}
