using System.Globalization;
using Bench.Analysis.Exports;
using Bench.Analysis.Rendering;
using Bench.Analysis.Statistics.Launches;

namespace Bench.Analysis.Comparison;

/// <summary>What a reader must know of a comparison before the table.</summary>
internal static class ComparisonRemarks
{
    /// <summary>What to do where a side has a single launch. How many it takes cannot be computed from one.</summary>
    internal const string HowToLaunch = "launch each benchmark five times or more (--launchCount 5), which takes five times as long";

    /// <summary>What to do where it is not known how runs differ.</summary>
    private const string HowToKnow =
        "pin an older engine as the control (--control), or measure how runs differ (bench noise), or compare cells of one run "
            + "(--base-cell, --current-cell)";

    /// <summary>The same for benchmarks of other projects, whose launches do not take turns.</summary>
    private const string HowToKnowOfOthers = "measure the same code three times or more, better eight times, and give what bench noise "
        + "makes of it (--noise)";

    private const int MostNames = 5;

    private static readonly bool[] BaseAndCurrent = [true, false];

    public static IEnumerable<string> Of(
        ComparisonSide baseline, ComparisonSide current, IReadOnlyList<CellComparison> cells, ComparisonOptions options)
    {
        foreach (var side in new[] { baseline, current }.DistinctBy(side => side.Source)
            .Where(side => side.Run is { Manifest.Complete: false }))
        {
            yield return $"{side.Source} is incomplete: the run was interrupted.";
        }

        foreach (var side in new[] { baseline, current }.DistinctBy(side => side.Source)
            .Where(side => side.Run is { Manifest.Nodes.Count: > 1 }))
        {
            yield return $"{side.Source} is of several nodes of a kind: where several have measured a model, what is called a launch is "
                + "all that was measured on one node.";
        }

        if (baseline.IsMarkdown || current.IsMarkdown)
        {
            yield return "Weaker evidence: a side is a table in markdown, which keeps rounded means and half-widths and no measurements.";
        }
        else if (cells.Any(cell => cell.Time.Ratio.Evidence == Evidence.Summary))
        {
            yield return "Weaker evidence: an export from before BenchmarkDotNet 0.12 keeps means and standard errors and no measurements.";
        }

        if (cells.Any(cell => !cell.IsControl && cell.Time.Ratio.Runs == RunEvidence.SingleLaunch))
        {
            var isTable = baseline.IsMarkdown || current.IsMarkdown;
            var toDo = isTable ? "A table does not say how many launches are behind it: take a JSON export, and " : "To know: ";
            yield return "A side has a single launch: how processes differ is not known, so that nothing can be called the same; "
                + $"{Default(BetweenRuns.SingleLaunchDeviation)} a side is taken instead. {toDo}{HowToLaunch}. How runs differ must be "
                    + "known too (--noise).";
        }

        if (cells.Any(cell => !cell.IsControl && cell.Time.Ratio.Runs == RunEvidence.Unknown))
        {
            yield return "It is not known how runs of the same code differ here, so that nothing can be called the same; "
                + $"{Default(BetweenRuns.UnknownDeviation)} a run is taken instead. To know: "
                    + $"{(cells.Any(cell => cell.IsCell) ? HowToKnow : HowToKnowOfOthers)}.";
        }

        if (cells.Any(cell => cell.Time.Ratio.Evidence == Evidence.FewLaunches))
        {
            yield return "Few launches: two or three on a side give a wide interval.";
        }

        foreach (var launches in Fewest(baseline, current))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{launches} launches: "
                + $"what happens in fewer than 1 of {UnseenLaunches.RarerThanOneIn(launches):0.0} launches may not have been seen.");
        }

        foreach (var remark in OfMemory(cells))
        {
            yield return remark;
        }

        if (RenamedTables(baseline, current, cells) is { } hint)
        {
            yield return hint;
        }

        if (options.Noise is { } noise && cells.Where(cell => !cell.IsControl && noise.Of(cell.Name, options.Control is not null) is null)
            .Select(cell => cell.Name).ToList() is { Count: > 0 } unknown)
        {
            yield return $"Not measured for the noise file: {Some(unknown)}.";
        }
    }

    private static IEnumerable<string> OfMemory(IReadOnlyList<CellComparison> cells)
    {
        foreach (var isBase in BaseAndCurrent)
        {
            if (Apart(isBase) is { Count: > 0 } apart)
            {
                yield return $"Allocated bytes are not compared for {Some(apart)}: only the {(isBase ? "base" : "current side")} has them.";
            }
        }

        if (cells.Any(cell => cell.Memory is { Base.Allocated.Rounding: > 0 } or { Current.Allocated.Rounding: > 0 }))
        {
            yield return "Weaker evidence: allocated bytes of a table are rounded; what is equal in print is not shown to have risen "
                + "beyond its rounding, nor the contrary.";
        }

        List<string> Apart(bool isBase) =>
        [
            .. cells.Where(cell => cell.Memory is { IsOnOneSide: true } memory && memory.Base?.Allocated is not null == isBase)
                .Select(cell => cell.Name),
        ];
    }

    /// <summary>The first names, and how many more there are.</summary>
    private static string Some(List<string> names) => string.Join(", ", names.Take(MostNames).Select(MarkdownText.Code))
        + (names.Count > MostNames ? string.Create(CultureInfo.InvariantCulture, $" and {names.Count - MostNames} more") : string.Empty);

    private static string Default(double deviation) =>
        string.Create(CultureInfo.InvariantCulture, $"a standard deviation of {100 * deviation:0} %");

    private static IEnumerable<int> Fewest(ComparisonSide baseline, ComparisonSide current) => new[] { baseline, current }
        .SelectMany(side => side.Benchmarks).Where(benchmark => benchmark.Launches.Count > 1)
        .Select(benchmark => benchmark.Launches.Count).Order().Take(1);

    /// <summary>A table does not say its class, so that the file's name is taken for it; two names are two classes.</summary>
    private static string? RenamedTables(ComparisonSide baseline, ComparisonSide current, IReadOnlyList<CellComparison> cells)
    {
        var renamed = new[] { baseline, current }.SelectMany(side => side.Benchmarks)
            .Where(benchmark => benchmark.File.EndsWith(".md", StringComparison.OrdinalIgnoreCase)
                && !benchmark.File.EndsWith(MarkdownExportReader.Ending, StringComparison.OrdinalIgnoreCase))
            .Select(benchmark => $"{Path.GetFileName(benchmark.File)} as {benchmark.Identity?.Type}")
            .Distinct()
            .ToList();
        return cells.Count == 0 && renamed.Count > 0
            ? $"A table does not say its class; the name of its file is taken for it: {string.Join(", ", renamed)}. "
                + $"Give both files the name that BenchmarkDotNet gave them, CLASS{MarkdownExportReader.Ending}."
            : null;
    }
}
