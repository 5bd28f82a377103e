using System.Globalization;

namespace Bench.Inference.Threads;

/// <summary>Finds the threads that an engine starts: engines do not tell how many there are, nor which processors they may use.</summary>
/// <remarks>
/// Linux lists a process's threads under <c>/proc/self/task</c>; elsewhere those of engines cannot be told apart. Threads of .NET itself
/// and of NVIDIA's driver are left out by their names, https://man7.org/linux/man-pages/man5/proc_pid_task.5.html.
/// </remarks>
internal sealed class ThreadProbe
{
    private static readonly string[] OthersNames = [".NET", "cuda"];

    private readonly string? _tasks;
    private readonly string _ownName;
    private readonly int[] _before;

    private ThreadProbe(string? tasks, string ownName)
    {
        _tasks = tasks;
        _ownName = ownName;
        _before = tasks is null ? [] : Ids(tasks);
    }

    /// <summary>Notes which threads there are.</summary>
    public static ThreadProbe Start() => OperatingSystem.IsLinux()
        ? new ThreadProbe("/proc/self/task", File.ReadAllText("/proc/thread-self/comm").TrimEnd())
        : new ThreadProbe(null, string.Empty);

    /// <param name="tasks">A folder as Linux has it.</param>
    /// <param name="ownName">The calling thread's name, which threads of engines inherit.</param>
    internal static ThreadProbe Start(string tasks, string ownName) => new(tasks, ownName);

    /// <summary>Notes which threads there are now that were not there at the start.</summary>
    public StartedThreads Stop()
    {
        if (_tasks is null)
        {
            return new StartedThreads(0, null, []);
        }

        var started = Ids(_tasks).Except(_before).Where(id => IsOfEngine(StartedThreads.Lines(_tasks, id, "comm"))).ToList();
        return new StartedThreads(1 + started.Count, _tasks, started);
    }

    private bool IsOfEngine(string[] lines) => lines is [var name, ..]
        && (name == _ownName || !Array.Exists(OthersNames, other => name.StartsWith(other, StringComparison.Ordinal)));

    private static int[] Ids(string tasks) =>
        [.. Directory.GetDirectories(tasks).Select(task => int.Parse(Path.GetFileName(task), CultureInfo.InvariantCulture)).Order()];
}
