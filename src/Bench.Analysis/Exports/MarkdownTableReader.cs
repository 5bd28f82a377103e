using Bench.Analysis.Input;

namespace Bench.Analysis.Exports;

/// <summary>Reads one table of BenchmarkDotNet.</summary>
internal static class MarkdownTableReader
{
    private const string DoesNotApply = "?";

    // Columns that stand before the mean and are no parameters.
    private static readonly HashSet<string> JobColumns = new(StringComparer.Ordinal)
    {
        "Runtime", "Toolchain", "Platform", "Jit", "Server", "Concurrent", "Force", "Affinity", "Arguments", "BuildConfiguration",
        "EnvironmentVariables", "NuGetReferences", "InvocationCount",
        "IterationCount", "IterationTime", "LaunchCount", "MaxIterationCount", "MaxWarmupIterationCount", "MinInvokeCount",
        "MinIterationCount", "MinIterationTime", "MinWarmupIterationCount",
        "OutlierMode", "PowerPlanMode", "RunStrategy", "UnrollFactor", "WarmupCount", "MaxRelativeError", "MaxAbsoluteError",
        "EvaluateOverhead", "AnalyzeLaunchVariance", "LargeAddressAware",
        "CpuGroups", "AllowVeryLargeObjects", "RetainVm", "NoAffinitize", "HeapAffinitizeMask", "HeapCount", "Clock", "EngineFactory",
        "Baseline", "MemoryRandomization",
        "ConsumeTasksSynchronously", "JitTieringMode", "TargetCount", "RemoveOutliers", "Mode",
    };

    private static readonly HashSet<string> NameColumns =
        new(StringComparer.Ordinal) { "Namespace", "Type", "Method", "Job", "Categories" };

    /// <summary>Whether a column holds means.</summary>
    public static bool IsMean(string column) => IsColumn(column, "Mean");

    /// <summary>Whether a line is the rule below a header.</summary>
    public static bool IsRule(string line) => line.Length > 1 && line.Contains('|', StringComparison.Ordinal)
        && line.All(c => c is '|' or '-' or ':' or ' ') && line.Contains('-', StringComparison.Ordinal);

    /// <summary>Reads the table that begins in a line.</summary>
    /// <param name="lines">The lines of the file.</param>
    /// <param name="header">The line of its header, from 0.</param>
    /// <param name="type">The class, where no column says it.</param>
    /// <param name="shared">Columns that have the same value in all its rows.</param>
    /// <param name="path">The file, for messages.</param>
    /// <param name="last">The last line of the table.</param>
    /// <returns>Its rows.</returns>
    /// <exception cref="RunFormatException">The table is not one of BenchmarkDotNet, or a row is damaged.</exception>
    public static IReadOnlyList<ExportedBenchmark> Read(
        IReadOnlyList<string> lines, int header, string type, IReadOnlyList<KeyValuePair<string, string>> shared, string path, out int last)
    {
        var columns = MarkdownRow.Cells(lines[header]);
        CheckHeader(lines, header, columns, path);
        var rows = new List<(List<string>? Cells, string Text, int Line)>();

        // Atlassian's tables have no rule.
        for (last = header + (MarkdownRow.IsAtlassian(lines[header]) ? 0 : 1);
            last + 1 < lines.Count && MarkdownRow.IsRow(lines[last + 1]); last++)
        {
            var cells = MarkdownRow.Cells(lines[last + 1]);

            // Empty rows separate groups.
            if (!cells.TrueForAll(cell => cell.Length == 0))
            {
                rows.Add((cells.Count > columns.Count
                    ? Joined(columns, cells)
                    : cells.Count == columns.Count ? cells : throw new RunFormatException(
                        path, $"found {cells.Count} cells in line {last + 2} and {columns.Count} columns; expected as many."),
                            lines[last + 1], last + 2));
            }
        }

        var mean = columns.FindIndex(IsMean);
        var mark = NumberStyle.Of(rows.Where(row => row.Cells is not null).SelectMany(row => row.Cells!.Skip(mean)));
        return rows.ConvertAll(row => row.Cells is { } cells
            ? Row([.. shared.Select(column => column.Key), .. columns], [.. shared.Select(column => column.Value), .. cells], type, mark,
                path, row.Line)
            : Broken(columns, row.Text, type, row.Line));
    }

