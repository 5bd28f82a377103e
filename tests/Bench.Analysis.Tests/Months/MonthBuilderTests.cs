using Bench.Analysis.Cost;
using Bench.Analysis.Decision;
using Bench.Analysis.Measurements;
using Bench.Analysis.Months;
using Bench.Analysis.Statistics.Queueing;
using static Bench.Analysis.Tests.Decision.DecisionFixture;

namespace Bench.Analysis.Tests.Months;

/// <summary>A month's plans, with sums that are easy to do by hand: a month has 730 hours.</summary>
public class MonthBuilderTests
{
    private const double Volume = 2_000_000;

    private static readonly Demand Demand = new() { ImagesPerMonth = Volume };

    // Eight cards are sold at a time, as in the catalogue.
    private static readonly HourlyPrice Card = HourlyPrice.Given(63.296 / 8, "h200") with
    {
        Sold = [new SoldAs("AWS", "p5en.48xlarge", 63.296, 8), new SoldAs("Azure", "ND96", 84.8, 8)],
    };

    // A quarter of what is sold, and for an image dearer than the card.
    private static readonly HourlyPrice Processor = HourlyPrice.Given(2, "epyc") with { Sold = [new SoldAs("AWS", "large", 8, 4)] };

    private static readonly HourlyPrice Own = HourlyPrice.Given(1, "lab") with { Own = new OnPremise(4200, 4, 180, 0.28, 0.5) };

    [Test]
    public void Build_CardThatIsSoldByEight_CostsEightForTheMonth()
    {
        var plan = Build(Demand, 20, Exactly("a", 5, Card)).Plan!;

        Assert.That(plan.WorkHours, Is.EqualTo(2.77778).Within(1e-5), "2 million × 5 ms");
        Assert.That((plan.Machines, plan.Offers, plan.Offer!.Instance), Is.EqualTo((1, 1, "p5en.48xlarge")));
        Assert.That(plan.BillUsd, Is.EqualTo(46_206.08).Within(0.005));
        Assert.That(plan.SharesUsd, Is.EqualTo(5_775.76).Within(0.005));
        Assert.That(plan.ByUseUsd, Is.EqualTo(21.98).Within(0.005), "2.78 h / 8 × 63.296: all eight share the work");
        Assert.That(plan.BusyAtPeak, Is.EqualTo(3 * Volume / (730 * 3600) * 0.005).Within(1e-9));
    }

    [Test]
    public void Build_CheaperMachine_IsThePlanAndTheCardTheRunnerUp()
    {
        var month = Build(Demand, 200, Exactly("a", 5, Card), Exactly("b", 25, Processor));

        Assert.That(month.Plan!.Hardware, Is.EqualTo("epyc"));
        Assert.That(month.Plan.BillUsd, Is.EqualTo(8 * 730).Within(1e-9), "the whole machine is paid");
        Assert.That(month.Plan.SharesUsd, Is.EqualTo(2 * 730).Within(1e-9));
        Assert.That(month.RunnerUp!.Hardware, Is.EqualTo("h200"));
        var change = month.Changes.Single(change => change.IsAbove);
        Assert.That(change.Plan.Hardware, Is.EqualTo("h200"));
        string At(double factor) => Build(
            Demand with { ImagesPerMonth = change.ImagesPerMonth * factor }, 200, Exactly("a", 5, Card), Exactly("b", 25, Processor))
            .Plan!.Hardware;
        Assert.That((At(0.99), At(1.01)), Is.EqualTo(("epyc", "h200")));
    }

    [Test]
    public void Build_OfficeHours_ArePaidAndMakeThePeakHigher()
    {
        var plan = Build(Demand with { Hours = new WorkHours(8, 5), PeakFactor = 2 }, 20, Exactly("a", 5, Card)).Plan!;

        Assert.That(plan.HoursOn, Is.EqualTo(730.0 * 40 / 168).Within(1e-9));
        Assert.That(plan.BillUsd, Is.EqualTo(63.296 * 730 * 40 / 168).Within(0.005));
        Assert.That(plan.BusyAtPeak, Is.EqualTo(2 * Volume / (730.0 * 40 / 168 * 3600) * 0.005).Within(1e-9));
    }

