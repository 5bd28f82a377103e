using System.Globalization;
using Bench.Analysis.Decision;
using Bench.Analysis.Rendering;
using Bench.Analysis.Rows;
using Bench.Analysis.Statistics;

namespace Bench.Analysis.Consoles;

/// <summary>What a run says of a model, in a sentence or two.</summary>
internal static class RunAnswer
{
    /// <summary>Says it.</summary>
    /// <param name="model">The model.</param>
    /// <param name="rows">What was measured.</param>
    /// <param name="decision">What is the cheapest; null without prices.</param>
    public static string Of(ModelReport model, IReadOnlyList<MeasurementRow> rows, ModelDecision? decision)
    {
        var fit = rows.Where(row => row is { HasComparableTime: true, Throughput: not null, Latency: not null }
            && (row.IsReference || row.Comparison?.IsAccepted == true)).ToList();
        if (fit.Count == 0)
        {
            return rows.Any(row => row.Throughput is not null)
                ? $"of no measurement of {model.Id} is it shown that its outputs are right: there is none to choose."
                : "nothing to choose from.";
        }

        var fastest = fit.MinBy(row => row.Latency!.MeanMs)!;
        return decision is { Choice: { } choice } ? $"{Of(fit, rows)}{Cheapest(choice)} {Quickest(fit, fastest, choice)}"
            : $"{Of(fit, rows)}{Most(fit)} {Quickest(fit, fastest, null)}"
                + (rows.Any(row => row.Cost is not null) ? string.Empty : " What it costs is not known without a price.");
    }

    private static string Of(List<MeasurementRow> fit, IReadOnlyList<MeasurementRow> rows) =>
        fit.Count == rows.Count(row => row.Throughput is not null) ? string.Empty : "of those whose outputs are shown to be right, ";

    private static string Cheapest(Choice choice)
    {
        var tied = choice.TiedWith.Count == 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture,
            $" Nothing tells its cost from that of {ConsoleNames.Of(choice.TiedWith[0].Measurement)}"
            + $"{(choice.TiedWith.Count > 1 ? $" and {choice.TiedWith.Count - 1} more" : string.Empty)}: a tie.");
        var candidate = choice.Candidate;
        return $"{ConsoleNames.Of(candidate.Measurement)} is the cheapest: ${Figures.Usd(choice.UsdPerMillionImages)} per million images "
            + $"on a busy machine, {Rate(candidate.Throughput.ImagesPerSecond)} images a second.{tied}";
    }

    private static string Most(List<MeasurementRow> fit)
    {
        var most = fit.MinBy(row => row.Throughput!.ImageMs)!;
        return $"{ConsoleNames.Of(most.Measurement)} processes the most, {Rate(most.Throughput!.ImagesPerSecond)} images a second"
            + $"{Overlap(most, fit, row => row.Throughput!.ImageInterval)}.";
    }

    /// <summary>How many are not told from the one with the best estimate.</summary>
    private static string Overlap(MeasurementRow best, List<MeasurementRow> fit, Func<MeasurementRow, ConfidenceInterval?> interval)
    {
        if (interval(best) is not { } own)
        {
            return fit.Count == 1 ? string.Empty : " (by an estimate without an interval)";
        }

        var overlapping = fit.Count(row => row != best && !(interval(row)?.Lower > own.Upper));
        return overlapping switch
        {
            0 => string.Empty,
            1 => " (by its estimate: one other is not shown to differ)",
            _ => string.Create(CultureInfo.InvariantCulture, $" (by its estimate: {overlapping} others are not shown to differ)"),
        };
    }

    private static string Quickest(List<MeasurementRow> fit, MeasurementRow fastest, Choice? choice)
    {
        var who = fastest.Measurement == choice?.Cell && fastest.RunId == choice.Run ? "It also" : ConsoleNames.Of(fastest.Measurement);
        return $"{who} answers the soonest, in {Figures.Ms(fastest.Latency!.MeanMs)} ms on average"
            + $"{Overlap(fastest, fit, row => row.Latency!.MeanInterval)}.";
    }

    private static string Rate(double rate) => Figures.Text(rate, Figures.RateFormat(rate));
}
