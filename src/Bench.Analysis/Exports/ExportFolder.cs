using System.Globalization;
using Bench.Analysis.Input;

namespace Bench.Analysis.Exports;

/// <summary>Finds the exports in a folder, and takes of each benchmark class only the one that says most.</summary>
internal static class ExportFolder
{
    private const int MostBelow = 3;

    private static readonly string[] MustBeOne = [MachineTraits.Processor, MachineTraits.Cores];

    // From the one that says most to the one that says least.
    private static readonly string[] Endings =
    [
        "-report-full.json", "-report-full-compressed.json", "-report.json", "-report-brief.json", "-report-brief-compressed.json",
        "-report-github.md",
    ];

    /// <summary>Reads one export, or all in a folder.</summary>
    /// <param name="path">A file, or a folder with exports in it or in its folder <c>results</c>.</param>
    /// <returns>What they hold together.</returns>
    /// <exception cref="RunFormatException">There is no export, or one is damaged.</exception>
    public static Export Read(string path)
    {
        var files = File.Exists(path) ? [path] : Find(path);
        var exports = files.Select(ReadFile).ToList();
        return new Export(files, WithoutCopies(exports), Machine(exports, path), exports.Exists(export => export.IsMarkdown));
    }

    /// <summary>The same measurements in two files, such as a joined export beside those of its classes, are one benchmark.</summary>
    private static List<ExportedBenchmark> WithoutCopies(List<Export> exports)
    {
        var first = new Dictionary<string, ExportedBenchmark>(StringComparer.Ordinal);
        var kept = new List<ExportedBenchmark>();
        foreach (var benchmark in exports.SelectMany(export => export.Benchmarks))
        {
            string?[] parts =
            [
                benchmark.Name.ToString(), benchmark.Summary?.ToString(), benchmark.Memory?.ToString(), benchmark.Failure,
                .. benchmark.Launches.Select(Numbers),
            ];
            var content = string.Join('\n', parts);
            if (first.TryAdd(content, benchmark) || first[content].File == benchmark.File)
            {
                kept.Add(benchmark);
            }
        }

        return kept;
    }

    private static string Numbers(IReadOnlyList<double> launch) =>
        string.Join(' ', launch.Select(time => time.ToString("R", CultureInfo.InvariantCulture)));

    private static Export ReadFile(string file) =>
        file.EndsWith(".md", StringComparison.OrdinalIgnoreCase) ? MarkdownExportReader.Read(file) : JsonExportReader.Read(file);

    private static List<string> Find(string path)
    {
        if (!Directory.Exists(path))
        {
            throw new RunFormatException(path, "there is no such file or folder.");
        }

        var files = InFolder(path);
        files = files.Count == 0 && Directory.Exists(Path.Combine(path, "results")) ? InFolder(Path.Combine(path, "results")) : files;
        return files.Count > 0
            ? files
            : throw new RunFormatException(
                path,
                "found neither run.json nor an export of BenchmarkDotNet (*-report-full-compressed.json, *-report-full.json, "
                    + $"*-report-brief.json, *-report-github.md){OfOthers(path)}{Below(path)}.");
    }

    /// <summary>Folders one below that have some: whoever names their parent wants to hear it.</summary>
    private static string Below(string path)
    {
        var below = Directory.GetDirectories(path).Order(StringComparer.Ordinal)
            .Where(folder => File.Exists(Path.Combine(folder, "run.json")) || InFolder(folder).Count > 0
                || (Directory.Exists(Path.Combine(folder, "results")) && InFolder(Path.Combine(folder, "results")).Count > 0))
            .Select(folder => Path.Combine(path, Path.GetFileName(folder))).ToList();
        return below.Count == 0 ? string.Empty : $"; there are some in {string.Join(", ", below.Take(MostBelow))}: give one of them";
    }

    /// <summary>What lies there instead: whoever exported CSV wants to hear it.</summary>
    private static string OfOthers(string path)
    {
        var folders = new[] { path, Path.Combine(path, "results") }.Where(Directory.Exists);
        var other = folders.SelectMany(Directory.GetFiles).Order(StringComparer.Ordinal)
            .Select(file => (File: file, What: ForeignFile.Describe(Head(file), file))).FirstOrDefault(file => file.What is not null);
        return other.What is null ? string.Empty : $", only files such as {Path.GetFileName(other.File)}: {other.What.TrimEnd('.')}";
    }

    private static byte[] Head(string file)
    {
        using var stream = File.OpenRead(file);
        var head = new byte[ForeignFile.LengthOfHead];
        return head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
    }

    private static List<string> InFolder(string folder)
    {
        var chosen = new SortedDictionary<string, (int Rank, string File)>(StringComparer.Ordinal);
        try
        {
            foreach (var file in Directory.GetFiles(folder).Order(StringComparer.Ordinal))
            {
                var name = Path.GetFileName(file);
                var rank = Array.FindIndex(Endings, ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
                var stem = rank < 0 ? name : name[..^Endings[rank].Length];
                if (rank >= 0 && (!chosen.TryGetValue(stem, out var other) || rank < other.Rank))
                {
                    chosen[stem] = (rank, file);
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RunFormatException(folder, e.Message, e);
        }

        return [.. chosen.Values.Select(entry => entry.File)];
    }

    private static SortedDictionary<string, string> Machine(List<Export> exports, string path)
    {
        var facts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var trait in exports.SelectMany(export => export.Machine).GroupBy(trait => trait.Key))
        {
            var values = trait.Select(value => value.Value).Distinct().ToList();
            if (MustBeOne.Contains(trait.Key)
                && values.Select(value => trait.Key == MachineTraits.Processor ? HostText.ProcessorKey(value) : value)
                    .Distinct().Count() > 1)
            {
                throw new RunFormatException(path, $"found exports of several machines: {trait.Key} is {string.Join(" and ", values)}. "
                    + "Keep each machine in a folder of its own.");
            }

            // What one file does not say is not known of all.
            if (trait.Count() == exports.Count || !MustBeOne.Contains(trait.Key))
            {
                facts[trait.Key] = MustBeOne.Contains(trait.Key) ? values[0] : string.Join(" and ", values);
            }
        }

        return facts;
    }
}
