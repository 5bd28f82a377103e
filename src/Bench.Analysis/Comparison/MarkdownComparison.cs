using System.Globalization;
using System.Text;
using Bench.Analysis.Rendering;

namespace Bench.Analysis.Comparison;

/// <summary>Writes a comparison for a pull request: GitHub's markdown, readable on a console too.</summary>
public static class MarkdownComparison
{
    private const int MostLines = 10;

    private const string Images =
        "Images per second are judged by the machine's time for an image, all streams together, where that is not the mean time of a "
        + "request over its images:\n"
        + "with several streams, under an open load, or with another batch. Above 1 it is longer, so that there are fewer images.\n";

    private const string Allocations =
        "Allocated bytes are MemoryDiagnoser's: managed memory of one operation in the last launch, in whole bytes. "
        + "They are compared to the byte,\n"
        + "and any growth counts unless a rule allows it. Collections are counts of each generation in 1000 operations; "
        + "they depend on when a\nmeasurement ends, and are not judged.\n";

    /// <summary>Writes a comparison as markdown.</summary>
    /// <param name="report">The comparison.</param>
    /// <param name="all">Whether every list is printed to its end; otherwise ten lines of each, and how many more there are.</param>
    /// <returns>The text, with line feeds, the same in every culture.</returns>
    public static string Write(ComparisonReport report, bool all = false)
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

        if (report.Filter is { } filter)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"- Only what matches {MarkdownText.Code(filter)} was looked at; {report.LeftOut.Count} left out.\n");
        }

        foreach (var difference in report.Differences)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"- {difference.Name}: {MarkdownText.Escape(difference.Base)} → {MarkdownText.Escape(difference.Current)}\n");
        }

        foreach (var remark in report.Remarks.Concat(report.Drifts.Select(Drift)))
        {
            text.Append("- ").Append(remark).Append('\n');
        }

        ComparisonTable.Write(text, report);
        WriteUnmatched(text, "On the base only", report.Missing, all);
        WriteUnmatched(text, "On the current side only", report.New, all);
        WriteUnmatched(text, "Failed, and not measured by the base", report.Failed, all);
        WriteUnmatched(text, "Not comparable, because it cannot be told apart", report.Ambiguous, all);
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
            .OrderBy(entry => ComparisonOrder.Of(entry.Verdict))
            .Select(entry => $"{entry.Count} {entry.Verdict.Name()}");
        var parts = new List<string> { cells.Count == 0 ? "nothing is on both sides" : $"{string.Join(", ", counts)} of {cells.Count}" };
        Add(report.Missing.Count, "missing");
        Add(report.New.Count, "new");
        Add(report.Failed.Count, "failed");
        Add(report.Ambiguous.Count, "not to be told apart");
        Add(report.Cells.Count(cell => cell.Quality is { IsAccepted: not true }), "with outputs not shown to be the same");
        Add(report.Cells.Count(cell => cell.Memory is { Verdict: AllocationVerdict.More }), "with more allocated");
        return $"{string.Join(", ", parts)} (threshold {Figures.Percent(report.Threshold)})";

        void Add(int count, string what)
        {
            if (count > 0)
            {
                parts.Add($"{count} {what}");
            }
        }
    }

    private static void WriteReasons(StringBuilder text, ComparisonReport report)
    {
        foreach (var difference in report.Differences.Where(difference => difference.BreaksComparison))
        {
            text.Append(CultureInfo.InvariantCulture,
                $"- {difference.Name}: {MarkdownText.Escape(difference.Base)} → {MarkdownText.Escape(difference.Current)}\n");
        }

        foreach (var reason in report.Cells.Where(cell => cell.NotComparable is not (null or CellComparison.OfOtherSides))
            .GroupBy(cell => cell.NotComparable))
        {
            text.Append(CultureInfo.InvariantCulture,
                $"- {string.Join(", ", reason.Select(cell => MarkdownText.Code(cell.Name)))}: {reason.Key}\n");
        }
    }

    /// <summary>What the control cells did, in a sentence.</summary>
    internal static string Drift(ControlDrift drift)
    {
        var cells = drift.Model.Length == 0 ? "The control cells" : $"The control cells of {drift.Model}";
        var meaning = drift.IsBeyond
            ? ": the machine changed by more than the threshold, so that nothing can be called the same"
            : string.Empty;
        return drift.Interval is not { } interval
            ? $"{cells} have too few rounds to say what the machine did."
            : $"{cells} took {Figures.Text(drift.Ratio, "0.000")} "
                + $"[{Figures.Text(interval.Lower, "0.000")}, {Figures.Text(interval.Upper, "0.000")}] times as long as in the "
                + $"base{meaning}.";
    }

    private static void WriteUnmatched(StringBuilder text, string title, IReadOnlyList<Unmatched> unmatched, bool all)
    {
        if (unmatched.Count > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{title}:\n");
        }

        foreach (var entry in all ? unmatched : unmatched.Take(MostLines))
        {
            text.Append(CultureInfo.InvariantCulture, $"- {MarkdownText.Escape(entry.Name)}: {MarkdownText.Escape(entry.Reason)}\n");
        }

        if (!all && unmatched.Count > MostLines)
        {
            text.Append(CultureInfo.InvariantCulture, $"- and {unmatched.Count - MostLines} more: --all\n");
        }
    }

    private static void WriteLegend(StringBuilder text, ComparisonReport report)
    {
        if (report.Cells.Count == 0)
        {
            return;
        }

        text.Append(
            "\nOne interval for each ratio: how launches differ, how runs of the same code differ, "
            + "and how the cell differs for itself are all in it. The ratio is that of the launches' medians\n"
            + "(Hodges–Lehmann; with few launches Student's t), of their arithmetic means, and of their 90th percentiles, "
            + "for which twice the threshold counts.\n"
            + "`same`: shown to be within the threshold; `not slower`: shown not to be slower by more than it; `slower`, `faster`: "
            + "shown to be beyond it; `inconclusive`: none of these is shown.\n");
        if (report.Cells.Any(cell => cell.Of(CheckSubject.ImagesPerSecond) is not null))
        {
            text.Append(Images);
        }

        if (report.Cells.Any(cell => cell.Memory is not null))
        {
            text.Append(Allocations);
        }

        if (report.Control is { } control)
        {
            text.Append($"Cells that match {MarkdownText.Code(control)} cannot have changed: "
                + $"what their times did from launch to launch, the machine did, and it is taken out of all other ratios.\n");
        }
    }
}
