using System.Globalization;
using Bench.Analysis.Rendering;
using Bench.Analysis.Runs;

namespace Bench.Analysis.Reports;

/// <summary>Says in a sentence what a search for the highest rate found.</summary>
public static class BandText
{
    /// <summary>The sentence.</summary>
    /// <param name="band">What was found.</param>
    /// <param name="plan">What was asked.</param>
    public static string Of(RateBand band, MeasuringPlan plan)
    {
        var limit = string.Create(CultureInfo.InvariantCulture, $"P{100 * (plan.Quantile ?? 0):0.#} within {plan.LimitMs} ms");
        if (band is { End: RateSearchEnd.NothingMet, Remark: { } remark })
        {
            return $"{band.Cell}, {limit}: {remark}";
        }

        var found = band switch
        {
            { Met: { } met, Missed: { } missed } => string.Create(CultureInfo.InvariantCulture,
                $"the highest rate that meets {limit} lies between {Rate(met)} (shown to meet it) and {Rate(missed)} (shown to miss it) "
                + $"requests a second, {Figures.PercentResult(band.Width!.Value)} apart"),
            { Met: { } met } => $"{Rate(met)} requests a second are shown to meet {limit}; no rate was shown to miss it",
            { Missed: { } missed } => $"no rate is shown to meet {limit}; {Rate(missed)} requests a second are shown to miss it",
            _ => $"no rate is shown to meet or to miss {limit}",
        };
        return string.Create(CultureInfo.InvariantCulture,
            $"{band.Cell}: {found} ({band.Trials.Count} {(band.Trials.Count == 1 ? "launch" : "launches")}, {band.Seconds / 60:0.0} min; ")
            + $"the search ended because {Why(band)}; without pauses between requests the cell answers "
            + $"{Figures.Text(band.SaturationRate, Figures.RateFormat(band.SaturationRate))} a second).";
    }

    private static string Rate(double rate) => Figures.Text(rate, "0.####");

    private static string Why(RateBand band) => band.End switch
    {
        RateSearchEnd.Narrow => "that is narrow enough",
        RateSearchEnd.BudgetEnded => "no further launch fits into --budget",
        RateSearchEnd.LaunchesEnded => "it had as many launches as it may",
        RateSearchEnd.NothingMet => "even a fiftieth of what the cell can answer misses the limit",
        RateSearchEnd.LaunchFailed => band.Remark?.TrimEnd('.') ?? "a launch failed",
        _ => "the limit is met nearly up to what the cell can answer",
    };
}
