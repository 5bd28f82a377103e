using System.Globalization;
using System.Text;
using Bench.Analysis.Json;
using Bench.Analysis.Rendering;
using Bench.Analysis.Runs;

namespace Bench.Analysis.Reports;

/// <summary>Writes how settings were found: every configuration of a search, and what became of it.</summary>
internal static class MarkdownTune
{
    /// <summary>Writes it.</summary>
    /// <param name="text">The report.</param>
    /// <param name="tune">What the search left.</param>
    public static void WriteTo(StringBuilder text, TuneRecord tune)
    {
        text.Append("\n## How the settings were found\n\n").Append(Claim(tune)).Append(CultureInfo.InvariantCulture,
            $" Of {tune.Points.Count} configurations {tune.Points.Count(point => point.Stage != TuneStage.Pruned)} had short launches, "
            + $"{tune.Launches} in all, {Figures.Text(tune.Seconds, "0")} s; these only choose. Costs are "
            + $"{(tune.IsPriced ? "dollars" : "the machine's time")}.\n\n");
        var table = new MarkdownTable("configuration", "came to", "short launches", "cost over the best's [95 %]", "why no further");
        foreach (var point in tune.Points.OrderByDescending(point => point.Stage).ThenBy(point => point.Ratio?.Ratio ?? double.MaxValue)
            .ThenBy(point => point.Cell.ToString(), StringComparer.Ordinal))
        {
            table.Add(
                $"{point.Cell}", EnumNames.Of(point.Stage), point.Launches == 0 ? Figures.None : Figures.Text(point.Launches, "0"),
                Ratio(point.Ratio), point.Reason ?? (point.Cell == tune.Chosen ? "chosen" : point.IsEquallyGood ? "not told from the best"
                    : point.Cell == tune.Default ? "the default" : string.Empty));
        }

        table.WriteTo(text);
    }

    private static string Claim(TuneRecord tune) => tune.Outcome switch
    {
        TuneOutcome.NothingMeets when tune.RequestsPerSecond is { } rate =>
            $"Nothing keeps up with {Figures.Text(rate, "0.###")} requests a second.",
        TuneOutcome.NothingMeets => $"Nothing meets {Figures.Text(tune.LimitMs ?? 0, "0.###")} ms.",
        TuneOutcome.Improved => $"`{tune.Chosen}` is {Times(tune)} as cheap as `{tune.Default}`, by fresh launches.",
        _ when tune.Chosen == tune.Default => $"Nothing is shown to be cheaper than `{tune.Default}`, the default, by fresh launches.",
        _ => $"No improvement is shown: `{tune.Chosen}` is {Times(tune)} as cheap as `{tune.Default}`, by fresh launches"
            + (tune.WhyNot is { } why ? $", but {why}." : "."),
    };

    private static string Times(TuneRecord tune) => $"{Ratio(tune.TimesAsCheap)} times";

    private static string Ratio(TuneRatio? ratio) => ratio is null ? Figures.None
        : ratio is { Lower: { } lower, Upper: { } upper }
            ? $"{Figures.Text(ratio.Ratio, "0.00")} [{Figures.Text(lower, "0.00")}, {Figures.Text(upper, "0.00")}]"
            : Figures.Text(ratio.Ratio, "0.00");
}
