using System.Globalization;
using System.Text;
using Bench.Analysis.Comparison;
using Bench.Analysis.Gate;
using Bench.Analysis.Rendering;

namespace Bench.Analysis.Consoles;

/// <summary>Writes what a gate found for a console.</summary>
public static class ConsoleGate
{
    private const string Item = "- ";

    /// <summary>Writes a gate's report in 120 columns.</summary>
    /// <param name="report">The report.</param>
    /// <param name="all">Whether all findings are printed; otherwise the ten worst, and how many more there are.</param>
    /// <param name="width">The most columns of the console that a line takes.</param>
    /// <returns>The text, with line feeds, the same on every operating system and in every culture.</returns>
    public static string Write(GateReport report, bool all = false, int width = ConsoleText.Width)
    {
        var page = new ConsolePage(width);
        page.Write("Gate", Title(report));
        var findings = new StringBuilder();
        MarkdownGate.WriteAllFindings(findings, report, all);
        foreach (var line in findings.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var item = line.StartsWith(Item, StringComparison.Ordinal) ? line[Item.Length..] : line;
            page.Write(string.Empty, PlainText.Of(item));
        }

        page.Append('\n');
        ConsoleComparison.WriteTo(page, report.Comparison, all);
        page.Write("Next", report.Outcome switch
        {
            GateOutcome.Inconclusive => "the findings say what would show more; "
                + (!IsNoiseKnown(report) ? (report.Comparison.Cells.Any(cell => cell.IsCell) ? "--control PATTERN or " : string.Empty)
                    + "--noise FILE (bench noise) says how runs of the same code differ." : "more launches, or a quieter machine."),
            GateOutcome.Invalid => "mend what is invalid above, and try again.",
            _ => "--format markdown says everything, for a pull request.",
        });
        return page.ToString();
    }

    private static bool IsNoiseKnown(GateReport report) => report.Comparison.Cells.Any(
        cell => cell.Time.Ratio.Runs is not (RunEvidence.Unknown or RunEvidence.SingleLaunch));

    /// <summary>What the gate says in a few words: of what cannot be judged, and of what is shown to be worse all the same.</summary>
    /// <param name="report">The report.</param>
    public static string Title(GateReport report)
    {
        var worse = report.Findings.Where(finding => finding.Outcome == GateOutcome.Regression)
            .Select(finding => finding.Cell).Distinct().Count();
        return MarkdownGate.Title(report.Outcome) + (report.Outcome == GateOutcome.Invalid && worse > 0
            ? string.Create(CultureInfo.InvariantCulture, $", but {worse} {(worse == 1 ? "is" : "are")} shown to be worse")
            : string.Empty);
    }
}
