using System.ComponentModel;
using System.Diagnostics;

namespace Bench.Benchmarks.Engines;

/// <summary>Ties a process that measures or tries to the program that started it: neither outlives the other.</summary>
internal static class ChildProcess
{
    /// <summary>Ends this process when the one that started it is gone, however that ended: its end of standard input closes then.</summary>
    public static void EndWithParent() => new Thread(WaitForParent) { IsBackground = true, Name = "Waits for the end of the parent" }.Start();

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
