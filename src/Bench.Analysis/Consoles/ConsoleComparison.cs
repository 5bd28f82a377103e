using System.Globalization;
using Bench.Analysis.Comparison;
using Bench.Analysis.Rendering;

namespace Bench.Analysis.Consoles;

/// <summary>Writes a comparison for a console.</summary>
public static class ConsoleComparison
{
    private const int MostRows = 20;
    private const int MostLines = 6;

    /// <summary>Writes a comparison in 120 columns.</summary>
    /// <param name="report">The comparison.</param>
    /// <param name="all">Whether every row and every line is printed.</param>
    /// <param name="width">The most columns of the console that a line takes.</param>
    /// <returns>The text, with line feeds, the same on every operating system and in every culture.</returns>
    public static string Write(ComparisonReport report, bool all = false, int width = ConsoleText.Width)
    {
        var page = new ConsolePage(width);
        WriteTo(page, report, all);
        page.Write("Next", "bench gate makes an exit code of it; --format markdown says everything, for a pull request.");
        return page.ToString();
    }

    /// <summary>Writes the comparison without what comes next.</summary>
    internal static void WriteTo(ConsolePage page, ComparisonReport report, bool all)
    {
        page.Write("Result", MarkdownComparison.Summary(report));
        page.Write("Base", report.Base);
        page.Write("Current", report.Current);
        var broken = report.Differences.Where(difference => report.AreComparable || difference.BreaksComparison)
            .Select(difference => $"{difference.Name}: {difference.Base} → {difference.Current}");
        WriteLines(page, "Differs", broken, all);
        if (!report.AreComparable)
        {
            WriteLines(page, "Why not", report.Cells.Where(cell => cell.NotComparable is not (null or CellComparison.OfOtherSides))
                .GroupBy(cell => cell.NotComparable).Select(cells => $"{string.Join(", ", cells.Select(cell => cell.Name))}: {cells.Key}"),
                all);
            return;
        }

        WriteTable(page, report, all);
        WriteLines(page, "Sees", Smallest(report), all);
        WriteLines(page, "Careful", report.Remarks.Concat(report.Drifts.Select(MarkdownComparison.Drift)), all);
        WriteLines(page, "Base only", report.Missing.Select(Line), all);
        WriteLines(page, "New", report.New.Select(Line), all);
        WriteLines(page, "Failed", report.Failed.Select(Line), all);
        WriteLines(page, "Unclear", report.Ambiguous.Select(Line), all);
    }

    private static void WriteTable(ConsolePage page, ComparisonReport report, bool all)
    {
        if (report.Cells.Count == 0)
        {
            return;
        }

        var names = Names(report);
        var hasMemory = report.Cells.Any(cell => cell.Memory is { Base.Allocated: not null } or { Current.Allocated: not null });
        var hasCost = !hasMemory && report.Cells.Any(cell => cell.Cost is not null);
        var table = new ConsoleTable(
        [
            new(report.Cells.Any(cell => cell.IsCell) ? "cell" : "benchmark", MayBeCut: true, IsName: true), new("base", IsNumber: true),
            new("current", IsNumber: true), new($"ratio [{Figures.Percent(report.Level)}]", IsNumber: true),
            .. hasMemory ? [new("allocated", IsNumber: true)] : hasCost ? [new("$/million", IsNumber: true)] : Array.Empty<ConsoleColumn>(),
            new("verdict", MayBeCut: true),
        ]);
        foreach (var cell in ComparisonOrder.WorstFirst(report.Cells).Take(all ? int.MaxValue : MostRows))
        {
            var (before, after) = Figures.Durations(cell.Time.Ratio.BaseMs, cell.Time.Ratio.CurrentMs);
            table.Add(
            [
                names(cell), before, after, Deciding(cell).Ratio.WithInterval(),
                .. hasMemory ? [cell.Memory?.Bytes() ?? Figures.None]
                    : hasCost ? [cell.Cost is { } cost ? $"{Figures.Usd(cost.Base)} → {Figures.Usd(cost.Current)}" : Figures.None]
                    : Array.Empty<string>(),
                PlainText.Of(ComparisonTable.Verdict(cell)),
            ]);
        }

        page.Append('\n');
        page.Write(table);
        var left = report.Cells.Count - table.Count;
        page.Append(left > 0 ? string.Create(CultureInfo.InvariantCulture, $"and {left} more: --all\n") : string.Empty).Append('\n');
    }

    /// <summary>From which slowdown on it would have been seen.</summary>
    private static IEnumerable<string> Smallest(ComparisonReport report)
    {
        var judged = report.Cells.Where(cell => !cell.IsControl).Select(cell => cell.Time.SmallestShown).ToList();
        var known = judged.OfType<double>().Select(ratio => $"+{Figures.PercentResult(ratio - 1)}").Distinct().ToList();
        if (known.Count > 0)
        {
            var (least, most) = (judged.OfType<double>().Min() - 1, judged.OfType<double>().Max() - 1);
            yield return "a slowdown of the typical time would be shown from "
                + (known.Count == 1 ? known[0] : $"+{Figures.PercentResult(least)} to +{Figures.PercentResult(most)}")
                + " on, by how launches and runs differ here.";
        }
    }

    /// <summary>The check that the verdict rests on: of those that say the same the first.</summary>
    private static TimeCheck Deciding(CellComparison cell) =>
        cell.Checks.FirstOrDefault(check => check.Verdict == cell.Verdict) ?? cell.Time;

    /// <summary>Names without what all of them share: the namespace, or the platform.</summary>
    private static Func<CellComparison, string> Names(ComparisonReport report)
    {
        if (!report.Cells.Any(cell => cell.IsCell))
        {
            var prefix = CommonPrefix.Of([.. report.Cells.Select(cell => cell.Name)]);
            return cell => cell.Name[prefix.Length..];
        }

        var platforms = report.Cells.Select(cell => cell.Name[(cell.Name.LastIndexOf('/') + 1)..]).Distinct().ToList();
        return platforms is [var platform] && report.Cells.All(cell => cell.Name.Length > platform.Length + 1)
            ? cell => cell.Name[..^(platform.Length + 1)]
            : cell => cell.Name;
    }

    private static string Line(Unmatched unmatched) => $"{unmatched.Name}: {unmatched.Reason}";

    private static void WriteLines(ConsolePage page, string label, IEnumerable<string> lines, bool all) =>
        page.WriteList(label, lines.Select(PlainText.Of), all ? int.MaxValue : MostLines, ": --all");
}
