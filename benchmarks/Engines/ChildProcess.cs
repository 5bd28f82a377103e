using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Bench.Benchmarks.Engines;

/// <summary>Ties a process that measures or tries to the program that started it: neither outlives the other.</summary>
internal static class ChildProcess
{
    // As long as the process lives.
    private static PosixSignalRegistration? _interrupt;

    /// <summary>Ends this process when the one that started it is gone, however that ended:
    /// its end of standard input closes then.</summary>
    public static void EndWithParent()
    {
        // Ctrl-C in a terminal reaches every process; the one that started this one decides when it ends.
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
        new Thread(WaitForParent) { IsBackground = true, Name = "Waits for the end of the parent" }.Start();
    }

    /// <summary>Runs a program to its end, or to that of patience or of the run.</summary>
    /// <param name="start">The program; what it says is redirected.</param>
    /// <param name="patience">How long it may take.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>How it ended; null if it was stopped because it took too long.</returns>
    /// <exception cref="Win32Exception">It cannot be started.</exception>
    public static ChildEnding? Run(ProcessStartInfo start, TimeSpan patience, CancellationToken cancellation)
    {
        start.RedirectStandardError = true;
        start.RedirectStandardOutput = true;
        using var process = Process.Start(start)!;
        using var interrupt = cancellation.Register(() => Kill(process));
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        if (process.WaitForExit(patience))
        {
            return new ChildEnding(process.ExitCode, output.Result, error.Result);
        }

        Kill(process);
        return null;
    }

    /// <summary>Ends a process and all that it started, if it is still there.</summary>
    public static void Kill(Process process)
    {
        try
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has ended by itself in the meantime.
        }
    }

    private static void WaitForParent()
    {
        using var input = Console.OpenStandardInput();
        var buffer = new byte[1];
        while (input.Read(buffer, 0, 1) > 0)
        {
        }

        // Not an orderly exit: an engine that hangs would hang it too.
        Process.GetCurrentProcess().Kill();
    }
}

/// <summary>How a program ended.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">What it said.</param>
/// <param name="Error">What it complained of.</param>
internal sealed record ChildEnding(int ExitCode, string Output, string Error);
