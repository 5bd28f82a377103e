using System.Diagnostics;
using Bench.Analysis.Measurements;
using Bench.Analysis.Rendering;
using Bench.Analysis.Runs;
using Bench.Benchmarks.Engines;
using Bench.Benchmarks.Launches;
using Bench.Benchmarks.Progress;
using Bench.Benchmarks.Scheduling;
using Bench.Models;
using Spectre.Console;

namespace Bench.Benchmarks.Host;

/// <summary>The part of a run that takes long: every cell is looked at, and then its launches are made.
/// All that comes of it is in the run's folder.</summary>
internal sealed class Measuring(
    RunFolder folder, BenchOptions options, BenchPaths paths, IReadOnlyList<EngineOffer> engines, TextWriter console, TimeProvider time,
    CancellationToken cancellation)
{
    private readonly WorkFolder _work = new(folder);

    /// <summary>Whether launches that failed before are not tried again: what a search does next depends on them.</summary>
    public bool KeepsFailures { get; init; }

    /// <summary>Whether lines on the terminal change now.</summary>
    public bool IsShownLive { get; private set; }

    /// <summary>Measures what is missing.</summary>
    /// <param name="manifest">What the run is to measure.</param>
    /// <param name="plan">What all launches share.</param>
    /// <exception cref="IOException">The run's folder cannot be written.</exception>
    public void Run(RunManifest manifest, LaunchPlan plan)
    {
        File.Delete(plan.CancelFile);
        plan.Write(_work.PlanPath);
        using var cancelFile = cancellation.Register(() => TellProcessesToStop(plan.CancelFile));
        using var log = new RunLog(
            Path.Combine(folder.BenchmarkDotNetPath, "benchmark.log"), options.Verbose ? console : null, paths);
        List<MeasurementId> pending = [.. manifest.Cells.Where(cell => cell.Status == CellStatus.Pending)
            .Select(cell => cell.Measurement)];
        var history = History();
        var listener = new Relay();
        var launcher = Launcher(listener, log);
        var ready = Inspect(pending, launcher, history);
        if (ready.Count == 0 || cancellation.IsCancellationRequested)
        {
            return;
        }

        Schedule([.. ready.Where(measurement => measurement.Load.IsClosed)], Policy, launcher, history, listener);
        var planner = new OpenPlanner(folder.Launches, plan.Measuring);
        foreach (var open in PlanOpenLoads(planner, ready.Where(other => !other.Load.IsClosed && !history.HasFailed(Closed(other)))))
        {
            Schedule(
                [.. open], measurements => new FixedRounds(measurements, open.Key, options.Seed), launcher, history, listener);
        }

        if (plan.Measuring.FindRate)
        {
            Schedule(
                [.. ready.Where(measurement => measurement.Load.IsClosed && !history.HasFailed(measurement))],
                measurements => new FindRate(
                    [.. measurements.Select(measurement => measurement.Cell)], folder.Launches, planner, plan.Measuring, options.Loads),
                launcher, history, listener);
        }
    }

    /// <summary>Makes the launches that a search asks for; none of its cells is looked at before.</summary>
    /// <param name="measurements">What is searched.</param>
    /// <param name="plan">What all launches share.</param>
    /// <param name="policy">The search.</param>
    /// <exception cref="IOException">The run's folder cannot be written.</exception>
    public void Search(List<MeasurementId> measurements, LaunchPlan plan, ILaunchPolicy policy)
    {
        File.Delete(plan.CancelFile);
        plan.Write(_work.PlanPath);
        using var cancelFile = cancellation.Register(() => TellProcessesToStop(plan.CancelFile));
        using var log = new RunLog(
            Path.Combine(folder.BenchmarkDotNetPath, "benchmark.log"), options.Verbose ? console : null, paths);
        var listener = new Relay();
        Schedule(measurements, _ => policy, Launcher(listener, log), History(), listener, isSearch: true);
    }

    private ProcessLauncher Launcher(Relay listener, RunLog log) =>
        new(folder.Launches, Command, listener, paths.Hide, log, cancellation);

    private static MeasurementId Closed(MeasurementId measurement) => new(measurement.Cell, Load.Closed);

    private void Schedule(
        List<MeasurementId> measurements, Func<List<MeasurementId>, ILaunchPolicy> policy, ProcessLauncher launcher, LaunchHistory history,
        Relay listener, bool isSearch = false)
    {
        if (measurements.Count == 0 || cancellation.IsCancellationRequested)
        {
            return;
        }

        var display = Display();
        IsShownLive = display is LiveRunDisplay;
        var progress = new RunProgress(display, measurements, Math.Max(options.Profile.Measuring.Rounds, 1), time, isSearch);
        listener.To = progress;
        using var stopping = cancellation.Register(display.Stopping);
        try
        {
            new LaunchScheduler(launcher, progress).Run(policy(measurements), history, cancellation);
        }
        finally
        {
            IsShownLive = false;
            display.Close();
        }
    }

    /// <returns>The open loads that are measured, by how many launches they have; what is said of the others is written down.</returns>
    private IEnumerable<IGrouping<int, MeasurementId>> PlanOpenLoads(OpenPlanner planner, IEnumerable<MeasurementId> measurements)
    {
        var planned = new List<(int Launches, MeasurementId Measurement)>();
        foreach (var measurement in measurements.TakeWhile(_ => !cancellation.IsCancellationRequested))
        {
            if ((folder.Launches.ReadOpenPlan(measurement) ?? planner.Plan(measurement)) is not { } plan)
            {
                continue;
            }

            folder.Launches.Write(plan);
            console.WriteLine(ConsoleText.Wrapped(OpenPlanner.Text(plan)));
            if (plan.WhyNot is null)
            {
                planned.Add((plan.Launches, measurement));
            }
        }

        return planned.GroupBy(plan => plan.Launches, plan => plan.Measurement);
    }

    /// <summary>What launches of before have measured. Those that failed are tried again, but for those of a search.</summary>
    private LaunchHistory History()
    {
        foreach (var damaged in folder.Launches.DeleteDamaged())
        {
            console.WriteLine($"Measured again: {paths.Hide(damaged)}");
        }

        return LaunchHistory.Read(folder.Launches, KeepsFailures);
    }

    /// <returns>The measurements whose cells can be measured.</returns>
    private List<MeasurementId> Inspect(List<MeasurementId> pending, ProcessLauncher launcher, LaunchHistory history)
    {
        var ready = new List<MeasurementId>();
        foreach (var (place, measurement) in pending.Index())
        {
            if (cancellation.IsCancellationRequested)
            {
                break;
            }

            if (!measurement.Load.IsClosed && history.HasFailed(Closed(measurement)))
            {
                history.Fail(measurement);
                continue;
            }

            var seen = folder.Launches.ReadInspection(measurement.Cell);
            if (KeepsFailures && seen?.Failure is { IsOfDisk: false })
            {
                history.Fail(measurement);
                continue;
            }

            if (seen is not { Failure: null })
            {
                console.WriteLine(ConsoleText.Line(
                    "Looking at ", measurement.Cell.ToString(), $" ({place + 1} of {pending.Count}) ..."));
                if (launcher.Inspect(measurement) is { } failure)
                {
                    console.WriteLine($"  failed: {ProgressText.Short(failure)}");
                    history.Fail(measurement);
                    continue;
                }
            }

            ready.Add(measurement);
        }

        return ready;
    }

    private ILaunchPolicy Policy(List<MeasurementId> measurements) => options.Profile.Measuring is { Until: { } share } plan
        ? new UntilPrecise(
            measurements, share, plan.BudgetSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : TimeSpan.MaxValue, options.Seed, time)
        : new FixedRounds(measurements, options.Profile.Measuring.Rounds, options.Seed);

    private ProcessStartInfo Command(LaunchRequest request)
    {
        var start = LaunchProgram.Command(request with { PlanPath = _work.PlanPath });
        ProcessNeeds.ApplyForLaunch(
            start, engines.First(engine => engine.Backend.Id == request.Measurement.Cell.Backend.ToString()),
            Precisions.All.First(precision => precision.Id == request.Measurement.Cell.Precision));
        return start;
    }

    /// <summary>Lines that change on a terminal, a line for each launch elsewhere, and neither where the processes' own words are
    /// wanted.</summary>
    private IRunDisplay Display()
    {
        var terminal = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(console) });
        return options.Verbose ? new NoDisplay()
            : !Console.IsOutputRedirected && terminal.Profile.Capabilities.Ansi ? new LiveRunDisplay(terminal, time)
            : new PlainDisplay(console);
    }

    /// <summary>Runs on the thread of a signal, where an exception would end the program.</summary>
    private static void TellProcessesToStop(string cancelFile)
    {
        try
        {
            File.WriteAllText(cancelFile, string.Empty);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The launch that runs will run to its end; none is started after it.
        }
    }

    /// <summary>Hands on what launches say, once there is somebody who wants to know.</summary>
    private sealed class Relay : ILaunchListener
    {
        public RunProgress? To { get; set; }

        public void Measured(double milliseconds, int requests = 1) => To?.Measured(milliseconds, requests);

        public void Complained(MeasurementId measurement, string line) => To?.Complained(measurement, line);
    }
}
