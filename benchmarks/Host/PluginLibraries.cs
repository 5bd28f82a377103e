using Bench.Inference.OnnxRuntime.Plugins;

namespace Bench.Benchmarks.Host;

/// <summary>Reads which libraries with execution providers the user named: on the command line, in a variable, or in a file.</summary>
internal static class PluginLibraries
{
    /// <summary>The variable, for a machine on which they are always meant: as many as the path variable of the system divides.</summary>
    public const string Variable = "BENCH_EP_LIBRARIES";

    private const string Option = "--ep-library";

    /// <summary>Reads them.</summary>
    /// <param name="given">What the command line names.</param>
    /// <param name="variable">What the variable names; null if it is not set.</param>
    /// <param name="faults">Takes what is wrong.</param>
    /// <param name="named">Those of the command line: whoever names one wants it measured.</param>
    /// <returns>The libraries; of one name the first that was named, so that the command line overrules the variable.</returns>
    public static IReadOnlyList<PluginLibrary> Read(
        IReadOnlyList<string> given, string? variable, List<string> faults, out IReadOnlyList<PluginLibrary> named)
    {
        var here = Environment.CurrentDirectory;
        var asked = given.Select(text => (Where: Option, Text: text)).Concat(
            (variable ?? string.Empty).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(text => (Where: Variable, Text: text))).ToList();
        var libraries = asked.SelectMany(entry => Of(entry.Where, entry.Text, here, faults)).ToList();
        named = [.. libraries.Where(library => library.Where != Variable).Select(library => library.Library)];
        foreach (var twice in named.GroupBy(library => library.Name).Where(same => same.Count() > 1))
        {
            faults.Add($"{Option}: found the name '{twice.Key}' {twice.Count()} times; names must be unique.");
        }

        return [.. libraries.Select(library => library.Library).DistinctBy(library => library.Name)];
    }

    private static List<(string Where, PluginLibrary Library)> Of(string where, string text, string folder, List<string> faults)
    {
        if (!text.Contains('=', StringComparison.Ordinal) && File.Exists(text))
        {
            return OfFile(where, text, faults);
        }

        if (PluginLibrary.Parse(text, folder) is { } library)
        {
            return [(where, library)];
        }

        faults.Add($"{where}: found '{text}'; expected {PluginLibrary.Expected}, or a file with one a line.");
        return [];
    }

    /// <summary>Paths in a file begin where the file lies.</summary>
    private static List<(string Where, PluginLibrary Library)> OfFile(string where, string path, List<string> faults)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var found = new List<(string, PluginLibrary)>();
        foreach (var (place, line) in Lines(path, faults).Index())
        {
            var text = line.Trim();
            if (text.Length == 0 || text.StartsWith('#'))
            {
                continue;
            }

            if (PluginLibrary.Parse(text, folder) is { } library)
            {
                found.Add((where, library));
            }
            else
            {
                faults.Add(FormattableString.Invariant($"{path}, line {place + 1}: found '{text}'; expected {PluginLibrary.Expected}."));
            }
        }

        return found;
    }

    private static string[] Lines(string path, List<string> faults)
    {
        try
        {
            var lines = File.ReadAllLines(path);
            if (!Array.Exists(lines, line => line.Contains('\0', StringComparison.Ordinal)))
            {
                return lines;
            }

            faults.Add($"{path} is no list of libraries; to measure it give it a name, as in NAME={path}.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            faults.Add($"{path} cannot be read: {e.Message}");
        }

        return [];
    }
}
