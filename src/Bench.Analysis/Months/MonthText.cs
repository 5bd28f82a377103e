using System.Globalization;
using Bench.Analysis.Decision;
using Bench.Analysis.Rendering;

namespace Bench.Analysis.Months;

/// <summary>How a month's plan stands in sentences.</summary>
internal static class MonthText
{
    private const double MillisecondsPerSecond = 1000;
    private const double Cent = 0.005;

    /// <summary>Money to the cent.</summary>
    public static string Usd(double usd) => Figures.Text(usd, "#,0.00");

    /// <summary>What was asked: <c>2,000,000 images a month, P99 within 20 ms</c>.</summary>
    public static string Asked(MonthDecision month)
    {
        var hours = month.Demand.Hours == WorkHours.Always ? string.Empty : $", in {month.Demand.Hours} hours";
        var limit = month.LimitMs is { } ms
            ? string.Create(CultureInfo.InvariantCulture, $"{month.Quantile.Name()} within {ms} ms")
            : "without a time limit";
        return string.Create(CultureInfo.InvariantCulture, $"{month.Demand.ImagesPerMonth:#,0} images a month{hours}, {limit}");
    }

    /// <summary>What is really sold; a dash for a price that the user gave.</summary>
    public static string Sold(MonthPlan plan) => plan.IsOwn ? $"{plan.Machines} of one's own"
        : plan.Offer is not { } offer ? Figures.None
        : string.Create(CultureInfo.InvariantCulture, $"{plan.Offers:#,0} × {offer.Provider} {offer.Instance}");

    /// <summary>The answer: each part with what it is about.</summary>
    /// <param name="month">The plans.</param>
    /// <param name="name">What a candidate is called.</param>
    public static IEnumerable<(string Label, string Text)> Answer(MonthDecision month, Func<Candidate, string> name)
    {
        if (month.Plan is not { } plan)
        {
            yield return month.Plans.Count == 0 && month.Unplanned.Count == 0
                ? ("Plan", "none: no cell of this model has a time and a price.")
                : month.Outcome == DecisionOutcome.Undecided
                    ? ("Undecided", "no acceptable cell is shown to meet the limit, nor that none does."
                        + DecisionText.Fastest(month.FastestUndecided, month.Quantile, month.LimitMs, name))
                    : ("No solution", month.LimitMs is null ? "no cell is acceptable, or none can do so many."
                        : "no cell is acceptable and not shown to miss the limit, or none leaves time to wait.");
            if (month.Cheaper is { } open)
            {
                yield return ("Unshown", Unshown(open, name));
            }

            yield break;
        }

        var share = plan.Offer is not null && plan.SharesUsd < plan.BillUsd - Cent
            ? $" The part of it that is needed would be ${Usd(plan.SharesUsd)}; the catalogue has no such offer." : string.Empty;
        yield return ("Plan", $"{name(plan.Candidate)}, {Machines(plan)}: ${Usd(plan.BillUsd)} a month{How(month, plan)}.{share}");
        yield return ("Work", Work(month, plan));
        if (month.LimitMs is not null)
        {
            yield return ("Peak", Peak(month, plan));
        }

        if (month.Cheaper is { } cheaper)
        {
            yield return ("Unshown", Unshown(cheaper, name));
        }

        yield return ("Runner-up", month.RunnerUp is not { } runnerUp ? "no other machine is shown to do it."
            : $"{name(runnerUp.Candidate)}, {Machines(runnerUp)}: ${Usd(runnerUp.BillUsd)} a month{How(month, runnerUp)}."
                + WouldWin(plan, runnerUp));
        foreach (var change in month.Changes)
        {
            yield return ("Volume", $"{(change.IsAbove ? "rising" : "falling")} to {Figures.Text(change.ImagesPerMonth, "#,0")} images "
                + $"a month, another machine becomes the cheapest: {name(change.Plan.Candidate)}, ${Usd(change.Plan.BillUsd)} there.");
        }

        foreach (var turn in month.Turns)
        {
            yield return ("Own", $"at {Figures.Text(turn.ImagesPerMonth, "#,0")} images a month one's own, {turn.Own.Hardware} "
                + $"(${Usd(turn.Own.BillUsd)}), is cheaper than a rented one, {turn.Rented.Hardware} (${Usd(turn.Rented.BillUsd)}); "
                + $"a little {(turn.OwnFromThere ? "below" : "above")} that it is not.");
        }
    }

