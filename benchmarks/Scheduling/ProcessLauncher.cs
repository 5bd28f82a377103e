using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Bench.Analysis.Measurements;
using Bench.Analysis.Runs;
using Bench.Benchmarks.Launches;
using Bench.Benchmarks.Processes;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;

namespace Bench.Benchmarks.Scheduling;

/// <summary>Hears what the process of a launch says.</summary>
internal interface ILaunchListener
{
    /// <summary>Timed requests have ended.</summary>
    /// <param name="milliseconds">How long they took, each from its own beginning to its end.</param>
    /// <param name="requests">How many they are.</param>
    void Measured(double milliseconds, int requests = 1);

    /// <summary>The engine has written a line to standard error. Comes on any thread.</summary>
    void Complained(MeasurementId measurement, string line);
}

/// <summary>A process per launch: this very program, started again. What it measured it writes itself;
/// what it can no longer say, this does.</summary>
/// <param name="launches">Where launches leave what they measured.</param>
/// <param name="command">The command of a launch.</param>
/// <param name="listener">Hears what processes say.</param>
/// <param name="hide">Takes paths of this machine out of what is written down.</param>
/// <param name="log">Takes everything that processes say.</param>
/// <param name="cancellation">After it a launch gets a short time to end by itself.</param>
internal sealed class ProcessLauncher(
    LaunchFolder launches, Func<LaunchRequest, ProcessStartInfo> command, ILaunchListener listener, Func<string, string> hide,
    ILogger log, CancellationToken cancellation) : ILauncher
{
    private const double NanosecondsPerMillisecond = 1e6;
    private const int LastWordsTold = 3;

    public LaunchOutcome Run(LaunchName name)
    {
        var started = DateTimeOffset.UtcNow;
        var spoken = new Progress.EngineComplaints();
        var failure = Start(new LaunchRequest(string.Empty, name.Measurement, name.Round), spoken);
        var record = launches.Read(name);
        if (record is not null)
        {
            Tell(name, spoken);
        }

        if (record is { IsFinished: true })
        {
            var timings = launches.ReadTimings(record);
            return new LaunchOutcome(timings.LatenciesMs.Average(), null) { RequestMs = timings.RequestMs };
        }

        if (cancellation.IsCancellationRequested)
        {
            return new LaunchOutcome(null, null);
        }

        if (record?.Failure is { } told)
        {
            // A disk that is full for one launch is full for all.
            return told is { IsOfSurroundings: true, Type: not LaunchFailure.OfProcess }
                ? throw new IOException(told.Reason)
                : new LaunchOutcome(null, told.Reason);
        }

        failure ??= "it ended without a record of what it measured; see bdn/benchmark.log.";
        launches.Write(LaunchFailures.Record(name, started, new LaunchFailure(failure, LaunchFailure.OfProcess)), []);
        Tell(name, spoken);
        return new LaunchOutcome(null, failure);
    }

    /// <summary>What the engine said in a launch that counts, finished or failed.</summary>
    private void Tell(LaunchName name, Progress.EngineComplaints spoken)
    {
        if (spoken.Of(name.Cell.ToString()) is { Count: > 0 } complaints)
        {
            launches.Write(name, new SpokenRecord(complaints));
        }
    }

    /// <summary>Has a cell looked at before its first launch.</summary>
    /// <param name="measurement">What will be measured.</param>
    /// <returns>Why it cannot be measured; null if it can, or the run was interrupted.</returns>
    public string? Inspect(MeasurementId measurement)
    {
        var failure = Start(new LaunchRequest(string.Empty, measurement, 0), null);
        if (launches.ReadInspection(measurement.Cell) is { } record)
        {
            return record.Failure?.Reason;
        }

        if (cancellation.IsCancellationRequested)
        {
            return null;
        }

        failure ??= "it ended without a record of where the network ran; see bdn/benchmark.log.";
        launches.Write(new InspectionRecord { Cell = measurement.Cell, Failure = new LaunchFailure(failure, LaunchFailure.OfProcess) });
        return failure;
    }

    /// <returns>How the process ended, for the case that it left no record; null if it ended well.</returns>
    private string? Start(LaunchRequest request, Progress.EngineComplaints? spoken)
    {
        var cell = request.Measurement.Cell.ToString();
        log.WriteLine(request.Round == 0 ? $"// Inspection of {request.Measurement}" : $"// {request.Measurement}, round {request.Round}");
        try
        {
            var ending = MonitoredProcess.Run(command(request), new ProcessWatch
            {
                Patience = Watchdog.Patience,
                Cancellation = cancellation,
                Said = Hear,
                Complained = line =>
                {
                    log.WriteLine(line);
                    spoken?.Add(cell, hide(line));
                    listener.Complained(request.Measurement, line);
                },
            });
            return ending is { ExitCode: 0, StoppedBecause: null } ? null : hide(Ending(ending));
        }
        catch (Win32Exception e)
        {
            return $"the process could not be started: {e.Message}";
        }
        finally
        {
            // What stands there must be there after a kill, too.
            log.Flush();
        }
    }

    private void Hear(string line)
    {
        log.WriteLine(line);
        // "WorkloadActual  1: 1 op, 26270000.00 ns, …"; everything else is talk.
        if (line.StartsWith(LaunchLines.TimedInference, StringComparison.Ordinal))
        {
            var measured = Measurement.Parse(line, 0);
            listener.Measured(measured.Nanoseconds / NanosecondsPerMillisecond, (int)measured.Operations);
        }
    }

    private static string Ending(ProcessEnding ending)
    {
        // What the engine said itself, if it did, says more than what the harness said last.
        var said = string.Join(' ', (ending.Error.Count > 0 ? ending.Error : ending.Output).TakeLast(LastWordsTold)).Trim();
        return ending.StoppedBecause is { } why
            ? $"the benchmark process was stopped: {why}"
            : string.Create(CultureInfo.InvariantCulture, $"the benchmark process ended with exit code {ending.ExitCode}")
                + (said.Length > 0 ? $"; the last it said: {said}" : ".");
    }
}
