using System.Globalization;
using System.Text;
using Bench.Analysis.Reports;

namespace Bench.Analysis.Comparison;

/// <summary>Writes a comparison for a pull request: GitHub's markdown, readable on a console too.</summary>
public static class MarkdownComparison
{
    /// <summary>Writes a comparison as markdown.</summary>
    /// <param name="report">The comparison.</param>
    /// <returns>The text, with line feeds, the same in every culture.</returns>
    public static string Write(ComparisonReport report)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"**{Summary(report)}**\n\n");
        text.Append(CultureInfo.InvariantCulture, $"Base {MarkdownText.Code(report.Base)}, current {MarkdownText.Code(report.Current)}.\n");
        if (!report.AreComparable)
        {
            // Times that say nothing of each other are not shown side by side.
            WriteReasons(text, report);
            return text.ToString();
        }

        foreach (var difference in report.Differences)
        {
            text.Append(CultureInfo.InvariantCulture, $"- {difference.Name}: {MarkdownText.Escape(difference.Base)} → {MarkdownText.Escape(difference.Current)}\n");
        }

        foreach (var remark in report.Remarks.Concat(report.Drifts.Select(Drift)))
        {
            text.Append("- ").Append(remark).Append('\n');
        }

        WriteTable(text, report);
        WriteUnmatched(text, "On the base only", report.Missing);
        WriteUnmatched(text, "On the current side only", report.New);
        WriteUnmatched(text, "Failed, and not measured by the base", report.Failed);
        WriteUnmatched(text, "Not comparable, because it cannot be told apart", report.Ambiguous);
        WriteLegend(text, report);
        return text.ToString();
    }

    /// <summary>One line on the whole comparison.</summary>
    /// <param name="report">The comparison.</param>
    /// <returns>The line, without markup.</returns>
    public static string Summary(ComparisonReport report)
    {
        if (!report.AreComparable)
        {
            return "Not comparable: times of the one side say nothing of the other";
        }

        var cells = report.Cells.Where(cell => !cell.IsControl).ToList();
        var counts = Enum.GetValues<ComparisonVerdict>()
            .Select(verdict => (Verdict: verdict, Count: cells.Count(cell => cell.Verdict == verdict)))
            .Where(entry => entry.Count > 0)
            .OrderBy(entry => Order(entry.Verdict))
            .Select(entry => $"{entry.Count} {entry.Verdict.Name()}");
        var parts = new List<string> { cells.Count == 0 ? "nothing is on both sides" : $"{string.Join(", ", counts)} of {cells.Count}" };
        Add(report.Missing.Count, "missing");
        Add(report.New.Count, "new");
        Add(report.Failed.Count, "failed");
        Add(report.Ambiguous.Count, "not to be told apart");
        Add(report.Cells.Count(cell => cell.Quality is { IsAccepted: not true }), "with outputs not shown to be the same");
        return $"{string.Join(", ", parts)} (threshold {Figures.Percent(report.Threshold)})";

        void Add(int count, string what)
        {
            if (count > 0)
            {
                parts.Add($"{count} {what}");
            }
        }
    }

    private static int Order(ComparisonVerdict verdict) => verdict switch
    {
        ComparisonVerdict.Slower => 0,
        ComparisonVerdict.Inconclusive => 1,
        ComparisonVerdict.NotSlower => 2,
        ComparisonVerdict.Faster => 3,
        _ => 4,
    };

    private static void WriteReasons(StringBuilder text, ComparisonReport report)
    {
        foreach (var difference in report.Differences.Where(difference => difference.BreaksComparison))
        {
            text.Append(CultureInfo.InvariantCulture, $"- {difference.Name}: {MarkdownText.Escape(difference.Base)} → {MarkdownText.Escape(difference.Current)}\n");
        }

        foreach (var reason in report.Cells.Where(cell => cell.NotComparable is not (null or CellComparison.OfOtherSides)).GroupBy(cell => cell.NotComparable))
        {
            text.Append(CultureInfo.InvariantCulture, $"- {string.Join(", ", reason.Select(cell => MarkdownText.Code(cell.Name)))}: {reason.Key}\n");
        }
    }

    /// <summary>What the control cells did, in a sentence.</summary>
    internal static string Drift(ControlDrift drift)
    {
        var cells = drift.Model.Length == 0 ? "The control cells" : $"The control cells of {drift.Model}";
        return drift.Interval is not { } interval
            ? $"{cells} have too few rounds to say what the machine did."
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{cells} took {Figures.Text(drift.Ratio, "0.000")} [{Figures.Text(interval.Lower, "0.000")}, {Figures.Text(interval.Upper, "0.000")}] times as long as in the base{(drift.IsBeyond ? ": the machine changed by more than the threshold, so that nothing can be called the same" : string.Empty)}.");
    }

    private static void WriteTable(StringBuilder text, ComparisonReport report)
    {
        if (report.Cells.Count == 0)
        {
            return;
        }

        var columns = Columns(report).ToList();
        var table = new MarkdownTable([.. columns.Select(column => column.Header)]);
        foreach (var cell in report.Cells.OrderBy(cell => Order(cell.Verdict)).ThenByDescending(cell => Math.Abs(Math.Log(cell.Time.Ratio.Ratio))).ThenBy(cell => cell.Name, StringComparer.Ordinal))
        {
            table.Add([.. columns.Select(column => column.Cell(cell))]);
        }

        text.Append('\n');
        table.WriteTo(text);
    }

    private static IEnumerable<(string Header, Func<CellComparison, string> Cell)> Columns(ComparisonReport report)
    {
        var hasTypical = report.Cells.Any(cell => cell.Of(CheckSubject.Time) is not null);
        yield return ("cell", cell => MarkdownText.Escape(cell.Name));
        yield return ("base", cell => Figures.Duration(cell.Time.Ratio.BaseNs));
        yield return ("current", cell => Figures.Duration(cell.Time.Ratio.CurrentNs));
        if (hasTypical)
        {
            yield return ($"{(report.Control is null ? "ratio" : "ratio to control")} [{Figures.Percent(report.Level)}]", cell => Ratio(cell, CheckSubject.Time));
        }

        yield return (hasTypical ? "ratio of means" : $"ratio of means [{Figures.Percent(report.Level)}]", cell => Ratio(cell, CheckSubject.MeanTime));
        foreach (var tail in new[] { CheckSubject.P90, CheckSubject.P99 }.Where(tail => report.Cells.Any(cell => cell.Of(tail) is not null)))
        {
            yield return ($"ratio of {tail}", cell => Ratio(cell, tail));
        }

        yield return ("verdict", Verdict);
        if (report.Cells.Any(cell => cell.Time.Threshold != report.Threshold))
        {
            yield return ("threshold", cell => Figures.Percent(cell.Time.Threshold));
        }

        yield return ("a slowdown would be seen from", cell => cell.Time.SmallestShown is { } ratio ? "+" + Figures.Percent(ratio - 1) : Figures.None);
        if (report.Cells.Any(cell => cell.Cost is not null))
        {
            yield return ("USD per million images", cell => cell.Cost is { } cost ? $"{Figures.Usd(cost.Base)} → {Figures.Usd(cost.Current)}" : Figures.None);
        }

        if (report.Cells.Any(cell => cell.Metric is not null))
        {
            yield return ("metric (change)", cell => cell.Metric is { } metric ? $"{Figures.Metric(metric.Current)} ({Figures.Change(metric.Current - metric.Base)})" : Figures.None);
            yield return ("outputs", cell => cell.Quality?.Answer ?? "not paired");
        }

        if (report.Cells.Any(cell => cell.ModelBytes is { } bytes && bytes.Base != bytes.Current))
        {
            yield return ("model MB", cell => cell.ModelBytes is { } bytes ? $"{Figures.Text(bytes.Base / 1e6, "0.00")} → {Figures.Text(bytes.Current / 1e6, "0.00")}" : Figures.None);
        }
    }

    private static string Ratio(CellComparison cell, CheckSubject subject) => cell.Of(subject) is { } check ? Figures.Ratio(check.Ratio) : Figures.None;

    /// <summary>The verdict, and of what, where not all checks say the same; what the outputs say is part of it.</summary>
    private static string Verdict(CellComparison cell)
    {
        if (cell.IsControl)
        {
            return "control";
        }

        var deciding = cell.Checks.Where(check => check.Verdict == cell.Verdict).Select(check => Name(check.Subject)).ToList();
        var of = cell.Verdict is ComparisonVerdict.Slower or ComparisonVerdict.Inconclusive && deciding.Count < cell.Checks.Count ? $" ({string.Join(", ", deciding)})" : string.Empty;
        var name = cell.Verdict == ComparisonVerdict.Slower ? "**slower**" : cell.Verdict.Name();
        return cell.Quality is { IsAccepted: false } ? $"{name}{of}, **outputs differ**" : name + of;
    }

    /// <summary>What a check is called.</summary>
    internal static string Name(CheckSubject subject) => subject switch
    {
        CheckSubject.Time => "time",
        CheckSubject.MeanTime => "mean time",
        CheckSubject.Cost => "cost",
        _ => subject.ToString(),
    };

    private static void WriteUnmatched(StringBuilder text, string title, IReadOnlyList<Unmatched> unmatched)
    {
        if (unmatched.Count > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{title}:\n");
        }

        foreach (var entry in unmatched)
        {
            text.Append(CultureInfo.InvariantCulture, $"- {MarkdownText.Escape(entry.Name)}: {MarkdownText.Escape(entry.Reason)}\n");
        }
    }

    private static void WriteLegend(StringBuilder text, ComparisonReport report)
    {
        if (report.Cells.Count == 0)
        {
            return;
        }

        text.Append("""

            One interval for each ratio: how launches differ, how runs of the same code differ, and how the cell differs for itself are all in it. The ratio is that of the launches' medians
            (Hodges–Lehmann; with few launches Student's t), of their arithmetic means, and of their 90th percentiles, for which twice the threshold counts.
            `same`: shown to be within the threshold; `not slower`: shown not to be slower by more than it; `slower`, `faster`: shown to be beyond it; `inconclusive`: none of these is shown.

            """.ReplaceLineEndings("\n"));
        if (report.Control is { } control)
        {
            text.Append($"Cells that match {MarkdownText.Code(control)} cannot have changed: what their times did from launch to launch, the machine did, and it is taken out of all other ratios.\n");
        }
    }
}
