using System.Globalization;
using System.Text;
using Bench.Analysis.Comparison;
using Bench.Analysis.Reports;

namespace Bench.Analysis.Gate;

/// <summary>Writes what a gate found, for a pull request or a CI log.</summary>
public static class MarkdownGate
{
    private const int MostLines = 10;

    /// <summary>Writes a gate's report as markdown.</summary>
    /// <param name="report">The report.</param>
    /// <returns>The text, with line feeds, the same in every culture.</returns>
    public static string Write(GateReport report)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"## Gate: {Title(report.Outcome)}\n\n");
        foreach (var outcome in new[] { GateOutcome.Invalid, GateOutcome.Regression, GateOutcome.Inconclusive })
        {
            // What else is not shown of a cell that is shown to be worse changes nothing; the table has it.
            var worse = outcome != GateOutcome.Inconclusive ? [] : report.Findings.Where(finding => finding.Outcome == GateOutcome.Regression).Select(finding => finding.Cell).ToHashSet();
            WriteFindings(text, outcome, [.. report.Findings.Where(finding => finding.Outcome == outcome && (finding.Cell is null || !worse.Contains(finding.Cell)))]);
        }

        var passed = report.Findings.Count(finding => finding.Outcome == GateOutcome.Passed);
        if (passed > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"- {passed} {(passed == 1 ? "check" : "checks")} passed.\n");
        }

        if (report.Outcome == GateOutcome.Inconclusive)
        {
            text.Append("\nInconclusive is no pass: neither a regression nor that there is none is shown.\n");
        }

        text.Append('\n').Append(MarkdownComparison.Write(report.Comparison));
        return text.ToString();
    }

    /// <summary>A line for each cell, with all that was found of it; the rest is counted.</summary>
    private static void WriteFindings(StringBuilder text, GateOutcome outcome, IReadOnlyList<GateFinding> findings)
    {
        var cells = findings.Where(finding => finding.Cell is not null).GroupBy(finding => finding.Cell!).ToList();
        foreach (var finding in findings.Where(finding => finding.Cell is null))
        {
            text.Append(CultureInfo.InvariantCulture, $"- **{Name(outcome)}** {Name(finding.Subject)}: {OneLine(finding.Text)}.\n");
        }

        foreach (var cell in cells.Take(MostLines))
        {
            text.Append(CultureInfo.InvariantCulture, $"- **{Name(outcome)}** {MarkdownText.Code(cell.Key)} {string.Join(". ", Sentences([.. cell]).Select((sentence, i) => i == 0 ? sentence : Figures.Capital(sentence)))}.\n");
        }

        if (cells.Count > MostLines)
        {
            text.Append(CultureInfo.InvariantCulture, $"- **{Name(outcome)}** and {cells.Count - MostLines} more; the table below has them all.\n");
        }
    }

    /// <summary>What was found; a reason that all findings of a cell have is said once, after them.</summary>
    private static IEnumerable<string> Sentences(IReadOnlyList<GateFinding> findings)
    {
        var shared = findings.Count > 1 && findings.Select(finding => finding.Why).Distinct().Count() == 1 ? findings[0].Why : null;
        foreach (var finding in findings)
        {
            yield return $"{Name(finding.Subject)}: {OneLine(finding.Text)}{(finding.Why is null || shared is not null ? string.Empty : $"; {OneLine(finding.Why)}")}";
        }

        if (shared is not null)
        {
            yield return OneLine(shared);
        }
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").TrimEnd('.');

    private static string Title(GateOutcome outcome) => outcome switch
    {
        GateOutcome.Passed => "passed",
        GateOutcome.Inconclusive => "inconclusive",
        GateOutcome.Regression => "regression",
        _ => "nothing can be said",
    };

    private static string Name(GateOutcome outcome) => outcome.ToString().ToLowerInvariant();

    private static string Name(GateSubject subject) => subject switch
    {
        GateSubject.MeanTime => "mean time",
        GateSubject.P90 or GateSubject.P99 => subject.ToString(),
        GateSubject.SinceFirst => "since the first reference",
        _ => subject.ToString().ToLowerInvariant(),
    };
}