    /// <summary>A row with more cells than columns: a cell has a vertical bar in it. One that stands after the times can be put together,
    /// wherever it is.</summary>
    private static List<string>? Joined(List<string> columns, List<string> cells)
    {
        var times = Enumerable.Range(0, columns.Count)
            .Where(i => IsMean(columns[i]) || IsColumn(columns[i], "Error") || IsColumn(columns[i], "StdDev")).ToList();
        var surplus = cells.Count - columns.Count;
        List<string>? Merged(int at) => times.Contains(at)
            ? null
            : [.. cells.Take(at), string.Join('|', cells.Skip(at).Take(surplus + 1)), .. cells.Skip(at + surplus + 1)];
        var fitting = Enumerable.Range(0, columns.Count).Select(Merged)
            .Where(merged => merged is not null && times.TrueForAll(i => LooksLikeTime(merged[i]))).ToList();
        return fitting.Select(merged => string.Join('\n', merged!.Take(times.Max() + 1))).Distinct().Count() == 1 ? fitting[0] : null;
    }

    private static bool LooksLikeTime(string cell) => IsMissing(cell) || (char.IsAsciiDigit(cell[0])
        && cell.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or ',' or ' ' or 'μ' or 'µ' or '\u00A0' or '\u202F' or '\'' or '’'));

    private static ExportedBenchmark Broken(List<string> columns, string text, string type, int line) => new(
        new BenchmarkName(
            type, MarkdownRow.Cells(text)[Math.Max(0, columns.IndexOf("Method"))], string.Empty, null, JobTraits.Unknown, $"line {line}"),
        [],
        null,
        $"its row, line {line}, has more cells than columns: a '|' in a name breaks such a table; use a JSON export");

    private static void CheckHeader(IReadOnlyList<string> lines, int header, List<string> columns, string path)
    {
        if (!MarkdownRow.IsAtlassian(lines[header]) && (header + 1 >= lines.Count || !IsRule(lines[header + 1])))
        {
            throw new RunFormatException(
                path, $"found no rule (|---|) below the header in line {header + 1}; expected BenchmarkDotNet's *-report-github.md.");
        }

        if (!columns.Contains("Method"))
        {
            throw new RunFormatException(
                path, $"found no column Method in line {header + 1}; expected BenchmarkDotNet's *-report-github.md.");
        }

        if (!columns.Exists(IsMean))
        {
            throw new RunFormatException(path, "found no column Mean in line "
                + $"{header + 1}{(columns.Contains("Median") ? ", only Median, as BenchmarkDotNet 0.9 wrote" : string.Empty)}; "
                + "expected BenchmarkDotNet's *-report-github.md.");
        }
    }

    private static ExportedBenchmark Row(List<string> columns, List<string> cells, string type, DecimalMark mark, string path, int line)
    {
        string? Cell(string name) => columns.IndexOf(name) is var i and >= 0 ? cells[i] : null;
        var before = columns.Zip(cells).Take(columns.FindIndex(IsMean)).Where(column => column.Second != DoesNotApply).ToList();
        var job = JobTraits.Parse(Cell("Job") ?? string.Empty)
            .With(before.Where(column => JobColumns.Contains(column.First)).Select(column => $"{column.First}={column.Second}"));
        var name = new BenchmarkName(
            Cell("Type") is { } shown ? Cell("Namespace") is { } space ? $"{space}.{shown}" : shown : type,
            Cell("Method")!,
            string.Join('&', before.Where(column => !JobColumns.Contains(column.First) && !NameColumns.Contains(column.First))
                .Select(column => $"{column.First}={column.Second}")),
            null,
            job,
            Cell("Categories") ?? string.Empty);
        (double Ms, double ResolutionMs)? Time(string column) =>
            columns.FindIndex(header => IsColumn(header, column)) is var i and >= 0
            && !IsMissing(cells[i]) ? MarkdownDuration.Read(new MarkdownNumber.Place(cells[i], columns[i], path, line), mark) : null;

        // What stands before the mean are parameters, whatever they are called.
        ExportedMemory? Memory(int from) => MarkdownMemory.Read(columns[from..], cells[from..], mark, path, line);
        ExportedSummary Summary((double Ms, double ResolutionMs) mean) =>
            ExportedSummary.OfTable(mean.Ms, Time("Error")?.Ms, Time("StdDev")?.Ms, mean.ResolutionMs);
        return Time("Mean") is { } mean
            ? new ExportedBenchmark(name, [], Summary(mean), null) { Memory = Memory(columns.FindIndex(IsMean)) }
            : new ExportedBenchmark(name, [], null, "its mean is NA: it failed");
    }

    private static bool IsColumn(string header, string name) => header == name || header.StartsWith(name + " [", StringComparison.Ordinal);

    private static bool IsMissing(string cell) => cell is "NA" or "?" or "-" or "";
}