    [Test]
    public void Build_NoLimit_PaysForTheHoursOfWorkOfAllDevices()
    {
        var plan = Build(Demand, null, Exactly("a", 5, Card)).Plan!;

        Assert.That((plan.Machines, plan.Offers), Is.EqualTo((8, 1)), "none of eight is idle");
        Assert.That(plan.HoursOn, Is.EqualTo(2.77778 / 8).Within(1e-5));
        Assert.That(plan.BillUsd, Is.EqualTo(63.296 * 2.77778 / 8).Within(0.001));
        Assert.That(Build(Demand with { Hours = new WorkHours(8, 5) }, null, Exactly("a", 5, Card)).Plan!.BillUsd,
            Is.EqualTo(plan.BillUsd), "it may be done at any hour");
        Assert.That(plan.Basis, Is.EqualTo(CapacityBasis.Throughput));
    }

    /// <summary>One image a second does not fill a request of 32.</summary>
    [TestCase(1, 20, false)]
    [TestCase(1, null, true)]
    [TestCase(32, 20, true)]
    public void Build_Batch_NeedsImagesThatComeTogether(int together, double? limit, bool isPlan)
    {
        var candidate = Exactly("a", 1, Card) with
        {
            Cell = CellId.Parse("m/a+batch=32/fp32/linux-x64"),
            Latency = new LatencyBound(10, 10, 10, null),
        };
        var month = Build(Demand with { Together = together }, limit, candidate);

        Assert.That(month.Plan is not null, Is.EqualTo(isPlan));
        if (!isPlan)
        {
            Assert.That(month.Plans.Single().Objections.Single(),
                Is.EqualTo("32 images for a request come together in 40.7 s at the mean rate, which is beyond the limit"));
        }
    }

    /// <summary>One machine takes as much as leaves waiting within the limit, exactly.</summary>
    [TestCase(0.9, 10, 15)]
    [TestCase(0.99, 10, 40)]
    [TestCase(0.99, 10, 10.5)]
    public void Build_MoreThanOneMachineTakes_TakesSeveralThatMeetTheLimit(double share, double ms, double limit)
    {
        var quantile = share > 0.95 ? LatencyQuantile.P99 : LatencyQuantile.P90;
        var plan = Build(Demand with { ImagesPerMonth = 1e9 }, limit, quantile, Exactly("a", ms, Card)).Plan!;
        double Met(int machines) => new ConstantServiceQueue(3e9 / (730 * 3600) * ms / 1000 / machines).WaitAtMost((limit - ms) / ms);

        Assert.That(Met(plan.Machines), Is.AtLeast(share));
        Assert.That(Met((int)(plan.Machines * 0.98)), Is.LessThan(share), "fewer do not");
        Assert.That(plan.Offers, Is.EqualTo((int)Math.Ceiling(plan.Machines / 8.0)));
    }

    [Test]
    public void Build_MeanWithinALimit_WaitsAsPollaczekAndKhinchineSay()
    {
        var plan = Build(Demand with { ImagesPerMonth = 1e9 }, 15, LatencyQuantile.Mean, Exactly("a", 10, Card)).Plan!;

        // ρS / (2 (1 − ρ)) is 5 ms at half load.
        Assert.That(plan.Machines, Is.EqualTo(Math.Ceiling(3e9 / (730 * 3600) * 0.010 / 0.5)).Within(0.2).Percent);
    }

    /// <summary>A median says little of the mean: no machine takes more than it was seen to.</summary>
    [Test]
    public void Build_MedianFarBelowTheMean_PlansWithWhatTheClosedLoadGave()
    {
        var skewed = With("a", new LatencyBound(10, 10, 10, null), 20, Card);
        var plan = Build(Demand with { ImagesPerMonth = 1e9 }, 200, LatencyQuantile.P50, skewed).Plan!;

        Assert.That(plan.Machines, Is.EqualTo(Math.Ceiling(3e9 / (730 * 3600) / (0.9 * 50))));
        Assert.That(plan.BusyAtPeak, Is.AtMost(0.9));
    }

