using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Bench.Benchmarks.Processes;

/// <summary>What a process does first that was started to measure or to try: it does not outlive the program that started it, and whatever
/// it starts itself can be ended with it.</summary>
internal static partial class ChildProcess
{
    private const int Kill = 9;
    private const int Term = 15;

    // As long as the process lives.
    private static PosixSignalRegistration? _interrupt;

    /// <summary>Makes this process the leader of a group of its own, and ends the group when the program that started it is gone, however
    /// that ended: its end of standard input closes then.</summary>
    public static void EndWithParent()
    {
        var leads = !OperatingSystem.IsWindows() && SetProcessGroup(0, 0) == 0;
        // Ctrl-C in a terminal may reach every process; the one that started this one decides when it ends.
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
        new Thread(() => WaitForParent(leads)) { IsBackground = true, Name = "Waits for the end of the parent" }.Start();
    }

    /// <summary>Ends a process that called <see cref="EndWithParent"/>, and all that it started;
    /// others as far as they can be found.</summary>
    /// <param name="process">The process; it may have ended.</param>
    public static void End(Process process)
    {
        if (!OperatingSystem.IsWindows())
        {
            // Also after its own end: what it started may live on.
            _ = Signal(-process.Id, Kill);
        }

        try
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception or AggregateException)
        {
            // It has ended by itself in the meantime.
        }
    }

    /// <summary>Asks a process to end in order, where the system has such a request.</summary>
    /// <param name="process">The process; it may have ended.</param>
    public static void AskToEnd(Process process)
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = Signal(process.Id, Term);
        }
    }

    private static void WaitForParent(bool leads)
    {
        using var input = Console.OpenStandardInput();
        var buffer = new byte[1];
        while (input.Read(buffer, 0, 1) > 0)
        {
        }

        // Not an orderly exit: an engine that hangs would hang it too.
        if (leads)
        {
            _ = Signal(0, Kill);
        }

        Process.GetCurrentProcess().Kill();
    }

    [LibraryImport("libc", EntryPoint = "setpgid", SetLastError = true)]
    private static partial int SetProcessGroup(int process, int group);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Signal(int process, int signal);
}
