using System.Text;
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
    /// <returns>The text, with line feeds, the same on every operating system and in every culture.</returns>
    public static string Write(GateReport report, bool all = false)
    {
        var text = new StringBuilder();
        ConsoleText.WriteTo(text, "Gate", MarkdownGate.Title(report.Outcome));
        var findings = new StringBuilder();
        MarkdownGate.WriteAllFindings(findings, report, all);
        foreach (var line in findings.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var item = line.StartsWith(Item, StringComparison.Ordinal) ? line[Item.Length..] : line;
            ConsoleText.WriteTo(text, string.Empty, PlainText.Of(item));
        }

        text.Append('\n');
        ConsoleComparison.WriteTo(text, report.Comparison, all);
        ConsoleText.WriteTo(text, "Next", report.Outcome switch
        {
            GateOutcome.Passed => "--accept puts CURRENT in BASE's place.",
            GateOutcome.Inconclusive => "more launches, --noise FILE (bench noise), or --control PATTERN show more.",
            GateOutcome.Regression => "--format markdown says everything, for a pull request.",
            _ => "measure what is missing, on the same machine, and try again.",
        });
        return text.ToString();
    }
}
