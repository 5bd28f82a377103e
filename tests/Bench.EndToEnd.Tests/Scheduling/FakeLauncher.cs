using Bench.Analysis.Measurements;
using Bench.Analysis.Runs;
using Bench.Benchmarks.Scheduling;

namespace Bench.EndToEnd.Tests.Scheduling;

/// <summary>Launches that take no time: each has the outcome that a test says, and moves a clock on.</summary>
/// <param name="outcome">How a launch ends.</param>
internal sealed class FakeLauncher(Func<LaunchName, LaunchOutcome> outcome) : ILauncher, IScheduleWatcher
{
    /// <summary>The launches that were run, in their order.</summary>
    public List<LaunchName> Run { get; } = [];

    /// <summary>Those that were not, in their order.</summary>
    public List<LaunchName> Skipped { get; } = [];

    /// <summary>What was expected before each launch.</summary>
    public List<int> Expected { get; } = [];

    /// <summary>How the launches ended that somebody was told of.</summary>
    public List<(LaunchName Name, LaunchOutcome Outcome)> Ended { get; } = [];

    /// <summary>The clock.</summary>
    public ManualTime Time { get; } = new();

    /// <summary>How long each launch takes.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Measurements of that many cells.</summary>
    public static IReadOnlyList<MeasurementId> Measurements(int count) =>
        [.. Enumerable.Range(1, count).Select(i => MeasurementId.Parse($"m{i}/ort-cpu/fp32/linux-x64"))];

    /// <summary>A launch that measured.</summary>
    public static LaunchOutcome Mean(double ms) => new(ms, null);

    /// <summary>Runs a policy to its end.</summary>
    public LaunchHistory Schedule(ILaunchPolicy policy, LaunchHistory? history = null, CancellationToken cancellation = default)
    {
        history ??= new LaunchHistory();
        new LaunchScheduler(this, this).Run(policy, history, cancellation);
        return history;
    }

    LaunchOutcome ILauncher.Run(LaunchName name)
    {
        Run.Add(name);
        Time.Advance(Duration);
        return outcome(name);
    }

    void IScheduleWatcher.Starting(LaunchName name, int expected) => Expected.Add(expected);

    void IScheduleWatcher.Ended(LaunchName name, LaunchOutcome outcome) => Ended.Add((name, outcome));

    void IScheduleWatcher.Skipped(LaunchName name) => Skipped.Add(name);
}
