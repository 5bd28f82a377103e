using Bench.Analysis.Comparison;
using Bench.Analysis.Input;

namespace Bench.Analysis.Gate;

/// <summary>Says whether a run may pass: whether every cell is shown not to be worse than the base by more than the rules allow.</summary>
/// <remarks>
/// Times and costs are judged by the comparison (<see cref="TimeCheck"/>) and by nothing else. A pass needs every check to be passed; one
/// that is neither passed nor a regression is inconclusive, which is an answer of its own and no pass.
/// </remarks>
public static class RegressionGate
{
    private const int MostNew = 3;

    /// <summary>Reads two sides and says whether the current one may pass.</summary>
    /// <param name="basePath">A run folder, an export of BenchmarkDotNet, or a folder of exports.</param>
    /// <param name="currentPath">The same of what is to pass; null to compare cells of one run.</param>
    /// <param name="options">How times are compared; the rules' thresholds take the place of its own.</param>
    /// <param name="rules">What is allowed.</param>
    /// <param name="noisePath">How runs differ on this machine; null if nobody measured it.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="RunFormatException">A side or the noise file is missing or damaged, or a rule matches no cell.</exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static GateReport Check(string basePath, string? currentPath, ComparisonOptions options, GateRules rules, string? noisePath)
    {
        var (baseline, current, noise) = Comparer.Read(basePath, currentPath, options, noisePath);
        var history = currentPath is null ? null : baseline.Run is { } run ? ReferenceHistory.Read(run.Folder.Path)
            : ReferenceExport.History(basePath);
        var report = Check(baseline, current, options with { Noise = noise }, rules, history);
        rules.CheckPatterns(NamesOf(report.Comparison));
        return report;
    }

    /// <summary>The names that tables and findings have, which are those that rules are for.</summary>
    private static List<string> NamesOf(ComparisonReport comparison) =>
    [
        .. comparison.Cells.Select(cell => cell.Name),
        .. new[] { comparison.Missing, comparison.New, comparison.Failed, comparison.Ambiguous }.SelectMany(list => list).Select(
            entry => entry.Name),
        .. comparison.LeftOut,
    ];

    /// <summary>Says whether one side may pass beside another.</summary>
    /// <param name="baseline">The base.</param>
    /// <param name="current">What is to pass.</param>
    /// <param name="options">How times are compared; the rules' thresholds take the place of its own.</param>
    /// <param name="rules">What is allowed.</param>
    /// <param name="history">What was lost from the first accepted reference to the base; null if that is not known.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="RunFormatException">The base measured nothing.</exception>
    public static GateReport Check(
        ComparisonSide baseline, ComparisonSide current, ComparisonOptions options, GateRules rules, ReferenceHistory? history = null)
    {
        var comparison = Comparer.Compare(
            baseline, current, options with { Threshold = rules.Defaults.Threshold!.Value, ThresholdsOf = rules.Thresholds });
        var findings = ComparabilityFindings.Of(baseline, current, comparison).ToList();
        if (!comparison.AreComparable || findings.Exists(finding => finding.Subject == GateSubject.Comparability))
        {
            comparison = comparison with { Cells = [.. comparison.Cells.Select(cell => cell.Without())] };
        }
        else
        {
            findings.AddRange(PresenceFindings(comparison, rules));
            findings.AddRange(comparison.Drifts.Where(drift => drift.IsBeyond || drift.Interval is null)
                .Select(drift => new GateFinding(null, GateSubject.Drift, GateOutcome.Inconclusive, MarkdownComparison.Drift(drift))));
            foreach (var cell in comparison.Cells)
            {
                findings.AddRange(OfCell(cell, baseline, current, options, rules.For(cell.Name), history));
            }
        }

        return new GateReport(GateReport.CurrentSchemaVersion, findings.Max(finding => finding.Outcome), findings, comparison)
        {
            Rules = rules.Describe(NamesOf(comparison)),
        };
    }

    private static IEnumerable<GateFinding> OfCell(
        CellComparison cell, ComparisonSide baseline, ComparisonSide current, ComparisonOptions options, GateRule rule,
        ReferenceHistory? history)
    {
        var (before, now) = (Find(baseline, cell.Name), Find(current, cell.Name));
        var ofTime = cell.IsControl ? [] : TimeFindings.Of(cell, before, now, options, rule, history);
        return
        [
            .. ofTime,
            .. cell.IsControl ? [] : AllocationFindings.Of(cell, rule),
            .. QualityFindings.Of(cell, before?.Cell, now?.Cell, rule),
            .. QualityFindings.OfSize(cell, baseline, current, rule),
        ];
    }

    private static IEnumerable<GateFinding> PresenceFindings(ComparisonReport comparison, GateRules rules) =>
    [
        .. comparison.Missing.Select(missing => MayBeMissing(missing, rules)
            ? new GateFinding(missing.Name, GateSubject.Presence, GateOutcome.Passed, "it is gone, and the rules say that it may be.")
            : Invalid(missing.Name, $"the base measured it; {missing.Reason}." + (missing.IsGone ? WhatToDo(comparison) : string.Empty))),
        .. comparison.Failed.Where(failed => failed.IsNew).Select(failed => Invalid(failed.Name, $"{failed.Reason}.")),
        .. comparison.Ambiguous.Select(ambiguous => Invalid(ambiguous.Name, $"{ambiguous.Reason}.")),
        .. comparison.Cells.All(cell => cell.IsControl) && comparison.Missing.All(missing => MayBeMissing(missing, rules))
            ? [Invalid(null,
                comparison.Cells.Count == 0 ? "nothing is on both sides." : "only control cells are on both sides; nothing was tested.")]
            : Array.Empty<GateFinding>(),
    ];

    private static bool MayBeMissing(Unmatched missing, GateRules rules) => missing.IsGone && rules.For(missing.Name).MayBeMissing == true;

    private static string WhatToDo(ComparisonReport comparison) =>
        " Taken out on purpose? --rules FILE says so (mayBeMissing)."
        + (comparison.New.Count > 0
            ? $" Renamed? New here: {string.Join(", ", comparison.New.Take(MostNew).Select(one => one.Name))}."
            : string.Empty);

    private static GateFinding Invalid(string? cell, string text) => new(cell, GateSubject.Presence, GateOutcome.Invalid, text);

    private static SideBenchmark? Find(ComparisonSide side, string name) =>
        side.Benchmarks.FirstOrDefault(benchmark => benchmark.Name == name);
}
