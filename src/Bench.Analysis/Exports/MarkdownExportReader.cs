using System.Text;
using Bench.Analysis.Input;

namespace Bench.Analysis.Exports;

/// <summary>Reads the tables that BenchmarkDotNet exports for GitHub, <c>-report-github.md</c>: means and half-widths, rounded,
/// and nothing else.</summary>
internal static class MarkdownExportReader
{
    private const long MaximumBytes = 16L << 20;

    /// <summary>How the files end that BenchmarkDotNet itself names after the class.</summary>
    internal const string Ending = "-report-github.md";

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file; its name says the class, which the table does not.</param>
    /// <returns>What it holds, all tables of it; rows of failed benchmarks are among it.</returns>
    /// <exception cref="RunFormatException">The file is missing, too large, or holds no table of BenchmarkDotNet.</exception>
    public static Export Read(string path) => InputFile.Read(
        path,
        MaximumBytes,
        length => $"found {length >> 20} MiB; expected at most {MaximumBytes >> 20}: this is no table of BenchmarkDotNet.",
        () => Parse(File.ReadAllText(path, Encoding.UTF8), path));

    internal static Export Parse(string text, string path)
    {
        List<string> lines = [.. text.Split('\n').Select(line => line.Trim())];
        var tables = new List<(int Header, IReadOnlyList<ExportedBenchmark> Rows)>();
        for (var at = 0; at < lines.Count; at++)
        {
            if (IsHeader(lines, at))
            {
                var shared = HostText.SharedColumns(Above(lines, at));
                tables.Add((at, MarkdownTableReader.Read(lines, at, TypeOf(path), shared, path, out at)));
            }
        }

        return tables.Count == 0
            ? throw new RunFormatException(path, "found no table with the column Mean; expected BenchmarkDotNet's *-report-github.md.")
            : tables.TrueForAll(table => table.Rows.Count == 0)
                ? throw new RunFormatException(path, "found a table without rows; expected at least one benchmark.")
            : new Export([path], [.. ToldApart(lines, tables).Select(benchmark => benchmark with { File = path })],
                Machine(lines, [.. tables.Select(table => table.Header)], path), IsMarkdown: true);
    }

    /// <summary>A table of BenchmarkDotNet: it has a mean, or at least methods, so that none of its tables is passed
    /// over in silence.</summary>
    private static bool IsHeader(List<string> lines, int at) =>
        MarkdownRow.IsRow(lines[at]) && MarkdownRow.Cells(lines[at]) is var cells
        && (cells.Exists(MarkdownTableReader.IsMean)
            || (cells.Contains("Method") && at + 1 < lines.Count && MarkdownTableReader.IsRule(lines[at + 1])));

    /// <summary>The lines between the table before, if there is one, and this one.</summary>
    private static IEnumerable<string> Above(List<string> lines, int header) =>
        lines.Take(header).Reverse().TakeWhile(line => !MarkdownRow.IsRow(line)).Reverse();

    /// <summary>Benchmarks of several tables; where names repeat, the heading above each table belongs to them.</summary>
    private static IEnumerable<ExportedBenchmark> ToldApart(
        List<string> lines, List<(int Header, IReadOnlyList<ExportedBenchmark> Rows)> tables)
    {
        var repeat = tables.Count > 1 && tables.SelectMany(table => table.Rows).GroupBy(row => row.Name).Any(same => same.Count() > 1);
        foreach (var (header, rows) in tables)
        {
            var heading = repeat ? lines.Take(header).LastOrDefault(line => line.StartsWith('#'))?.TrimStart('#', ' ') : null;
            foreach (var row in rows)
            {
                yield return heading is null
                    ? row
                    : row with
                    {
                        Name =
                            row.Name with { Categories = row.Name.Categories.Length > 0 ? $"{row.Name.Categories}, {heading}" : heading },
                    };
            }
        }
    }

    /// <exception cref="RunFormatException">Tables of several machines stand in one file.</exception>
    private static SortedDictionary<string, string> Machine(List<string> lines, List<int> headers, string path)
    {
        var blocks = headers.Select(header => (Line: header + 1, Facts: HostText.Machine(Above(lines, header))))
            .Where(block => block.Facts.Count > 0).ToList();
        string Key(SortedDictionary<string, string> facts) =>
            string.Join('|', facts.GetValueOrDefault(MachineTraits.Processor), facts.GetValueOrDefault(MachineTraits.Cores),
                facts.GetValueOrDefault(MachineTraits.System));
        return blocks.DistinctBy(block => Key(block.Facts)).Count() > 1
            ? throw new RunFormatException(path, "found tables of several machines, "
                + $"in lines {string.Join(" and ", blocks.DistinctBy(block => Key(block.Facts)).Select(block => block.Line))}; "
                + "expected those of one. Keep each machine in a file of its own.")
            : blocks.Count > 0 ? blocks[0].Facts : HostText.Machine(lines.Take(headers[0]));
    }

    private static string TypeOf(string path)
    {
        var file = Path.GetFileName(path);
        return file.EndsWith(Ending, StringComparison.OrdinalIgnoreCase) ? file[..^Ending.Length] : Path.GetFileNameWithoutExtension(file);
    }
}
