using System.Text.RegularExpressions;

namespace Bench.Benchmarks.Machines;

/// <summary>A control group.</summary>
/// <param name="Version">1 or 2: their files differ.</param>
/// <param name="Folder">Where its files are.</param>
internal sealed record ControlGroup(int Version, string Folder);

/// <summary>Finds the control groups that limit this process: its own, and all around it.</summary>
/// <remarks>
/// https://docs.kernel.org/admin-guide/cgroup-v2.html, https://man7.org/linux/man-pages/man7/cgroups.7.html and, for mountinfo,
/// proc_pid_mountinfo.5. Both versions can be there at once (hybrid): a controller belongs to one of them.
/// </remarks>
internal static partial class ControlGroups
{
    /// <param name="files">The kernel's files.</param>
    /// <param name="controller">For example <c>cpu</c>.</param>
    /// <returns>
    /// For each version the process's own group first, then those around it up to the topmost that is mounted here. In a container that
    /// is usually the container's own. Of version 2 it is not asked whether the controller is switched on.
    /// </returns>
    public static IReadOnlyList<ControlGroup> Of(KernelFiles files, string controller)
    {
        var own = files.Lines("proc/self/cgroup").Select(line => line.Split(':', 3)).Where(fields => fields.Length == 3).ToList();
        var mounts = files.Lines("proc/self/mountinfo").Select(Mount.Parse).OfType<Mount>().ToList();
        return
        [
            .. Upwards(
                files, 1, own.Find(fields => fields[1].Split(',').Contains(controller))?[2],
                mounts.Where(mount => mount.Type == "cgroup" && mount.Options.Contains(controller))),
            .. Upwards(files, 2, own.Find(fields => fields[0] == "0")?[2], mounts.Where(mount => mount.Type == "cgroup2")),
        ];
    }

    private static IEnumerable<ControlGroup> Upwards(KernelFiles files, int version, string? path, IEnumerable<Mount> mounts)
    {
        // Of several mounts the one that shows most of the tree.
        var candidates = mounts.OrderBy(mount => mount.Root.Length).ToList();
        // A path that leads upwards is in no mount: the process was put into somebody else's name space.
        if (path is null || path.Split('/').Contains("..") || candidates.Count == 0)
        {
            yield break;
        }

        var mount = candidates.Find(candidate => candidate.Holds(path)) ?? candidates[0];
        var names = (mount.Holds(path) ? mount.Below(path) : path).Split('/', StringSplitOptions.RemoveEmptyEntries);
        for (var depth = names.Length; depth >= 0; depth--)
        {
            // Some containers show only their own group, and call it by its name outside: then the mount is that group.
            var folder = Path.Combine([mount.Point, .. names[..depth]]);
            if (depth == 0 || files.HasFolder(folder))
            {
                yield return new ControlGroup(version, folder);
            }
        }
    }

    [GeneratedRegex(@"\\([0-7]{3})", RegexOptions.CultureInvariant)]
    private static partial Regex Octal();

    /// <summary>A line of mountinfo: <c>31 23 0:28 /root /mount/point rw - cgroup2 name rw,options</c>.</summary>
    /// <param name="Root">The folder of the tree that is mounted.</param>
    /// <param name="Point">Where.</param>
    /// <param name="Type">The kind of file system.</param>
    /// <param name="Options">Of the file system, which for version 1 are its controllers.</param>
    private sealed record Mount(string Root, string Point, string Type, IReadOnlyList<string> Options)
    {
        public static Mount? Parse(string line)
        {
            var fields = line.Split(' ');
            var dash = Array.IndexOf(fields, "-");
            return dash >= 6 && fields.Length > dash + 3
                ? new Mount(Unescape(fields[3]), Unescape(fields[4]), fields[dash + 1], fields[dash + 3].Split(','))
                : null;
        }

        public bool Holds(string path) => Root == "/" || path == Root
            || (path.StartsWith(Root, StringComparison.Ordinal) && path[Root.Length] == '/');

        public string Below(string path) => Root == "/" ? path : path[Root.Length..];

        // Blanks and their like: \040.
        private static string Unescape(string text) =>
            Octal().Replace(text, match => ((char)Convert.ToInt32(match.Groups[1].Value, fromBase: 8)).ToString());
    }
}