    private static string Word(MonthPlan plan) => plan.Offer is { Whole: > 1 } ? "part" : "machine";

    private static string AllParts(MonthPlan plan) => plan.Offer is { Whole: > 1 } offer
        ? string.Create(CultureInfo.InvariantCulture, $" by all {offer.Whole:0} parts at once") : string.Empty;

    /// <summary>How many; of what is sold with several in it, each is a part.</summary>
    private static string Machines(MonthPlan plan)
    {
        var word = Word(plan);
        return plan.Machines == 1 ? $"one {word}" : string.Create(CultureInfo.InvariantCulture, $"{plan.Machines:#,0} {word}s");
    }

    private static string How(MonthDecision month, MonthPlan plan)
    {
        var on = month.LimitMs is null ? "on while they work"
            : month.Demand.Hours == WorkHours.Always ? "always on" : "on while images arrive";
        return plan.IsOwn ? $" (${Usd(plan.BillUsd - plan.EnergyUsd)} for owning, ${Usd(plan.EnergyUsd)} for the energy of its work)"
            : plan.Offer is not { } offer ? string.Create(CultureInfo.InvariantCulture,
                $", {on}, at ${plan.Candidate.Price.UsdPerHour:0.####} an hour, {plan.Candidate.Price.Origin}")
            : string.Create(CultureInfo.InvariantCulture, $", {on}, as {Sold(plan)} at ${offer.UsdPerHour:0.####} an hour")
                + (offer.Whole > 1 ? string.Create(CultureInfo.InvariantCulture, $" (it holds {offer.Whole:0} parts)") : string.Empty);
    }

    private static string Work(MonthDecision month, MonthPlan plan) =>
        string.Create(CultureInfo.InvariantCulture, $"{plan.WorkHours:#,0.00} hours")
        + (month.LimitMs is null ? string.Create(CultureInfo.InvariantCulture, $", {plan.HoursOn:#,0.00} for each of {plan.Machines:#,0}")
            : string.Create(CultureInfo.InvariantCulture, $" of {month.Demand.Hours.PerMonth * plan.Machines:#,0.#}"))
        + (plan.ByUseUsd is { } use && use < plan.BillUsd
            ? $"; for work that can wait, paid by use{AllParts(plan)} with a start of "
                + $"{Figures.Text(plan.StartMs / MillisecondsPerSecond, "0.#")} s a day, ${Usd(use)}."
            : ".")
        + (month.LimitMs is null ? " Without a limit it may be done at any time." : string.Empty);

    private static string Peak(MonthDecision month, MonthPlan plan) => string.Create(CultureInfo.InvariantCulture,
            $"{month.Demand.PeakFactor:0.##} times the mean, {month.Demand.PeakRate:#,0.##} images a second; each {Word(plan)} works "
            + $"{Figures.PercentResult(plan.BusyAtPeak)} of that time. ")
        + (plan.Basis == CapacityBasis.Computed && plan.FewestMachines < plan.Machines ? string.Create(CultureInfo.InvariantCulture,
            $"{plan.FewestMachines:#,0} could do the work; more of them keep requests from waiting too long. ") : string.Empty)
        + (plan.Basis == CapacityBasis.Measured
            ? "That the limit is met at such a rate was measured."
            : "That the limit is met while images arrive at random moments is computed, not measured: bench run --rate measures it.");

    private static string Unshown(MonthPlan plan, Func<Candidate, string> name) =>
        $"{name(plan.Candidate)} would cost ${Usd(plan.BillUsd)} a month, but it is not shown to meet the limit: "
        + (plan.Candidate.Latency.Remark ?? "the limit lies within its interval; measure with more launches") + ".";

    /// <summary>Below which price of an hour the runner-up would win; one's own machine has none.</summary>
    private static string WouldWin(MonthPlan plan, MonthPlan runnerUp) => runnerUp.IsOwn ? string.Empty
        : $" It would win below ${Figures.Usd(Hour(runnerUp) * plan.BillUsd / runnerUp.BillUsd)}"
            + $" an hour{(runnerUp.Offer is { } offer ? $" of {offer.Instance}" : string.Empty)}.";

    private static double Hour(MonthPlan plan) => plan.Offer?.UsdPerHour ?? plan.Candidate.Price.UsdPerHour;
}
