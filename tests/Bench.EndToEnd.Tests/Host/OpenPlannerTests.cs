using Bench.Analysis.Measurements;
using Bench.Analysis.Runs;
using Bench.Benchmarks.Configs;
using Bench.Benchmarks.Host;
using Bench.EndToEnd.Tests.Loads;

namespace Bench.EndToEnd.Tests.Host;

/// <summary>How long open loads are measured; the closed load answers 100 requests a second.</summary>
public class OpenPlannerTests
{
    private static readonly MeasuringPlan Measuring = Profile.All.Single(profile => profile.Name == "smoke").Measuring with
    {
        LimitMs = 50,
        Quantile = 0.99,
        BudgetSeconds = 600,
    };

    [Test]
    public void Plan_HalfOfSaturation_TakesThirtyThousandRequestsInAllLaunches()
    {
        var plan = Plan(50, Measuring with { BudgetSeconds = 3600 })!;

        Assert.That((plan.SaturationRate, plan.ServiceMs), Is.EqualTo((100.0, 10.0)).Within(1e-9));
        Assert.That((plan.Requests, plan.RequestsOfLaunch, plan.Launches, plan.WhyNot), Is.EqualTo((30_000, 10_000, 3, (string?)null)));
        // 10,000 requests at 50 a second, 80 more until the last cycle ends, 2 s until the engine settles, and 2 s for a launch.
        Assert.That(plan.Seconds, Is.EqualTo(3 * (200 + 1.6 + 2 + 2)).Within(1e-6));
        Assert.That(OpenPlanner.Text(plan), Is.EqualTo(
            "m/ort-cpu/fp32/linux-x64~50rps: 50 % of what the cell can answer, 30,000 requests in 3 launches, 10.3 minutes"));
    }

    [Test]
    public void Plan_LongerThanTheBudget_IsUndecidedAndNotShortened()
    {
        var plan = Plan(80, Measuring)!;

        Assert.That((plan.IsUndecided, plan.Launches), Is.EqualTo((true, 0)));
        Assert.That(plan.WhyNot, Is.EqualTo("takes 51.8 minutes (246,000 requests at 80 a second); --budget allows 10.0 minutes. "
            + "Give it more, or measure a rate further below saturation (100 a second)."));
        Assert.That(OpenPlanner.Text(plan), Does.StartWith("m/ort-cpu/fp32/linux-x64~80rps: undecided: takes 51.8 minutes"));
    }

    [Test]
    public void Plan_MoreThanCanBeAnswered_IsOneLaunchOfAMinute()
    {
        var plan = Plan(130, Measuring)!;

        Assert.That((plan.Launches, plan.Requests, plan.WhyNot), Is.EqualTo((1, 7_800, (string?)null)));
    }

    [Test]
    public void Plan_FarMoreThanCanBeAnswered_DoesNotFillTheMemory() =>
        Assert.That(Plan(1e6, Measuring)!.Requests, Is.EqualTo(12_000), "a minute at twice what can be answered");

    [Test]
    public void Plan_MoreThanCanBeAnsweredAndLittleTime_IsNotLongerThanTheBudget() =>
        Assert.That(Plan(130, Measuring with { BudgetSeconds = 10 })!.Requests, Is.EqualTo(1_300));

    [Test]
    public void Plan_LimitBelowARequest_IsAnsweredAtOnce()
    {
        var plan = Plan(5, Measuring with { LimitMs = 4 })!;

        Assert.That((plan.Launches, plan.IsUndecided), Is.EqualTo((0, false)));
        Assert.That(plan.WhyNot,
            Is.EqualTo("the limit of 4 ms is below the 10 ms that the quickest request took: no rate meets it."));
    }

    [Test]
    public void WhyNoRate_SeveralStreams_LetsARequestBeSlowedByTheOthers()
    {
        var closed = new ClosedFacts(CellId.Parse("m/ort-cpu+streams=2/fp32/linux-x64"), 6, 10, 1);

        Assert.That(closed.WhyNoRate(6), Is.Null, "alone it may take 5 ms");
        Assert.That(closed.WhyNoRate(4), Is.EqualTo("the limit of 4 ms is below the 5 ms that a request takes at least "
            + "(the quickest took 10 ms, with 2 streams): no rate meets it."));
    }

    [Test]
    public void Plan_NoLimit_LastsSomeSeconds()
    {
        var plan = Plan(50, Measuring with { LimitMs = null, Quantile = null })!;

        Assert.That((plan.RequestsOfLaunch, plan.Launches), Is.EqualTo((250, 3)));
    }

    [Test]
    public void Plan_CellWasNotMeasured_IsNone()
    {
        using var folder = new TemporaryFolder();

        Assert.That(new OpenPlanner(new MeasuredLaunches(folder).Folder, Measuring).Plan(new MeasurementId(
            MeasuredLaunches.Cell, new Load(1))), Is.Null);
    }

    private static OpenPlan? Plan(double rate, MeasuringPlan measuring)
    {
        using var folder = new TemporaryFolder();
        var launches = new MeasuredLaunches(folder);
        launches.AddClosed();
        return new OpenPlanner(launches.Folder, measuring).Plan(new MeasurementId(MeasuredLaunches.Cell, new Load(rate)));
    }
}
