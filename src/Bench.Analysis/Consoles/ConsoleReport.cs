using System.Globalization;
using Bench.Analysis.Decision;
using Bench.Analysis.Rendering;
using Bench.Analysis.Reports;
using Bench.Analysis.Rows;
using Bench.Analysis.Runs;
using Bench.Analysis.Statistics.Queueing;

namespace Bench.Analysis.Consoles;

/// <summary>Writes what a run found for a console: the answer, and what it rests on. Everything else stands in the report.</summary>
public static class ConsoleReport
{
    private const int MostLines = 6;

    /// <summary>Writes a report in 120 columns.</summary>
    /// <param name="report">The report.</param>
    /// <param name="decisions">What is the cheapest of each model that has prices.</param>
    /// <param name="next">What to do next, in a sentence or two; empty for nothing.</param>
    /// <param name="width">The most columns of the console that a line takes.</param>
    /// <param name="limit">A limit that was asked; null for none.</param>
    /// <returns>The text, with line feeds, the same on every operating system and in every culture.</returns>
    public static string Write(
        Report report,
        IReadOnlyList<ModelDecision> decisions,
        string next = "",
        int width = ConsoleText.Width,
        LimitQuestion? limit = null)
    {
        var page = new ConsolePage(width);
        foreach (var run in report.Runs)
        {
            WriteRun(page, run, report);
        }

        foreach (var model in report.Models)
        {
            page.Append('\n');
            WriteModel(page, model, decisions.FirstOrDefault(decision => decision.Model == model.Id), limit);
        }

        if (next.Length > 0)
        {
            page.Append('\n');
            page.Write("Next", next);
        }

        return page.ToString();
    }

    private static void WriteRun(ConsolePage page, RunSummary run, Report report)
    {
        page.Write("machine", MachineText.Of(run.Machine));
        foreach (var (device, price, whyNot) in run.SlowedDownBy is null ? run.Prices : [])
        {
            page.Write("price", price is not null ? $"${Figures.Usd(price.UsdPerHour)} an hour of {device}, {price.Origin}"
                : $"unknown for {device}: give --usd-per-hour X or --hardware KEY (bench prices lists them)");
        }

        page.Write("engines", Engines(run, report));
        foreach (var care in RunCautions.Of(run))
        {
            page.Write("CAREFUL", care);
        }
    }

    private static string Engines(RunSummary run, Report report)
    {
        var engines = run.Engines.GroupBy(engine => engine.Engine).Select(group =>
            $"{group.Key} ({string.Join(", ", group.Select(engine => engine.Backend).Distinct())})");
        var absent = report.Models.SelectMany(model => model.Rows)
            .Where(row => row.RunId == run.Id && row is { Status: CellStatus.Unavailable, Facts.Engine: null })
            .Select(row => row.CellId.Backend.ToString()).Except(run.Engines.Select(engine => engine.Backend)).Distinct().ToList();
        return (run.Engines.Count == 0 ? "none" : string.Join("; ", engines))
            + (absent.Count == 0 ? string.Empty : $"; not here: {string.Join(", ", absent)} (--list says why)");
    }

    private static void WriteModel(ConsolePage page, ModelReport model, ModelDecision? decision, LimitQuestion? limit)
    {
        var metric = model.MetricName is { } name && model.DataImages is { } images ? string.Create(CultureInfo.InvariantCulture,
            $" {Figures.Capital(name)} over {model.EvaluatedImages} of {images} images.") : string.Empty;
        page.Write($"{model.Id} ", $"{model.Title.TrimEnd('.')}.{metric}", Math.Max(12, model.Id.Length + 2));
        if (Compared(model) is { Length: > 0 } compared)
        {
            page.Write("compared", compared);
        }

        var rows = RunTable.Rows(model);
        if (rows.Count > 0)
        {
            page.Append('\n');
            RunTable.WriteTo(page, rows);
            page.Append('\n');
            page.Write("Answer", RunAnswer.Of(model, rows, decision));
        }

        WriteLines(page, "Rate", rows.Where(row => row is { Band: not null, Plan: not null })
            .Select(row => BandText.Of(row.Band!, row.Plan!)));
        WriteLines(page, "Failed", model.Rows.Where(row => row.Status is CellStatus.Failed or CellStatus.Pending)
            .GroupBy(row => row.Reason).Select(alike =>
                $"{(alike.Count() == model.Rows.Count && alike.Count() > 1 ? $"all {alike.Count()} cells"
                    : string.Join(", ", alike.Select(row => ConsoleNames.Of(row.Measurement)).Distinct()))}: {alike.Key}"));
        // An engine that is here, and a cell that it cannot run all the same.
        WriteLines(page, "Left out", model.Rows.Where(row => row is { Status: CellStatus.Unavailable, Facts.Engine: not null })
            .GroupBy(row => row.Reason).Select(alike =>
                $"{string.Join(", ", alike.Select(row => ConsoleNames.Of(row.Measurement)).Distinct())}: {alike.Key}"));
        WriteLines(page, "Limit", [
            .. limit?.Answers(rows, rows.Max(row => row.Latency?.Launches) ?? 0) ?? [],
            .. rows.Where(row => row.Open?.Verdict is not null).Select(Limit)]);
        WriteLines(page, "Undecided", model.Rows.Where(row => row.Status == CellStatus.Undecided)
            .Select(row => $"{ConsoleNames.Of(row.Measurement)}: {row.Reason}"));
        WriteLines(page, "Careful", Careful(model, rows));
    }

