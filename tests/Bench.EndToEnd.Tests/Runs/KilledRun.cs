using System.Diagnostics;
using System.Runtime.InteropServices;
using Bench.Analysis.Runs;

namespace Bench.EndToEnd.Tests.Runs;

/// <summary>A run of the real program that is killed, and goes on, until it is complete.</summary>
/// <param name="folder">Where it works.</param>
/// <param name="arguments">What the program is asked to do, without <c>--output</c>.</param>
internal sealed partial class KilledRun(TemporaryFolder folder, params string[] arguments)
{
    private const int Kill = 9;

    private readonly string _runs = folder.File("runs");

    /// <summary>The run's folder; null before it was made.</summary>
    public RunFolder? Run => Directory.Exists(_runs) && Directory.GetDirectories(_runs) is [var path]
        && File.Exists(Path.Combine(path, "run.json"))
        ? new RunFolder(path)
        : null;

    /// <summary>Starts the run, or goes on with it.</summary>
    public HostProgram.Running Start() => Run is { } run
        ? HostProgram.Start(folder.Path, "--resume", run.Path)
        : HostProgram.Start(folder.Path, [.. arguments, "--output", _runs]);

    /// <summary>Forgets what was measured, to begin anew.</summary>
    public void Clear()
    {
        if (Directory.Exists(_runs))
        {
            Directory.Delete(_runs, recursive: true);
        }
    }

    /// <summary>The launches that have measured everything and said so.</summary>
    public IReadOnlySet<string> Finished() =>
        Run?.Launches.ReadAll().Where(record => record.IsFinished).Select(record => record.Name.ToString()).ToHashSet() ?? [];

    /// <summary>Kills the program, the launch that runs, or both, at once.</summary>
    /// <param name="running">The program.</param>
    /// <param name="host">Whether the program itself is killed.</param>
    /// <param name="launch">Whether its launch is killed.</param>
    public static void End(HostProgram.Running running, bool host, bool launch)
    {
        foreach (var child in launch ? running.Children() : [])
        {
            _ = SendSignal(child, Kill);
        }

        if (host)
        {
            running.Kill();
        }
    }

    /// <summary>Waits until no process of the run is left: a launch ends when the program that started it is gone.</summary>
    public void WaitForSilence()
    {
        for (var deadline = Stopwatch.StartNew(); deadline.Elapsed < TimeSpan.FromMinutes(1); Thread.Sleep(20))
        {
            if (!Directory.GetDirectories("/proc").Any(IsOfRun))
            {
                return;
            }
        }

        Assert.Fail("a process of the run outlived the program that started it by a minute");
    }

    private bool IsOfRun(string process)
    {
        try
        {
            return char.IsAsciiDigit(Path.GetFileName(process)[0])
                && File.ReadAllText(Path.Combine(process, "cmdline")).Contains(_runs, StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int process, int signal);
}
