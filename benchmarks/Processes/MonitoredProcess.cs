using System.ComponentModel;
using System.Diagnostics;

namespace Bench.Benchmarks.Processes;

/// <summary>Runs a program to its end, line by line, and never longer than it may take: neither silence, nor a deadline, nor something that
/// it started and that holds its output open keeps the run.</summary>
internal static class MonitoredProcess
{
    private const int LastWordsKept = 10;

    // How long output may still come after the end of the process that wrote it.
    private static readonly TimeSpan GraceOfOutput = TimeSpan.FromSeconds(2);

    // Ended by Ctrl-C or by who stops everything: 128 + the signal, and STATUS_CONTROL_C_EXIT of Windows.
    private static readonly int[] CodesOfInterruptions = [128 + 2, 128 + 15, unchecked((int)0xC000013A)];
    private static readonly TimeSpan GraceOfNews = TimeSpan.FromSeconds(2);

    /// <summary>Runs a program.</summary>
    /// <param name="start">The program; what it says is redirected.</param>
    /// <param name="watch">What to do meanwhile.</param>
    /// <returns>How it ended.</returns>
    /// <exception cref="Win32Exception">It cannot be started.</exception>
    public static ProcessEnding Run(ProcessStartInfo start, ProcessWatch watch)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using var process = new Process { StartInfo = start };
        using var closed = new CountdownEvent(2);
        var (output, errors) = (new LastWords(), new LastWords());
        // Both streams are read on threads of their own; the process must have been started first.
        process.Start();
        using var job = OperatingSystem.IsWindows() ? WindowsJob.TryCreate(process) : null;
        using var watchdog = new Watchdog(process, watch);
        process.OutputDataReceived += (_, line) => Take(line.Data, output, watch.Said);
        process.ErrorDataReceived += (_, line) => Take(line.Data, errors, watch.Complained);
        try
        {
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            // With a limit it waits for the end of the process alone, not for that of all who hold its output.
            while (!process.WaitForExit(TimeSpan.FromHours(1)))
            {
            }

            if (!closed.Wait(GraceOfOutput))
            {
                ChildProcess.End(process);
                _ = closed.Wait(GraceOfOutput);
            }
        }
        finally
        {
            // Whatever went wrong here must not leave an engine behind that disturbs the next measurement.
            ChildProcess.End(process);
        }

        if (CodesOfInterruptions.Contains(process.ExitCode))
        {
            // Who interrupts all processes interrupts this one, too, which may hear of it a little later: that is no failure of a program.
            _ = watch.Cancellation.WaitHandle.WaitOne(GraceOfNews);
        }

        return new ProcessEnding(process.ExitCode, output.ToList(), errors.ToList()) { StoppedBecause = watchdog.Complaint };

        void Take(string? line, LastWords words, Action<string>? hear)
        {
            if (line is null)
            {
                try
                {
                    closed.Signal();
                }
                catch (ObjectDisposedException)
                {
                    // It was given up on.
                }

                return;
            }

            watchdog.Sign();
            words.Add(line);
            try
            {
                hear?.Invoke(line);
            }
            catch (IOException)
            {
                // Nobody reads the console any more, or the log's disk is full: no reason to stop measuring.
            }
        }
    }

    /// <summary>The last lines of a stream.</summary>
    private sealed class LastWords
    {
        private readonly Queue<string> _lines = new();

        public void Add(string line)
        {
            lock (_lines)
            {
                if (line.Length == 0)
                {
                    return;
                }

                _lines.Enqueue(line);
                if (_lines.Count > LastWordsKept)
                {
                    _lines.Dequeue();
                }
            }
        }

        public IReadOnlyList<string> ToList()
        {
            lock (_lines)
            {
                return [.. _lines];
            }
        }
    }
}

/// <summary>What to do while a program runs.</summary>
internal sealed record ProcessWatch
{
    /// <summary>How long it may say nothing.</summary>
    public required TimeSpan Patience { get; init; }

    /// <summary>How long it may take in all; null without a limit.</summary>
    public TimeSpan? Limit { get; init; }

    /// <summary>How long it may go on after the run was interrupted.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Interrupts the run.</summary>
    public required CancellationToken Cancellation { get; init; }

    /// <summary>Hears each line of standard output, on any thread.</summary>
    public Action<string>? Said { get; init; }

    /// <summary>Hears each line of standard error, on any thread.</summary>
    public Action<string>? Complained { get; init; }
}

/// <summary>How a program ended.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">The last lines that it said.</param>
/// <param name="Error">The last lines that it complained of.</param>
internal sealed record ProcessEnding(int ExitCode, IReadOnlyList<string> Output, IReadOnlyList<string> Error)
{
    /// <summary>Why it was stopped; null if it ended by itself.</summary>
    public string? StoppedBecause { get; init; }
}
