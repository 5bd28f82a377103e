using Bench.Analysis.Measurements;
using Bench.Analysis.Runs;
using Bench.Benchmarks.Scheduling;

namespace Bench.EndToEnd.Tests.Scheduling;

public class UntilPreciseTests
{
    private const ulong Seed = 1910;
    private static readonly TimeSpan Long = TimeSpan.FromDays(1);

    [Test]
    public void Run_CellsThatDoNotScatter_StopAtTheFirstLook()
    {
        var launcher = new FakeLauncher(_ => FakeLauncher.Mean(10));
        var measurements = FakeLauncher.Measurements(3);

        launcher.Schedule(new UntilPrecise(measurements, 0.01, Long, Seed, launcher.Time));

        Assert.That(launcher.Run, Is.EqualTo(Names(measurements, UntilPrecise.FirstLook)), "eight rounds in the balanced order");
        Assert.That(launcher.Expected, Has.All.EqualTo(24));
    }

    // The first two launches agree to the last bit: whoever looked before the eighth would stop.
    [Test]
    public void Run_CellThatLooksPreciseEarly_IsNotLookedAtBeforeEightLaunches()
    {
        var launcher = new FakeLauncher(name => FakeLauncher.Mean(name.Round == 8 ? 13 : 10));

        launcher.Schedule(new UntilPrecise(FakeLauncher.Measurements(1), 0.01, TimeSpan.FromSeconds(30), Seed, launcher.Time));

        Assert.That(launcher.Run, Has.Count.EqualTo(30), "not precise at 8 launches, and the budget ends it");
    }

    [Test]
    public void Run_LaunchesThatScatter_EndAtTheFirstRoundThatIsPreciseEnough()
    {
        // 1 % up and down: Student's t at 99 % over n launches is below 1 % of the mean from a few more than eight on.
        var launcher = new FakeLauncher(name => FakeLauncher.Mean(name.Round % 2 == 0 ? 10.1 : 9.9));
        var measurement = FakeLauncher.Measurements(1);

        var history = launcher.Schedule(new UntilPrecise(measurement, 0.01, Long, Seed, launcher.Time));

        var means = history.MeansMs(measurement[0]);
        Assert.That(means, Has.Count.GreaterThan(8));
        Assert.That(UntilPrecise.HalfWidth(means), Is.LessThanOrEqualTo(0.01));
        Assert.That(UntilPrecise.HalfWidth([.. means.SkipLast(1)]), Is.GreaterThan(0.01));
    }

    // scipy.stats.t.ppf(0.995, n - 1): 63.656741 for 2, 3.499483 for 8. Deviations of 1 from a mean of 10 give s = 1.0690450 for 8.
    [Test]
    public void HalfWidth_KnownMeans_IsStudentsT()
    {
        Assert.That(UntilPrecise.HalfWidth([9, 11]), Is.EqualTo(63.656741 * Math.Sqrt(2) / Math.Sqrt(2) / 10).Within(1e-7));
        Assert.That(
            UntilPrecise.HalfWidth([9, 11, 9, 11, 9, 11, 9, 11]), Is.EqualTo(3.499483 * 1.0690450 / Math.Sqrt(8) / 10).Within(1e-7));
        Assert.That(UntilPrecise.HalfWidth([9]), Is.Null);
        Assert.That(UntilPrecise.HalfWidth([]), Is.Null);
    }

    [Test]
    public void Run_CellThatIsPrecise_IsLeftAloneWhileOthersGoOn()
    {
        var measurements = FakeLauncher.Measurements(2);
        var launcher = new FakeLauncher(name =>
            FakeLauncher.Mean(name.Measurement == measurements[0] ? 10 : 10 + (3 * (name.Round % 2))));

        launcher.Schedule(new UntilPrecise(measurements, 0.01, TimeSpan.FromSeconds(40), Seed, launcher.Time));

        Assert.That(RoundsOf(launcher, measurements[0]), Is.EqualTo(Enumerable.Range(1, 8)));
        Assert.That(RoundsOf(launcher, measurements[1]), Is.EqualTo(Enumerable.Range(1, 32)));
    }

