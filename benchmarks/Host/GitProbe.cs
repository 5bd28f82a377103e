using System.Text.Json;
using Bench.Analysis.Runs;
using Bench.Benchmarks.Machines;

namespace Bench.Benchmarks.Host;

/// <summary>Finds out what source the program was built from.</summary>
internal static class GitProbe
{
    // Written when the program is published (Publish.targets).
    private const string PublishedFile = "source.json";

    private static readonly GitState Unknown = new("unknown", true);

    public static GitState Read(string root)
    {
        var published = Path.Combine(AppContext.BaseDirectory, PublishedFile);
        if (File.Exists(published))
        {
            return ReadPublished(published);
        }

        var commit = MachineProbe.Command("git", "rev-parse HEAD", root)?.Trim();
        // A state that cannot be told is not a clean one. Untracked files count: the build takes them too.
        return commit is { Length: 40 } ? new GitState(commit, MachineProbe.Command("git", "status --porcelain", root) is not "") : Unknown;
    }

    private static GitState ReadPublished(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<GitState>(File.ReadAllBytes(path), JsonSerializerOptions.Web) is { Commit.Length: 40 } state
                ? state
                : Unknown;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return Unknown;
        }
    }
}