    /// <summary>The last of 64 requests that come together waits for the 63 before it.</summary>
    [Test]
    public void Build_WindowsOfAVolume_WaitForEachOther()
    {
        var month = Build(Demand with { Together = 64 }, 20, Exactly("a", 10, Card));

        Assert.That((month.Outcome, month.Plan), Is.EqualTo((DecisionOutcome.NoSolution, (MonthPlan?)null)));
        Assert.That(month.Plans.Single().Objections.Single(),
            Does.StartWith("the 64 requests of a volume come together and take 64 turns"));
        Assert.That(Build(Demand with { Together = 64 }, 650, Exactly("a", 10, Card)).Plan, Is.Not.Null);
    }

    [Test]
    public void Build_MoreThanAMillionMachines_IsSaid() => Assert.That(
        Build(Demand with { ImagesPerMonth = 1e15 }, 20, Exactly("a", 10, Card)).Unplanned.Single().Why,
        Is.EqualTo("it takes more than a million machines"));

    [Test]
    public void Build_OpenLoadThatWasMeasured_IsBelieved()
    {
        var closed = Exactly("a", 5, Card);
        var open = closed with
        {
            Load = new Load(50),
            Throughput = ThroughputEstimate.Published(20),
            Latency = new LatencyBound(9, 8, 10, null),
        };
        var demand = Demand with { ImagesPerMonth = 100 * 730 * 3600, PeakFactor = 1 };
        var month = Build(demand, 12, LatencyQuantile.P99, open);
        var both = Build(demand with { ImagesPerMonth = 20 * 730 * 3600 }, 12, LatencyQuantile.P99, closed, open);

        Assert.That((month.Plan!.Machines, month.Plan.Basis), Is.EqualTo((2, CapacityBasis.Measured)));
        Assert.That(both.Plan!.Basis, Is.EqualTo(CapacityBasis.Measured), "what was measured goes before what is computed");
        Assert.That(both.Plan.BusyAtPeak, Is.EqualTo(20 * 0.005).Within(1e-9), "a machine that waits for requests does not work");
    }

    [Test]
    public void Build_OwnMachine_IsOwnedForTheMonthAndPaysEnergyForWork()
    {
        var plan = Build(Demand, 20, Exactly("a", 5, Own)).Plan!;

        Assert.That(plan.BillUsd, Is.EqualTo((4200.0 / 48) + (2.77778 * 0.18 * 0.28)).Within(1e-4));
        Assert.That((plan.ByUseUsd, plan.Offer), Is.EqualTo(((double?)null, (SoldAs?)null)));
    }

    [Test]
    public void Build_OwnBesideRented_SaysFromWhichVolumeOnItPays()
    {
        // Without a limit the rented one is paid by the hour of work: 7.912 × hours = 87.50 + 0.0504 × hours.
        var single = Card with { Sold = [new SoldAs("X", "one", 7.912, 1)] };
        var month = Build(Demand, null, Exactly("a", 5, single), Exactly("b", 5, Own));

        var turn = month.Turns.Single();
        Assert.That(turn.OwnFromThere);
        Assert.That(turn.ImagesPerMonth, Is.EqualTo(8_020_000), "87.5 / (7.912 - 0.0504) × 3600 × 200 are 8,013,636");
        Assert.That(month.Plan!.Hardware, Is.EqualTo("h200"));
        Assert.That(turn.Own.BillUsd, Is.LessThan(turn.Rented.BillUsd), "where it is said to be cheaper it is");
    }