    // By its own launches a measurement becomes precise only after its turn; whatever else adds to what is known must be heeded, too.
    [Test]
    public void Launches_CellThatBecomesPreciseWithinARound_IsLeftAlone()
    {
        var measurements = FakeLauncher.Measurements(2);
        var history = new LaunchHistory();
        foreach (var name in Names(measurements, 8))
        {
            history.Add(name, 10 + (3 * (name.Round % 2)));
        }

        var asked = new List<LaunchName>();
        foreach (var name in new UntilPrecise(measurements, 0.01, Long, Seed, new ManualTime()).Launches(history).Skip(16))
        {
            asked.Add(name);
            // Meanwhile the other one is known well enough.
            foreach (var measurement in measurements.Where(measurement => measurement != name.Measurement))
            {
                Enumerable.Range(1, 8).ToList().ForEach(round => history.Add(new LaunchName(measurement, round), 10));
            }

            Enumerable.Range(1, 9).ToList().ForEach(round => history.Add(name with { Round = round }, 10));
        }

        Assert.That(asked, Has.Count.EqualTo(1));
        Assert.That(asked[0].Round, Is.EqualTo(9));
    }

    [Test]
    public void Run_Budget_EndsItAfterTheFirstLook([Values(0, 1, 16, 21)] int seconds)
    {
        var launcher = new FakeLauncher(name => FakeLauncher.Mean(10 + name.Round));

        launcher.Schedule(
            new UntilPrecise(FakeLauncher.Measurements(2), 0.01, TimeSpan.FromSeconds(seconds), Seed, launcher.Time));

        Assert.That(launcher.Run, Has.Count.EqualTo(Math.Max(2 * UntilPrecise.FirstLook, seconds)),
            "one second each: the first eight of both in any case, and none more once the budget is over");
    }

    [Test]
    public void Run_CellThatNeverBecomesPrecise_HasAtMostSoManyLaunches()
    {
        var launcher = new FakeLauncher(name => FakeLauncher.Mean(name.Round % 2 == 0 ? 1 : 100)) { Duration = TimeSpan.Zero };

        launcher.Schedule(new UntilPrecise(FakeLauncher.Measurements(1), 0.0001, Long, Seed, launcher.Time));

        Assert.That(launcher.Run.Select(name => name.Round), Is.EqualTo(Enumerable.Range(1, UntilPrecise.Most)));
    }

    [TestCase(1)]
    [TestCase(10)]
    public void Run_CellThatFailed_DoesNotKeepItOpen(int failsInRound)
    {
        var measurements = FakeLauncher.Measurements(2);
        var launcher = new FakeLauncher(name => name.Measurement == measurements[0] ? FakeLauncher.Mean(10)
            : name.Round >= failsInRound ? new LaunchOutcome(null, "broken.") : FakeLauncher.Mean(10 + (5 * name.Round)));

        launcher.Schedule(new UntilPrecise(measurements, 0.01, Long, Seed, launcher.Time));

        Assert.That(RoundsOf(launcher, measurements[0]), Is.EqualTo(Enumerable.Range(1, 8)));
        Assert.That(RoundsOf(launcher, measurements[1]), Is.EqualTo(Enumerable.Range(1, failsInRound)));
    }

    [Test]
    public void Run_ResumedRun_GoesOnWhereItStopped()
    {
        var measurements = FakeLauncher.Measurements(2);
        var finished = Names(measurements, 8).Take(11).ToList();
        var history = new LaunchHistory();
        finished.ForEach(name => history.Add(name, 10));
        var launcher = new FakeLauncher(_ => FakeLauncher.Mean(10));

        launcher.Schedule(new UntilPrecise(measurements, 0.01, Long, Seed, launcher.Time), history);

        Assert.That(finished.Concat(launcher.Run), Is.EqualTo(Names(measurements, 8)), "in the same order");
    }

    [Test]
    public void Expected_WhileCellsAreOpen_CountsOneMoreLaunchOfEach()
    {
        var measurements = FakeLauncher.Measurements(2);
        var launcher = new FakeLauncher(name =>
            FakeLauncher.Mean(name.Measurement == measurements[0] ? 10 : 10 + (3 * (name.Round % 2))));

        launcher.Schedule(new UntilPrecise(measurements, 0.01, TimeSpan.FromSeconds(20), Seed, launcher.Time));

        Assert.That(launcher.Expected, Is.EqualTo([.. Enumerable.Repeat(16, 16), 17, 18, 19, 20]));
    }

    private static IEnumerable<LaunchName> Names(IReadOnlyList<MeasurementId> measurements, int rounds) =>
        LaunchOrder.Create(measurements.Count, rounds, Seed)
            .SelectMany((order, round) => order.Select(place => new LaunchName(measurements[place], round + 1)));

    private static IEnumerable<int> RoundsOf(FakeLauncher launcher, MeasurementId measurement) =>
        launcher.Run.Where(name => name.Measurement == measurement).Select(name => name.Round);
}
