using Bench.Analysis.Measurements;
using Bench.Analysis.Reports;
using Bench.Analysis.Runs;
using Bench.Benchmarks.Configs;
using Bench.Benchmarks.Host;
using Bench.Benchmarks.Scheduling;
using Bench.EndToEnd.Tests.Loads;

namespace Bench.EndToEnd.Tests.Scheduling;

/// <summary>The search for the highest rate, with launches that are measured in virtual time.</summary>
public class FindRateTests
{
    private const double LimitMs = 35;
    private const double Quantile = 0.9;

    // Of one server that takes 10 ms, a tenth of requests waits longer than 25 ms at this rate: Erlang's
    // formula of M/D/1, as ConstantServiceQueue in tests/Bench.Simulations has it.
    private const double Truth = 64.783;

    private static readonly MeasuringPlan Measuring = Profile.All.Single(profile => profile.Name == "smoke").Measuring with
    {
        LimitMs = LimitMs,
        Quantile = Quantile,
        BudgetSeconds = 1e6,
        FindRate = true,
    };

    [Test]
    public void Launches_OneServer_EndWithABandAroundTheTruth()
    {
        using var folder = new TemporaryFolder();
        var (band, launcher) = Search(folder, Measuring);

        Assert.That(band!.End, Is.EqualTo(RateSearchEnd.Narrow));
        Assert.That(band.Met, Is.LessThan(Truth));
        Assert.That(band.Missed, Is.GreaterThan(Truth));
        Assert.That(band.Width, Is.AtMost(0.05));
        Assert.That(band.Trials, Has.Count.EqualTo(launcher.Run.Count).And.Count.AtMost(15));
        Assert.That(band.Trials, Has.Some.Matches<RateTrial>(trial => trial!.IsConfirmation && trial.Rate == band.Met));
        Assert.That(BandText.Of(band, Measuring), Does.StartWith(
            "m/ort-cpu/fp32/linux-x64: the highest rate that meets P90 within 35 ms lies between "));
    }

    [Test]
    public void Launches_SearchThatWasStopped_GoesOnWhereItWas()
    {
        using var folder = new TemporaryFolder();
        var (whole, first) = Search(folder, Measuring);
        File.Delete(Path.Combine(new LaunchFolder(new RunFolder(folder.Path)).Path, "m_ort-cpu_fp32_linux-x64_band.json"));

        var (again, second) = Search(folder, Measuring, first.Run);

        Assert.That(second.Run, Is.Empty, "what is on the disk is not measured again");
        Assert.That(again!.Trials, Is.EqualTo(whole!.Trials));
        Assert.That((again.Met, again.Missed), Is.EqualTo((whole.Met, whole.Missed)));
    }

    [Test]
    public void Launches_OneFails_EndsTheSearchAndSaysWhy()
    {
        using var folder = new TemporaryFolder();
        var (band, launcher) = Search(folder, Measuring, failing: 3);

        Assert.That(launcher.Run, Has.Count.EqualTo(3));
        Assert.That(band!.End, Is.EqualTo(RateSearchEnd.LaunchFailed));
        Assert.That(band.Trials, Has.Count.EqualTo(2));
        Assert.That(BandText.Of(band, Measuring),
            Does.Contain("the search ended because a launch at ").And.Contain("failed: out of luck;"));
    }

    [Test]
    public void Launches_OneIsInterrupted_LeavesNoBandAndGoesOnLater()
    {
        using var folder = new TemporaryFolder();
        var (whole, first) = Search(folder, Measuring);
        using var other = new TemporaryFolder();
        var (none, interrupted) = Search(other, Measuring, interruptedAt: 3);
        var (band, second) = Search(other, Measuring, interrupted.Run.Take(2).ToList());

        Assert.That(none, Is.Null);
        Assert.That(second.Run, Is.EqualTo(first.Run.Skip(2)), "the search goes on with the launch that was lost");
        Assert.That((band!.Met, band.Missed, band.End), Is.EqualTo((whole!.Met, whole.Missed, whole.End)));
    }

    /// <summary>A rate that was asked for has launches of its own, with a number of requests of their own.</summary>
    [Test]
    public void Launches_RateThatIsMeasuredAnyway_IsLeftToItsOwnLaunches()
    {
        using var folder = new TemporaryFolder();
        var (_, free) = Search(folder, Measuring);
        var load = free.Run[0].Measurement.Load;
        using var other = new TemporaryFolder();
        var (_, launcher) = Search(other, Measuring, taken: [load]);

        Assert.That(launcher.Run[0].Measurement.Load.RequestsPerSecond, Is.EqualTo(load.RequestsPerSecond * 0.999).Within(0.02));
        Assert.That(launcher.Run.Select(name => name.Measurement.Load), Has.None.EqualTo(load));
    }

    [TestCase(123456.7, 123500)]
    [TestCase(72.3456, 72.35)]
    [TestCase(0.000123456, 0.0001235)]
    [TestCase(99999, 100000)]
    [TestCase(1, 1)]
    public void Rounded_AnyRate_HasFourDigits(double rate, double expected) =>
        Assert.That(FindRate.Rounded(rate), Is.EqualTo(expected));

    [Test]
    public void Launches_LimitBelowARequest_NeedNone()
    {
        using var folder = new TemporaryFolder();
        var measuring = Measuring with { LimitMs = 9 };
        var (band, launcher) = Search(folder, measuring);

        Assert.That(launcher.Run, Is.Empty);
        Assert.That(band!.End, Is.EqualTo(RateSearchEnd.NothingMet));
        Assert.That(BandText.Of(band, measuring), Is.EqualTo("m/ort-cpu/fp32/linux-x64, P90 within 9 ms: "
            + "the limit of 9 ms is below the 10 ms that the quickest request took: no rate meets it."));
    }

    [Test]
    public void Launches_LittleTime_EndsWithWhatWasReached()
    {
        using var folder = new TemporaryFolder();
        var (band, _) = Search(folder, Measuring with { BudgetSeconds = 10 });

        Assert.That(band!.End, Is.EqualTo(RateSearchEnd.BudgetEnded));
        Assert.That(band.Seconds, Is.AtMost(10));
    }

    private static (RateBand? Band, FakeLauncher Launcher) Search(
        TemporaryFolder folder, MeasuringPlan measuring, IReadOnlyList<LaunchName>? before = null, int failing = 0, int interruptedAt = 0,
        IReadOnlyList<Load>? taken = null)
    {
        var launches = new MeasuredLaunches(folder);
        launches.AddClosed();
        var made = 0;
        using var interruption = new CancellationTokenSource();
        var launcher = new FakeLauncher(name =>
        {
            made++;
            if (made == interruptedAt)
            {
                interruption.Cancel();
                return new LaunchOutcome(null, null);
            }

            if (made == failing)
            {
                launches.Fail(name, "out of luck.");
                return new LaunchOutcome(null, "out of luck.");
            }

            launches.Measure(name, measuring.LimitMs!.Value);
            return FakeLauncher.Mean(1);
        });
        var history = new LaunchHistory();
        foreach (var name in before ?? [])
        {
            history.Add(name, 1);
        }

        launcher.Schedule(
            new FindRate([MeasuredLaunches.Cell], launches.Folder, new OpenPlanner(launches.Folder, measuring), measuring, taken ?? []),
            history, interruption.Token);
        return (launches.Folder.ReadBand(MeasuredLaunches.Cell), launcher);
    }
}
