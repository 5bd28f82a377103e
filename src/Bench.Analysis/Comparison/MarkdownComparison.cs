using System.Globalization;
using System.Text;
using Bench.Analysis.Equivalence;
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
        text.Append(CultureInfo.InvariantCulture, $"Base `{report.Base}`, current `{report.Current}`.\n");
        WriteDifferences(text, report);
        foreach (var remark in report.Remarks)
        {
            text.Append("- ").Append(remark).Append('\n');
        }

        WriteTable(text, report);
        WriteUnmatched(text, "On the base only", report.Missing);
        WriteUnmatched(text, "On the current side only", report.New);
        WriteUnmatched(text, "Failed, and not measured by the base", report.Failed);
        WriteLegend(text, report);
        return text.ToString();
    }

    /// <summary>One line on the whole comparison.</summary>
    /// <param name="report">The comparison.</param>
    /// <returns>The line, without markup.</returns>
    public static string Summary(ComparisonReport report)
    {
        var cells = report.Cells.Where(cell => !cell.IsControl).ToList();
        var counts = Enum.GetValues<ComparisonVerdict>()
            .Select(verdict => (Verdict: verdict, Count: cells.Count(cell => cell.Verdict == verdict)))
            .Where(entry => entry.Count > 0)
            .OrderBy(entry => Order(entry.Verdict))
            .Select(entry => $"{entry.Count} {entry.Verdict.ToString().ToLowerInvariant()}");
        var parts = new List<string> { cells.Count == 0 ? "nothing is on both sides" : $"{string.Join(", ", counts)} of {cells.Count}" };
        Add(report.Missing.Count, "missing");
        Add(report.New.Count, "new");
        Add(report.Failed.Count, "failed");
        Add(report.Cells.Count(cell => cell.Quality is { Verdict: not (EquivalenceVerdict.Identical or EquivalenceVerdict.Equivalent) }), "with outputs not shown to be the same");
        return $"{string.Join(", ", parts)}{(report.AreComparable ? string.Empty : "; the sides are not comparable")} (threshold {Figures.Percent(report.Threshold)})";

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
        ComparisonVerdict.Faster => 2,
        _ => 3,
    };

    private static void WriteDifferences(StringBuilder text, ComparisonReport report)
    {
        foreach (var difference in report.Differences)
        {
            var warning = difference.BreaksComparison ? "**Not comparable**: " : string.Empty;
            text.Append(CultureInfo.InvariantCulture, $"- {warning}{difference.Name}: {difference.Base} → {difference.Current}\n");
        }

        foreach (var reason in report.Cells.Where(cell => cell.NotComparable is not null).GroupBy(cell => cell.NotComparable))
        {
            text.Append(CultureInfo.InvariantCulture, $"- **Not comparable**: {string.Join(", ", reason.Select(cell => cell.Name))}: {reason.Key}\n");
        }
    }

    private static void WriteTable(StringBuilder text, ComparisonReport report)
    {
        if (report.Cells.Count == 0)
        {
            return;
        }

        var columns = Columns(report).ToList();
        var table = new MarkdownTable([.. columns.Select(column => column.Header)]);
        foreach (var cell in report.Cells.OrderBy(cell => Order(cell.Verdict)).ThenBy(cell => cell.Name, StringComparer.Ordinal))
        {
            table.Add([.. columns.Select(column => column.Cell(cell))]);
        }

        text.Append('\n');
        table.WriteTo(text);
    }

    private static IEnumerable<(string Header, Func<CellComparison, string> Cell)> Columns(ComparisonReport report)
    {
        yield return ("cell", cell => cell.Name);
        yield return ("base", cell => Figures.Duration(cell.Time.BaseNs));
        yield return ("current", cell => Figures.Duration(cell.Time.CurrentNs));
        yield return ($"ratio{(report.Control is null ? string.Empty : " to control")} [{Figures.Percent(report.Level)}]", cell => Figures.Ratio(cell.Time));
        yield return ("verdict", cell => Verdict(cell));
        if (report.Cells.Any(cell => cell.Threshold != report.Threshold))
        {
            yield return ("threshold", cell => Figures.Percent(cell.Threshold));
        }

        yield return ("smallest slowdown shown", cell => cell.SmallestShown is { } ratio ? "+" + Figures.Percent(ratio - 1) : Figures.None);
        if (report.Statistic != TimeStatistic.Mean && report.Cells.Any(cell => cell.Time != cell.MeanTime))
        {
            yield return ("ratio of means", cell => Figures.Ratio(cell.MeanTime));
        }

        if (report.Cells.Any(cell => cell.Cost is not null))
        {
            yield return ("USD per million images", cell => cell.Cost is { } cost ? $"{Figures.Usd(cost.Base)} → {Figures.Usd(cost.Current)}" : Figures.None);
        }

        if (report.Cells.Any(cell => cell.Metric is not null))
        {
            yield return ("metric (change)", cell => cell.Metric is { } metric ? $"{Figures.Metric(metric.Current)} ({Figures.Change(metric.Current - metric.Base)})" : Figures.None);
            yield return ("outputs", cell => cell.Quality?.Verdict.Name() ?? "not paired");
        }

        if (report.Cells.Any(cell => cell.ModelBytes is { } bytes && bytes.Base != bytes.Current))
        {
            yield return ("model MB", cell => cell.ModelBytes is { } bytes ? $"{Figures.Text(bytes.Base / 1e6, "0.00")} → {Figures.Text(bytes.Current / 1e6, "0.00")}" : Figures.None);
        }
    }

    private static string Verdict(CellComparison cell) => cell.IsControl ? "control" : cell.Verdict == ComparisonVerdict.Slower ? "**slower**" : cell.Verdict.ToString().ToLowerInvariant();

    private static void WriteUnmatched(StringBuilder text, string title, IReadOnlyList<Unmatched> unmatched)
    {
        if (unmatched.Count > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{title}:\n");
        }

        foreach (var entry in unmatched)
        {
            text.Append(CultureInfo.InvariantCulture, $"- {entry.Name}: {entry.Reason.ReplaceLineEndings(" ")}\n");
        }
    }

    private static void WriteLegend(StringBuilder text, ComparisonReport report)
    {
        var statistic = report.Statistic == TimeStatistic.Median ? "median" : "mean";
        text.Append($"""

            Times are medians over launches of each launch's {statistic}; with four launches or more a side the ratio is the Hodges–Lehmann estimate over launches with its distribution-free interval.
            `same` is shown to be within the threshold, `slower` and `faster` beyond it; `inconclusive` is neither. The smallest slowdown shown is the one at which an interval this wide would just clear the threshold.

            """.ReplaceLineEndings("\n"));
        if (report.Control is { } control)
        {
            text.Append($"Cells that match `{control}` cannot have changed: what their times did from launch to launch, the machine did, and it is taken out of all other ratios.\n");
        }
    }
}
