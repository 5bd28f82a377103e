using System.Globalization;
using System.Text;
using Bench.Analysis.Rendering;

namespace Bench.Analysis.Comparison;

/// <summary>The table of a comparison: a row for each cell or benchmark, the worst first.</summary>
internal static class ComparisonTable
{
    public static void Write(StringBuilder text, ComparisonReport report)
    {
        if (report.Cells.Count == 0)
        {
            return;
        }

        // The id of a cell has four parts that all say something; a namespace says little.
        var prefix = report.Cells.Any(cell => cell.IsCell) ? string.Empty : CommonPrefix.Of([.. report.Cells.Select(cell => cell.Name)]);
        var columns = Columns(report, prefix).ToList();
        var table = new MarkdownTable([.. columns.Select(column => column.Header)]);
        foreach (var cell in ComparisonOrder.WorstFirst(report.Cells))
        {
            table.Add([.. columns.Select(column => column.Cell(cell))]);
        }

        text.Append('\n');
        if (prefix.Length > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"All names begin with {MarkdownText.Code(prefix)}.\n\n");
        }

        table.WriteTo(text);
    }

    private static IEnumerable<(string Header, Func<CellComparison, string> Cell)> Columns(ComparisonReport report, string prefix)
    {
        yield return (report.Cells.Any(cell => cell.IsCell) ? "cell" : "benchmark", cell =>
            MarkdownText.Escape(cell.Name[prefix.Length..]));
        foreach (var column in TimeColumns(report))
        {
            yield return column;
        }

        yield return ("verdict", Verdict);
        if (report.Cells.Any(cell => cell.Time.Threshold != report.Threshold))
        {
            yield return ("threshold", cell => Figures.Percent(cell.Time.Threshold));
        }

        yield return ("a slowdown would be seen from", cell => cell.Time.SmallestShown is { } ratio ? "+" + Figures.PercentResult(ratio - 1)
            : Figures.None);
        if (report.Cells.Any(cell => cell.Memory is { Base.Allocated: not null } or { Current.Allocated: not null }))
        {
            yield return ("allocated an operation", cell => cell.Memory is { } memory ? memory.Bytes() : Figures.None);
        }

        if (report.Cells.Any(cell => new[] { cell.Memory?.Base, cell.Memory?.Current }.Any(memory =>
            memory is { Gen0: > 0 } or { Gen1: > 0 } or { Gen2: > 0 })))
        {
            yield return ("collections (gen 0 / 1 / 2)", cell => cell.Memory is { } memory ? memory.Collections() : Figures.None);
        }

        foreach (var column in CellColumns(report))
        {
            yield return column;
        }
    }

    private static IEnumerable<(string Header, Func<CellComparison, string> Cell)> TimeColumns(ComparisonReport report)
    {
        var hasTypical = report.Cells.Any(cell => cell.Of(CheckSubject.Time) is not null);
        yield return ("base", cell => Figures.Durations(cell.Time.Ratio.BaseMs, cell.Time.Ratio.CurrentMs).Base);
        yield return ("current", cell => Figures.Durations(cell.Time.Ratio.BaseMs, cell.Time.Ratio.CurrentMs).Current);
        if (hasTypical)
        {
            yield return ($"{(report.Control is null ? "ratio" : "ratio to control")} [{Figures.Percent(report.Level)}]", cell =>
                Ratio(cell, CheckSubject.Time));
        }

        yield return (hasTypical ? "ratio of means" : $"ratio of means [{Figures.Percent(report.Level)}]", cell =>
            Ratio(cell, CheckSubject.MeanTime));
        foreach (var tail in new[] { CheckSubject.P90, CheckSubject.P99 }.Where(tail =>
            report.Cells.Any(cell => cell.Of(tail) is not null)))
        {
            yield return ($"ratio of {tail}", cell => Ratio(cell, tail));
        }

        if (report.Cells.Any(cell => cell.Of(CheckSubject.ImagesPerSecond) is not null))
        {
            yield return ("ratio of times for an image", cell => Ratio(cell, CheckSubject.ImagesPerSecond));
        }
    }

    /// <summary>What only cells of Bench have.</summary>
    private static IEnumerable<(string Header, Func<CellComparison, string> Cell)> CellColumns(ComparisonReport report)
    {
        if (report.Cells.Any(cell => cell.ImagesPerSecond is not null))
        {
            yield return ("images/s", cell => cell.ImagesPerSecond is { } images ? images.Rates() : Figures.None);
        }

        if (report.Cells.Any(cell => cell.Cost is not null))
        {
            yield return ("USD per million images", cell => cell.Cost is { } cost
                ? $"{Figures.Usd(cost.Base)} → {Figures.Usd(cost.Current)}" : Figures.None);
        }

        if (report.Cells.Any(cell => cell.Metric is not null))
        {
            yield return ("metric (change)", cell => cell.Metric is { } metric
                ? $"{Figures.Metric(metric.Current)} ({Figures.Change(metric.Current - metric.Base)})" : Figures.None);
            yield return ("outputs", cell => cell.Quality?.Answer ?? "not paired");
        }

        if (report.Cells.Any(cell => cell.ModelBytes is { } bytes && bytes.Base != bytes.Current))
        {
            yield return ("model MB", cell => cell.ModelBytes is { } bytes
                ? $"{Figures.Text(bytes.Base / 1e6, "0.00")} → {Figures.Text(bytes.Current / 1e6, "0.00")}" : Figures.None);
        }
    }

    private static string Ratio(CellComparison cell, CheckSubject subject) =>
        cell.Of(subject) is { } check ? check.Ratio.WithInterval() : Figures.None;

    /// <summary>The verdict, and of what, where not all checks say the same; what outputs and allocations say is part of it.</summary>
    internal static string Verdict(CellComparison cell)
    {
        if (cell.IsControl)
        {
            return "control";
        }

        var deciding = cell.Checks.Where(check => check.Verdict == cell.Verdict).Select(check => Name(check.Subject)).ToList();
        var of = cell.Verdict is ComparisonVerdict.Slower or ComparisonVerdict.Inconclusive && deciding.Count < cell.Checks.Count
            ? $" ({string.Join(", ", deciding)})"
            : string.Empty;
        var name = cell.Verdict == ComparisonVerdict.Slower ? "**slower**" : cell.Verdict.Name();
        var allocated = ComparisonOrder.AllocatesMore(cell) ? ", **more allocated**" : string.Empty;
        return $"{name}{of}{allocated}{(cell.Quality is { IsAccepted: false } ? ", **outputs differ**" : string.Empty)}";
    }

    private static string Name(CheckSubject subject) => subject switch
    {
        CheckSubject.Time => "time",
        CheckSubject.MeanTime => "mean time",
        CheckSubject.ImagesPerSecond => "images/s",
        CheckSubject.Cost => "cost",
        _ => subject.ToString(),
    };
}