    /// <summary>Whichever side one asks from, one's own machine is the cheaper one at the volume that is named.</summary>
    [TestCase(2e6)]
    [TestCase(4e7)]
    public void Build_OwnBesideRented_NamesAVolumeAtWhichItIsCheaper(double images)
    {
        var single = Card with { Sold = [new SoldAs("X", "one", 7.912, 1)] };
        foreach (var turn in Build(Demand with { ImagesPerMonth = images }, null, Exactly("a", 5, single), Exactly("b", 5, Own)).Turns)
        {
            Assert.That(turn.Own.BillUsd, Is.LessThan(turn.Rented.BillUsd));
            Assert.That(turn.ImagesPerMonth.ToString("0", System.Globalization.CultureInfo.InvariantCulture).TrimEnd('0').Length,
                Is.AtMost(3), "three digits");
        }
    }

    [Test]
    public void Build_NothingMeetsTheLimit_SaysWhyOfEach()
    {
        var month = Build(Demand, 4, Exactly("a", 5, Card));

        Assert.That((month.Outcome, month.Plan), Is.EqualTo((DecisionOutcome.NoSolution, (MonthPlan?)null)));
        Assert.That(month.Unplanned.Single().Why, Is.EqualTo("P99 of a request alone is 5 ms, which is beyond the limit"));
    }

    /// <summary>What is not shown to miss a limit is not called so, even where no plan can be made of it.</summary>
    [TestCase(6)]
    [TestCase(3)]
    public void Build_LatencyThatNothingBounds_IsUndecided(double estimate)
    {
        var open = With("b", new LatencyBound(estimate, null, null, "not enough launches"), 3, Processor);
        var month = Build(Demand, 5, Exactly("a", 6, Card), open);

        Assert.That(month.Outcome, Is.EqualTo(DecisionOutcome.Undecided));
        Assert.That(month.Cheaper?.Hardware, Is.EqualTo(estimate < 5 ? "epyc" : null));
        Assert.That(month.Unplanned.Any(unplanned => unplanned.Why.StartsWith("undecided: ", StringComparison.Ordinal)),
            Is.EqualTo(estimate > 5));
    }

    [Test]
    public void Build_CheaperOneThatIsNotShown_IsNamedBesideThePlan()
    {
        var open = With("b", new LatencyBound(3, null, null, "not enough launches"), 3, Processor);
        var month = Build(Demand, 5.5, Exactly("a", 5, Card), open);

        Assert.That((month.Plan!.Hardware, month.Cheaper!.Hardware), Is.EqualTo(("h200", "epyc")));
    }

    [TestCase(0, 3)]
    [TestCase(double.NaN, 3)]
    [TestCase(1e6, 0.5)]
    public void Build_DemandOutOfRange_IsRefused(double images, double peak) => Assert.That(
        () => Build(new Demand { ImagesPerMonth = images, PeakFactor = peak }, 20, Exactly("a", 5, Card)),
        Throws.ArgumentException.With.Message.StartsWith("Month: found "));

    [TestCase("8x5", 8, 5)]
    [TestCase("24x7", 24, 7)]
    [TestCase("7.5x6", 7.5, 6)]
    [TestCase("8×5", 8, 5)]
    public void TryParse_Hours_AreRead(string text, double day, int week)
    {
        Assert.That(WorkHours.TryParse(text, out var hours));
        Assert.That(hours, Is.EqualTo(new WorkHours(day, week)));
    }

    [TestCase("")]
    [TestCase("8")]
    [TestCase("25x7")]
    [TestCase("8x8")]
    [TestCase("0x5")]
    [TestCase("8,5x5")]
    [TestCase("8x5x4")]
    public void TryParse_NoHours_AreNone(string text) => Assert.That(WorkHours.TryParse(text, out _), Is.False);

    private static Candidate Exactly(string name, double ms, HourlyPrice price) =>
        With(name, new LatencyBound(ms, ms, ms, null), ms, price);

    private static MonthDecision Build(Demand demand, double? limit, params Candidate[] candidates) =>
        Build(demand, limit, LatencyQuantile.P99, candidates);

    private static MonthDecision Build(Demand demand, double? limit, LatencyQuantile quantile, params Candidate[] candidates) =>
        MonthBuilder.Build(DecisionRule.Decide("m", candidates, new DecisionOptions { LimitMs = limit, Quantile = quantile }), demand);
}
