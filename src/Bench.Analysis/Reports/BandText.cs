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
        if (band.Remark is { } remark)
        {
            return $"{band.Cell}: no rate meets {limit}: {remark}";
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
            + $"{Why(band.End)}; saturation is {Figures.Text(band.SaturationRate, Figures.RateFormat(band.SaturationRate))}).";
    }

    private static string Rate(double rate) => Figures.Text(rate, "0.####");

    private static string Why(RateSearchEnd end) => end switch
    {
        RateSearchEnd.Narrow => "narrow enough",
        RateSearchEnd.BudgetEnded => "no further launch fits into --budget",
        RateSearchEnd.LaunchesEnded => "as many launches as a search may have",
        RateSearchEnd.NothingMet => "missed down to a fiftieth of saturation",
        _ => "met up to saturation",
    };
}