    /// <summary>What outputs are judged by, where that is not all there is to know; empty otherwise.</summary>
    private static string Compared(ModelReport model)
    {
        var by = model.Outputs is { Count: > 1 } outputs && outputs.FirstOrDefault(output => output.IsJudged) is { } judged
            ? $"by the output '{judged.Name}'; not compared: "
                + $"{string.Join(", ", outputs.Where(other => !other.IsJudged).Select(other => $"'{other.Name}'"))} (--output-judged NAME)"
            : string.Empty;
        var drawn = model.Inputs?.Any(input => input.From.StartsWith("drawn", StringComparison.Ordinal)) == true
            ? "on inputs that were drawn at random (--input brings others)" : string.Empty;
        return string.Join(", ", new[] { by, drawn }.Where(part => part.Length > 0));
    }

    /// <summary>Whether a limit is met under an open load.</summary>
    private static string Limit(MeasurementRow row)
    {
        var open = row.Open!;
        var asked = string.Create(CultureInfo.InvariantCulture, $"P{100 * (open.Quantile ?? 0):0.#} within {open.LimitMs} ms");
        return $"{ConsoleNames.Of(row.Measurement)}: " + open.Verdict switch
        {
            LateVerdict.Met => $"{asked} is met.",
            LateVerdict.Missed => $"{asked} is missed{(open.Overload is null ? string.Empty : $": overloaded, {open.Overload}")}.",
            _ => $"whether {asked} is met is undecided"
                + (open.RequestsNeeded is { } needed
                    ? string.Create(CultureInfo.InvariantCulture, $"; it takes about {needed:#,0} requests.") : "."),
        };
    }

    /// <summary>What should make a reader doubt the rows: said once for all that share it.</summary>
    internal static IEnumerable<string> Careful(ModelReport model, List<MeasurementRow> rows)
    {
        if (rows.Exists(RunTable.HasUnbounded))
        {
            yield return "* too few launches, or too few slow requests, to give this percentile an upper bound: "
                + "that a limit on it is met cannot be shown. --launches 20 has more.";
        }

        foreach (var warning in model.Warnings.Concat(model.Notes).Distinct())
        {
            yield return Figures.Capital(warning);
        }

        if (rows.Where(RunTable.IsTooShort).ToList() is { Count: > 0 } unknown)
        {
            yield return $"{Names(unknown, rows)}: too short to say: the mean is known to ± {Figures.Text(100 * RunTable.TooWide, "0")} % "
                + "or worse. Measure with more launches (--launches N, or --profile paper), or when nothing else works on the machine.";
        }

        // What was not computed as asked first; numbers apart, a warning is said once.
        foreach (var alike in rows.SelectMany(row => row.Warnings.Select(warning => (row, warning)))
            .GroupBy(entry => AlikeTexts.Key(entry.warning))
            .OrderByDescending(alike => alike.Key.StartsWith("asked for", StringComparison.Ordinal)))
        {
            yield return $"{Names([.. alike.Select(entry => entry.row).Distinct()], rows)}: "
                + AlikeTexts.Worst([.. alike.Select(entry => entry.warning).Distinct()]);
        }
    }

    private static string Names(List<MeasurementRow> some, List<MeasurementRow> all) =>
        some.Count == all.Count && all.Count > 1 ? "all" : ConsoleNames.Some([.. some.Select(row => ConsoleNames.Of(row.Measurement))]);

    private static void WriteLines(ConsolePage page, string label, IEnumerable<string> lines) =>
        page.WriteList(label, lines, MostLines, ", in the report");
}
