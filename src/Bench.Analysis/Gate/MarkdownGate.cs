using System.Globalization;
using System.Text;
using Bench.Analysis.Comparison;

namespace Bench.Analysis.Gate;

/// <summary>Writes what a gate found, for a pull request or a CI log.</summary>
public static class MarkdownGate
{
    /// <summary>Writes a gate's report as markdown.</summary>
    /// <param name="report">The report.</param>
    /// <returns>The text, with line feeds, the same in every culture.</returns>
    public static string Write(GateReport report)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"## Gate: {Title(report.Outcome)}\n\n");
        foreach (var outcome in new[] { GateOutcome.Invalid, GateOutcome.Regression, GateOutcome.Inconclusive })
        {
            foreach (var finding in report.Findings.Where(finding => finding.Outcome == outcome))
            {
                text.Append(CultureInfo.InvariantCulture, $"- **{outcome.ToString().ToLowerInvariant()}** {(finding.Cell is { } cell ? $"`{cell}` " : string.Empty)}{Name(finding.Subject)}: {finding.Text.ReplaceLineEndings(" ").TrimEnd('.')}.\n");
            }
        }

        text.Append(CultureInfo.InvariantCulture, $"- {report.Findings.Count(finding => finding.Outcome == GateOutcome.Passed)} checks passed.\n");
        if (report.Outcome == GateOutcome.Inconclusive)
        {
            text.Append("\nInconclusive is no pass: measure again, with more launches or on a quieter machine, or allow more.\n");
        }

        text.Append('\n').Append(MarkdownComparison.Write(report.Comparison));
        return text.ToString();
    }

    private static string Title(GateOutcome outcome) => outcome switch
    {
        GateOutcome.Passed => "passed",
        GateOutcome.Inconclusive => "inconclusive",
        GateOutcome.Regression => "regression",
        _ => "nothing can be said",
    };

    private static string Name(GateSubject subject) => subject switch
    {
        GateSubject.MeanTime => "mean time",
        GateSubject.Size => "size",
        _ => subject.ToString().ToLowerInvariant(),
    };
}
