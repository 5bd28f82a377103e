using Bench.Analysis.Runs;
using Bench.Benchmarks.Machines;

namespace Bench.Benchmarks.Host;

/// <summary>Finds out what source the program was built from.</summary>
internal static class GitProbe
{
    public static GitState Read(string root)
    {
        var commit = MachineProbe.Command("git", "rev-parse HEAD", root).Trim();
        return commit.Length == 40
            ? new GitState(commit, MachineProbe.Command("git", "status --porcelain --untracked-files=no", root).Length > 0)
            : new GitState("unknown", false);
    }
}
