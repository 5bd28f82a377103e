using System.Net;
using System.Text;
using Bench.Analysis.Runs;

namespace Bench.Analysis.Exports;

/// <summary>Reads the table that BenchmarkDotNet exports for GitHub, <c>-report-github.md</c>: means and half-widths, rounded, and nothing else.</summary>
public static class MarkdownExportReader
{
    private const long MaximumBytes = 16L << 20;
    private const string Ending = "-report-github.md";

    // Columns that stand before the mean and are no parameters.
    private static readonly HashSet<string> KnownColumns = new(StringComparer.Ordinal)
    {
        "Namespace", "Type", "Method", "Job", "Runtime", "Toolchain", "Platform", "Jit", "Server", "Concurrent", "Force", "Affinity", "Arguments", "BuildConfiguration",
        "EnvironmentVariables", "NuGetReferences", "InvocationCount", "IterationCount", "IterationTime", "LaunchCount", "MaxIterationCount", "MaxWarmupIterationCount",
        "MinInvokeCount", "MinIterationCount", "MinIterationTime", "MinWarmupIterationCount", "OutlierMode", "PowerPlanMode", "RunStrategy", "UnrollFactor", "WarmupCount", "Categories",
    };

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file; its name says the class, which the table does not.</param>
    /// <returns>What it holds; rows of failed benchmarks are among it.</returns>
    /// <exception cref="RunFormatException">The file is missing, too large, or holds no table of BenchmarkDotNet.</exception>
    public static Export Read(string path) => InputFile.Read(
        path,
        MaximumBytes,
        length => $"found {length >> 20} MiB; expected at most {MaximumBytes >> 20}: this is no table of BenchmarkDotNet.",
        () => Parse(File.ReadAllText(path, Encoding.UTF8), path));

    internal static Export Parse(string text, string path)
    {
        var lines = text.Split('\n').Select(line => line.Trim()).ToList();
        var header = lines.FindIndex(line => line.StartsWith('|') && Cells(line).Any(IsMean));
        if (header < 0)
        {
            throw new RunFormatException(path, "found no table with the column Mean; expected BenchmarkDotNet's *-report-github.md.");
        }

        var columns = Cells(lines[header]);
        if (header + 1 >= lines.Count || !lines[header + 1].StartsWith("|-", StringComparison.Ordinal) && !lines[header + 1].StartsWith("| -", StringComparison.Ordinal))
        {
            throw new RunFormatException(path, $"found no rule (|---|) below the header in line {header + 1}; expected BenchmarkDotNet's *-report-github.md.");
        }

        if (!columns.Contains("Method"))
        {
            throw new RunFormatException(path, $"found no column Method in line {header + 1}; expected BenchmarkDotNet's *-report-github.md.");
        }

        var benchmarks = new List<ExportedBenchmark>();
        for (var line = header + 2; line < lines.Count && lines[line].StartsWith('|'); line++)
        {
            var cells = Cells(lines[line]);
            if (cells.TrueForAll(cell => cell.Length == 0))
            {
                // What separates groups.
                continue;
            }

            if (cells.Count != columns.Count)
            {
                throw new RunFormatException(
                    path, $"found {cells.Count} cells in line {line + 1} and {columns.Count} columns; expected as many. A '|' in a name breaks such a table; use a JSON export.");
            }

            benchmarks.Add(Row(columns, cells, path, line + 1));
        }

        return benchmarks.Count > 0
            ? new Export([path], benchmarks, Machine(lines.Take(header)), IsMarkdown: true)
            : throw new RunFormatException(path, "found a table without rows; expected at least one benchmark.");
    }

    private static ExportedBenchmark Row(List<string> columns, List<string> cells, string path, int line)
    {
        string? Cell(string name) => columns.IndexOf(name) is var i and >= 0 ? cells[i] : null;
        var meanColumn = columns.FindIndex(IsMean);
        var parameters = new List<string>();
        var characteristics = new List<string>();
        for (var i = 0; i < meanColumn; i++)
        {
            if (!KnownColumns.Contains(columns[i]))
            {
                parameters.Add($"{columns[i]}={cells[i]}");
            }
            else if (columns[i] is not ("Namespace" or "Type" or "Method" or "Job" or "Categories"))
            {
                characteristics.Add($"{columns[i]}={cells[i]}");
            }
        }

        var type = Cell("Type") is { } shown ? Cell("Namespace") is { } space ? $"{space}.{shown}" : shown : TypeOf(path);
        var job = Cell("Job") ?? string.Empty;
        var name = new BenchmarkName(
            type,
            Cell("Method")!,
            string.Join('&', parameters),
            null,
            BenchmarkName.NormalizeJob(characteristics.Count > 0 ? $"{job}({string.Join(", ", characteristics)})" : job));
        if (cells[meanColumn] is "NA" or "?" or "-")
        {
            return new ExportedBenchmark(name, [], null, "its mean is NA: it failed");
        }

        (double Nanoseconds, double Resolution)? Time(string column) => columns.FindIndex(header => header == column || header.StartsWith(column + " [", StringComparison.Ordinal)) is var i and >= 0 && cells[i] is not ("NA" or "?" or "-")
            ? MarkdownDuration.Read(cells[i], columns[i], path, line)
            : null;
        var mean = Time("Mean")!.Value;
        return new ExportedBenchmark(
            name, [], new ExportedSummary(mean.Nanoseconds, Time("Error")?.Nanoseconds, Time("StdDev")?.Nanoseconds, mean.Resolution), null);
    }

    private static bool IsMean(string column) => column == "Mean" || column.StartsWith("Mean [", StringComparison.Ordinal);

    private static List<string> Cells(string line)
    {
        var inner = line.EndsWith('|') && line.Length > 1 ? line[1..^1] : line[1..];
        return [.. inner.Split('|').Select(Plain)];
    }

    /// <summary>Without the bold that marks the first row of a group, and without HTML's escapes.</summary>
    private static string Plain(string cell)
    {
        var text = cell.Trim();
        text = text.Length > 4 && text.StartsWith("**", StringComparison.Ordinal) && text.EndsWith("**", StringComparison.Ordinal) ? text[2..^2] : text;
        return WebUtility.HtmlDecode(text);
    }

    private static string TypeOf(string path)
    {
        var file = Path.GetFileName(path);
        return file.EndsWith(Ending, StringComparison.OrdinalIgnoreCase) ? file[..^Ending.Length] : Path.GetFileNameWithoutExtension(file);
    }

    private static SortedDictionary<string, string> Machine(IEnumerable<string> before)
    {
        var facts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var lines = before.Where(line => line.Length > 0 && !line.StartsWith("```", StringComparison.Ordinal)).ToList();
        var first = lines.FindIndex(line => line.StartsWith("BenchmarkDotNet", StringComparison.Ordinal));
        if (first < 0)
        {
            return facts;
        }

        var parts = lines[first].Split(", ", 2);
        facts[MachineTraits.BenchmarkDotNet] = parts[0]["BenchmarkDotNet".Length..].TrimStart('=', ' ').TrimStart('v');
        if (parts.Length > 1)
        {
            facts[MachineTraits.System] = parts[1].StartsWith("OS=", StringComparison.Ordinal) ? parts[1][3..] : parts[1];
        }

        // "Intel Core i7-8700K CPU 3.70GHz (Coffee Lake), 1 CPU, 12 logical and 6 physical cores"
        if (first + 1 < lines.Count && lines[first + 1].Split(", 1 CPU", 2) is [var processor, _])
        {
            facts[MachineTraits.Processor] = processor;
        }

        return facts;
    }
}
