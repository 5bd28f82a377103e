using Bench.Analysis.Measurements;
using Bench.Analysis.Runs;
using Bench.Benchmarks.Scheduling;

namespace Bench.EndToEnd.Tests.Scheduling;

public class LaunchSchedulerTests
{
    private const ulong Seed = 1910;

    [Test]
    public void Run_FixedRounds_FollowsTheOrderOfLaunches([Values(1, 2, 5)] int cells, [Values(1, 4)] int rounds)
    {
        var measurements = FakeLauncher.Measurements(cells);
        var launcher = new FakeLauncher(_ => FakeLauncher.Mean(10));

        var history = launcher.Schedule(new FixedRounds(measurements, rounds, Seed));

        var order = LaunchOrder.Create(cells, rounds, Seed);
        Assert.That(launcher.Run, Is.EqualTo(
            Enumerable.Range(0, rounds).SelectMany(round => order[round].Select(i => new LaunchName(measurements[i], round + 1)))));
        Assert.That(launcher.Ended.Select(ended => ended.Name), Is.EqualTo(launcher.Run));
        Assert.That(launcher.Expected, Has.All.EqualTo(cells * rounds));
        Assert.That((history.Count, launcher.Skipped), Is.EqualTo((cells * rounds, new List<LaunchName>())));
    }

    [Test]
    public void Run_CellThatFails_IsNotStartedAgainAndOthersGoOn()
    {
        var measurements = FakeLauncher.Measurements(3);
        var broken = measurements[1];
        var launcher = new FakeLauncher(name =>
            name.Measurement == broken && name.Round >= 2 ? new LaunchOutcome(null, "no memory.") : FakeLauncher.Mean(10));

        var history = launcher.Schedule(new FixedRounds(measurements, 5, Seed));

        Assert.That(RoundsOf(launcher, broken), Is.EqualTo([1, 2]));
        Assert.That(RoundsOf(launcher, measurements[0]), Is.EqualTo([1, 2, 3, 4, 5]));
        Assert.That(RoundsOf(launcher, measurements[2]), Is.EqualTo([1, 2, 3, 4, 5]));
        Assert.That(launcher.Skipped.Select(name => (name.Measurement, name.Round)), Is.EqualTo([(broken, 3), (broken, 4), (broken, 5)]));
        Assert.That((history.HasFailed(broken), history.HasFailed(measurements[0])), Is.EqualTo((true, false)));
        Assert.That(launcher.Ended, Has.One.Matches<(LaunchName, LaunchOutcome Outcome)>(ended => ended.Outcome.Failure == "no memory."));
    }

    [Test]
    public void Run_Cancellation_StartsNothingAfterIt([Range(0, 6)] int after)
    {
        using var cancellation = new CancellationTokenSource();
        var count = 0;
        var launcher = new FakeLauncher(_ =>
        {
            if (++count == after)
            {
                cancellation.Cancel();
            }

            return FakeLauncher.Mean(10);
        });
        if (after == 0)
        {
            cancellation.Cancel();
        }

        var history = launcher.Schedule(new FixedRounds(FakeLauncher.Measurements(2), 3, Seed), cancellation: cancellation.Token);

        Assert.That((launcher.Run.Count, launcher.Ended.Count, history.Count), Is.EqualTo((after, after, after)));
    }

    [Test]
    public void Run_LaunchThatWasCancelled_IsNeitherMeasuredNorFailed()
    {
        using var cancellation = new CancellationTokenSource();
        var launcher = new FakeLauncher(_ =>
        {
            cancellation.Cancel();
            return new LaunchOutcome(null, null);
        });
        var measurements = FakeLauncher.Measurements(1);

        var history = launcher.Schedule(new FixedRounds(measurements, 3, Seed), cancellation: cancellation.Token);

        Assert.That((launcher.Run.Count, history.Count, history.HasFailed(measurements[0])), Is.EqualTo((1, 0, false)));
    }

    // All 512 ways in which a run of three cells and three rounds can have been stopped.
    [Test]
    public void Run_WhateverWasFinishedBefore_MeasuresExactlyWhatIsMissing()
    {
        var measurements = FakeLauncher.Measurements(3);
        var plan = measurements.SelectMany(
            _ => Enumerable.Range(1, 3), (measurement, round) => new LaunchName(measurement, round)).ToList();
        for (var subset = 0; subset < 1 << plan.Count; subset++)
        {
            var finished = plan.Where((_, i) => (subset & (1 << i)) != 0).ToList();
            var history = new LaunchHistory();
            finished.ForEach(name => history.Add(name, 10));
            var launcher = new FakeLauncher(_ => FakeLauncher.Mean(10));

            launcher.Schedule(new FixedRounds(measurements, 3, Seed), history);

            Assert.That(launcher.Run.Concat(finished), Is.EquivalentTo(plan), $"{subset}: each once, and none more");
            Assert.That(launcher.Skipped, Is.EquivalentTo(finished));
            Assert.That(plan.TrueForAll(history.Has));
        }
    }

    [Test]
    public void MeansMs_LaunchesOfAResumedRun_StandByRound()
    {
        var measurement = FakeLauncher.Measurements(1)[0];
        var history = new LaunchHistory();
        history.Add(new LaunchName(measurement, 3), 30);
        history.Add(new LaunchName(measurement, 1), 10);
        history.Add(new LaunchName(measurement, 2), 20);

        Assert.That(history.MeansMs(measurement), Is.EqualTo([10, 20, 30]));
        Assert.That(history.MeansMs(MeasurementId.Parse("other/ort-cpu/fp32/linux-x64")), Is.Empty);
        Assert.That(history.MeansMs(MeasurementId.Parse($"{measurement}~120rps")), Is.Empty, "a load is another measurement");
    }

    private static IEnumerable<int> RoundsOf(FakeLauncher launcher, MeasurementId measurement) =>
        launcher.Run.Where(name => name.Measurement == measurement).Select(name => name.Round);
}
