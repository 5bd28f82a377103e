using Bench.Analysis.Runs;
using Bench.Benchmarks.Machines;

namespace Bench.Benchmarks.Host;

/// <summary>Finds out what source the program was built from.</summary>
internal static class GitProbe
{
    public static GitState Read(string root)
    {
        var commit = MachineProbe.Command("git", "rev-parse HEAD", root)?.Trim();
        // A state that cannot be told is not a clean one. Untracked files count: the build takes them too.
        return commit is { Length: 40 }
            ? new GitState(commit, MachineProbe.Command("git", "status --porcelain", root) is not "")
            : new GitState("unknown", true);
    }
}
