using System.Globalization;

namespace Bench.Inference.Threads;

/// <summary>The threads that compute an inference: those that an engine started, and the one that calls it.</summary>
/// <param name="Count">How many, the calling one included; 0 where they cannot be told from those of .NET.</param>
/// <param name="Tasks">The folder in which Linux lists threads; null elsewhere.</param>
/// <param name="Ids">The started threads' ids.</param>
internal sealed record StartedThreads(int Count, string? Tasks, IReadOnlyList<int> Ids)
{
    private const string AllowedMark = "Cpus_allowed_list:";

    /// <summary>The number and the affinity, as facts of a session.</summary>
    /// <param name="set">The number that was set; null if the engine chose. It counts where threads cannot be told apart.</param>
    /// <param name="streams">How many streams share the started threads; each has a calling thread of its own.</param>
    public IReadOnlyDictionary<string, string> Facts(int? set, int streams = 1) => new Dictionary<string, string>
    {
        ["threads"] = (Tasks is null ? set : 1 + ((Count - 1) / streams))?.ToString(CultureInfo.InvariantCulture) ?? "unknown",
        ["affinity"] = Affinity(),
    };

    /// <summary>Which processors each of them may use. Threads bind themselves once they run, so this is asked late.</summary>
    /// <returns><c>none</c> if they may use what the process may; otherwise one list after the other, in the order in which the threads
    /// were started; <c>unknown</c> where the system does not tell.</returns>
    public string Affinity()
    {
        if (Tasks is null)
        {
            return "unknown";
        }

        var whole = Allowed(Environment.ProcessId);
        var lists = Ids.Select(Allowed).OfType<string>().ToList();
        return lists.TrueForAll(list => list == whole) ? "none" : string.Join(' ', lists);
    }

    /// <returns>The lines of one of a thread's files; none if the thread has ended.</returns>
    internal static string[] Lines(string tasks, int id, string file)
    {
        try
        {
            return File.ReadAllLines(Path.Combine(tasks, id.ToString(CultureInfo.InvariantCulture), file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private string? Allowed(int id) => Lines(Tasks!, id, "status")
        .FirstOrDefault(line => line.StartsWith(AllowedMark, StringComparison.Ordinal))?[AllowedMark.Length..].Trim();
}
