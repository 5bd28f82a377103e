using System.Globalization;
using System.Text;
using Bench.Analysis.Comparison;
using Bench.Analysis.Json;
using Bench.Analysis.Rendering;

namespace Bench.Analysis.Gate;

/// <summary>Writes what a gate found, for a pull request or a CI log.</summary>
public static class MarkdownGate
{
    private const int MostLines = 10;

    /// <summary>Writes a gate's report as markdown.</summary>
    /// <param name="report">The report.</param>
    /// <param name="all">Whether all findings are printed; otherwise the ten worst, and how many more there are.</param>
    /// <returns>The text, with line feeds, the same in every culture.</returns>
    public static string Write(GateReport report, bool all = false)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"## Gate: {Title(report.Outcome)}\n\n");
        WriteAllFindings(text, report, all);
        text.Append('\n').Append(MarkdownComparison.Write(report.Comparison, all));
        return text.ToString();
    }

    /// <summary>What the gate says in two words.</summary>
    internal static string Title(GateOutcome outcome) => outcome switch
    {
        GateOutcome.Passed => "passed",
        GateOutcome.Inconclusive => "inconclusive",
        GateOutcome.Regression => "regression",
        _ => "nothing can be said",
    };

    /// <summary>What was found, as a list: the worst first.</summary>
    internal static void WriteAllFindings(StringBuilder text, GateReport report, bool all)
    {
        var sizes = report.Comparison.Cells.GroupBy(cell => cell.Name).ToDictionary(
            cells => cells.Key, cells => cells.Max(ComparisonOrder.Size));
        foreach (var outcome in new[] { GateOutcome.Invalid, GateOutcome.Regression, GateOutcome.Inconclusive })
        {
            // What else is not shown of a cell that is shown to be worse changes nothing; the table has it.
            var worse = outcome != GateOutcome.Inconclusive
                ? []
                : report.Findings.Where(finding => finding.Outcome == GateOutcome.Regression).Select(finding => finding.Cell).ToHashSet();
            var findings = report.Findings.Where(finding => finding.Outcome == outcome
                && (finding.Cell is null || !worse.Contains(finding.Cell)));

            // The order is stable: what has no size, such as a cell that is missing, stands where it was found.
            double Size(GateFinding finding) => finding.Cell is { } cell ? sizes.GetValueOrDefault(cell) : 0;
            List<GateFinding> ordered =
            [
                .. findings.OrderByDescending(Size).ThenBy(finding => Size(finding) > 0 ? finding.Cell : null, StringComparer.Ordinal),
            ];
            WriteFindings(text, outcome, ordered, all);
        }

        var passed = report.Findings.Count(finding => finding.Outcome == GateOutcome.Passed);
        if (passed > 0)
        {
            var subjects = report.Findings.Where(finding => finding.Outcome == GateOutcome.Passed)
                .Select(finding => Name(finding.Subject)).Distinct();
            text.Append(CultureInfo.InvariantCulture,
                $"- {passed} {(passed == 1 ? "check" : "checks")} passed: {string.Join(", ", subjects)}.\n");
        }

        foreach (var rule in report.Rules)
        {
            text.Append(CultureInfo.InvariantCulture, $"- rule {rule}\n");
        }

        if (report.Outcome == GateOutcome.Inconclusive)
        {
            text.Append("\nInconclusive is no pass: neither a regression nor that there is none is shown.\n");
        }
    }

    /// <summary>A line for each cell, with all that was found of it; the rest is counted.</summary>
    private static void WriteFindings(StringBuilder text, GateOutcome outcome, List<GateFinding> findings, bool all)
    {
        var cells = findings.Where(finding => finding.Cell is not null).GroupBy(finding => finding.Cell!).ToList();
        foreach (var finding in findings.Where(finding => finding.Cell is null))
        {
            text.Append(CultureInfo.InvariantCulture, $"- **{Name(outcome)}** {Name(finding.Subject)}: {OneLine(finding.Text)}.\n");
        }

        // What keeps several from being shown, such as how runs differ, is said once.
        var whys = cells.SelectMany(cell => cell).Select(finding => finding.Why).OfType<string>().Distinct().ToList();
        var shared = cells.Count > 1 && whys.Select(AlikeTexts.Key).Distinct().Count() == 1
            && cells.TrueForAll(cell => cell.Any(finding => finding.Why is not null)) ? AlikeTexts.Worst(whys) : null;
        foreach (var cell in all ? cells : cells.Take(MostLines))
        {
            var sentences = Sentences([.. cell.Select(finding => shared is null ? finding : finding with { Why = null })])
                .Select((sentence, i) => i == 0 ? sentence : Figures.Capital(sentence));
            text.Append(CultureInfo.InvariantCulture,
                $"- **{Name(outcome)}** {MarkdownText.Code(cell.Key)} {string.Join(". ", sentences)}.\n");
        }

        if (!all && cells.Count > MostLines)
        {
            text.Append(CultureInfo.InvariantCulture, $"- **{Name(outcome)}** and {cells.Count - MostLines} more: --all\n");
        }

        if (shared is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $"- all {cells.Count}: {OneLine(shared)}.\n");
        }
    }

    /// <summary>
    /// What was found. Why nothing is shown of the time is said once, after all that is said of it: typical time, mean and tails have the
    /// same reasons.
    /// </summary>
    private static IEnumerable<string> Sentences(IReadOnlyList<GateFinding> findings)
    {
        var ofTime = findings.Where(finding => IsOfTime(finding.Subject)).ToList();
        foreach (var (i, finding) in ofTime.Index())
        {
            var text = i == 0 ? finding.Text : finding.Brief ?? finding.Text;
            yield return Sentence(finding with { Text = text, Why = ofTime.Count == 1 ? finding.Why : null });
        }

        if (ofTime is [{ Why: { } why }, _, ..])
        {
            yield return OneLine(why);
        }

        foreach (var finding in findings.Where(finding => !IsOfTime(finding.Subject)))
        {
            yield return Sentence(finding);
        }
    }

    private static string Sentence(GateFinding finding) =>
        $"{Name(finding.Subject)}: {OneLine(finding.Text)}{(finding.Why is null ? string.Empty : $"; {OneLine(finding.Why)}")}";

    private static bool IsOfTime(GateSubject subject) =>
        subject is GateSubject.Time or GateSubject.MeanTime or GateSubject.P90 or GateSubject.P99
        or GateSubject.ImagesPerSecond or GateSubject.Cost;

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").TrimEnd('.');

    private static string Name(GateOutcome outcome) => EnumNames.Of(outcome);

    private static string Name(GateSubject subject) => subject switch
    {
        GateSubject.MeanTime => "mean time",
        GateSubject.P90 or GateSubject.P99 => subject.ToString(),
        GateSubject.ImagesPerSecond => "images/s",
        GateSubject.SinceFirst => "since the first reference",
        _ => subject.ToString().ToLowerInvariant(),
    };
}
