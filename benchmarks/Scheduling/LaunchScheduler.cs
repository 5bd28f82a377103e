using Bench.Analysis.Runs;

namespace Bench.Benchmarks.Scheduling;

/// <summary>Runs a launch to its end.</summary>
internal interface ILauncher
{
    /// <returns>How it ended; what it measured is on the disk then.</returns>
    LaunchOutcome Run(LaunchName name);
}

/// <summary>How a launch ended.</summary>
/// <param name="MeanMs">The mean of its latencies in ms; null if it measured nothing.</param>
/// <param name="Failure">Why it failed; null if it did not, or was cancelled.</param>
internal sealed record LaunchOutcome(double? MeanMs, string? Failure)
{
    /// <summary>How long the machine took for a request in ms, all streams together; null if it measured nothing.</summary>
    public double? RequestMs { get; init; } = MeanMs;
}

/// <summary>Hears how a schedule goes on.</summary>
internal interface IScheduleWatcher
{
    /// <summary>A launch is about to start.</summary>
    /// <param name="name">The launch.</param>
    /// <param name="expected">How many launches there will be, as far as is known now.</param>
    void Starting(LaunchName name, int expected);

    /// <summary>A launch has ended.</summary>
    void Ended(LaunchName name, LaunchOutcome outcome);

    /// <summary>A launch is not started: it has measured before, or its cell has failed.</summary>
    void Skipped(LaunchName name);
}

/// <summary>Starts launches one after the other, as a policy asks for them, and never two at a time.</summary>
/// <param name="launcher">Runs a launch.</param>
/// <param name="watcher">Hears of all launches.</param>
internal sealed class LaunchScheduler(ILauncher launcher, IScheduleWatcher watcher)
{
    /// <summary>Runs a schedule to its end, or to that of the run.</summary>
    /// <param name="policy">Which launch comes next.</param>
    /// <param name="history">What was measured before; what is measured now is added.</param>
    /// <param name="cancellation">After it no launch is started.</param>
    public void Run(ILaunchPolicy policy, LaunchHistory history, CancellationToken cancellation)
    {
        foreach (var name in policy.Launches(history))
        {
            if (cancellation.IsCancellationRequested)
            {
                return;
            }

            if (history.Has(name) || history.HasFailed(name.Measurement))
            {
                watcher.Skipped(name);
                continue;
            }

            watcher.Starting(name, policy.Expected(history));
            var outcome = launcher.Run(name);
            if (outcome.RequestMs is { } time)
            {
                history.Add(name, time);
            }
            else if (outcome.Failure is not null)
            {
                history.Fail(name.Measurement);
            }

            watcher.Ended(name, outcome);
        }
    }
}
