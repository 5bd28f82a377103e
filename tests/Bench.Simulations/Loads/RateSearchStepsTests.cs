using Bench.Analysis.Runs;
using Bench.Analysis.Statistics.Queueing;
using Bench.Benchmarks.Loads;

namespace Bench.Simulations.Loads;

/// <summary>What the search for the highest rate asks for, step by step, with launches whose verdicts are given.</summary>
public class RateSearchStepsTests
{
    private static readonly RateSearchSettings Settings = new() { SaturationRate = 100, Quantile = 0.99, BudgetSeconds = 1e9 };

    [Test]
    public void Next_Nothing_BeginsWellBelowSaturation()
    {
        var probe = (NextProbe)new RateSearch(Settings).Next([]);

        Assert.That(probe.Rate, Is.EqualTo(70));
        Assert.That(probe.Requests, Is.EqualTo(OpenLoadPlan.Requests(0.7, 0.99, 0.25)));
        Assert.That(probe.IsConfirmation, Is.False);
    }

    [Test]
    public void Next_EveryRateIsOverloaded_NothingIsMet()
    {
        var (band, history) = Run(Settings, _ => (LateVerdict.Undecided, double.NaN, true));

        Assert.That(band, Is.EqualTo(new RateSearchResult(null, history.Min(probe => probe.Rate), RateSearchEnd.NothingMet)));
        Assert.That(band.Missed, Is.AtMost(2));
    }

    [Test]
    public void Next_EveryRequestIsLate_NothingIsMet()
    {
        var (band, history) = Run(Settings, _ => (LateVerdict.Missed, 1, false));

        Assert.That(band.Reason, Is.EqualTo(RateSearchEnd.NothingMet));
        Assert.That(history, Has.Count.AtMost(8));
    }

    [Test]
    public void Next_NoRequestIsEverLate_NothingIsMissedUpToSaturation()
    {
        var (band, history) = Run(Settings, _ => (LateVerdict.Met, 0, false));

        Assert.That(band.Reason, Is.EqualTo(RateSearchEnd.NothingMissed));
        Assert.That(band.Met, Is.AtLeast(95));
        Assert.That(band.Missed, Is.Null);
        Assert.That(history[^1].IsConfirmation);
    }

    [Test]
    public void Next_NothingIsEverShown_EndsWithoutABand()
    {
        var (band, history) = Run(Settings, _ => (LateVerdict.Undecided, 0.01, false));

        Assert.That(band, Is.EqualTo(new RateSearchResult(null, null, RateSearchEnd.LaunchesEnded)));
        Assert.That(history, Has.Count.EqualTo(Settings.MostLaunches));
    }

    [Test]
    public void Next_NarrowBand_IsConfirmedInAFreshLaunchBeforeItIsBelieved()
    {
        var search = new RateSearch(Settings);
        var history = new List<RateProbe> { Probe(78, LateVerdict.Met, 0.006), Probe(81, LateVerdict.Missed, 0.013) };

        var confirmation = (NextProbe)search.Next(history);
        history.Add(Probe(78, LateVerdict.Met, 0.006) with { IsConfirmation = true });

        Assert.That((confirmation.Rate, confirmation.IsConfirmation), Is.EqualTo((78, true)));
        Assert.That(search.Next(history), Is.EqualTo(new RateSearchResult(78, 81, RateSearchEnd.Narrow)));
    }

    [Test]
    public void Next_ConfirmationFails_StepsDownAndConfirmsThere()
    {
        var history = new List<RateProbe>
        {
            Probe(78, LateVerdict.Met, 0.006),
            Probe(81, LateVerdict.Missed, 0.013),
            Probe(78, LateVerdict.Undecided, 0.009) with { IsConfirmation = true },
        };

        var step = (NextProbe)new RateSearch(Settings).Next(history);

        Assert.That(step.IsConfirmation);
        Assert.That(step.Rate, Is.LessThan(78).And.GreaterThan(0.95 * 81));
    }

    /// <summary>A machine that stands still for a second has a queue, too.</summary>
    [Test]
    public void Next_OneOverloadBelowSaturation_IsTriedAgainAndShowsNothingAlone()
    {
        var search = new RateSearch(Settings);
        var history = new List<RateProbe> { Probe(60, LateVerdict.Undecided, 0.5) with { IsOverloaded = true, IsConfirmation = true } };

        Assert.That(search.Next(history), Is.EqualTo(new NextProbe(60, 200_000, true)));
        Assert.That(ShownRates.Of(history, Settings.SaturationRate).Missed, Is.Null);
        history.Add(Probe(60, LateVerdict.Met, 0.001) with { IsConfirmation = true });
        Assert.That(((NextProbe)search.Next(history)).Rate, Is.GreaterThan(60), "the second one was answered in time");
        history[1] = history[0];
        Assert.That(ShownRates.Of(history, Settings.SaturationRate).Missed, Is.EqualTo(60));
        Assert.That(((NextProbe)search.Next(history)).Rate, Is.LessThan(60));
    }

    [Test]
    public void Next_OneOverloadBeyondSaturation_ShowsAMiss()
    {
        var history = new List<RateProbe> { Probe(101, LateVerdict.Undecided, 0.5) with { IsOverloaded = true } };

        Assert.That(ShownRates.Of(history, Settings.SaturationRate).Missed, Is.EqualTo(101));
        Assert.That(((NextProbe)new RateSearch(Settings).Next(history)).Rate, Is.LessThan(101));
    }

    /// <summary>What was found above a rate that misses the limit was luck.</summary>
    [Test]
    public void Next_MetAboveMissed_IsNotBelieved()
    {
        var history = new List<RateProbe>
        {
            Probe(60, LateVerdict.Met, 0.001),
            Probe(85, LateVerdict.Met, 0.005),
            Probe(80, LateVerdict.Missed, 0.02),
        };

        var step = (NextProbe)new RateSearch(Settings).Next(history);

        Assert.That(step.Rate, Is.InRange(60, 80));
    }

    /// <summary>Closed loads may show less than an open one reaches.</summary>
    [Test]
    public void Next_MetAboveSaturation_GoesOn()
    {
        var history = new List<RateProbe> { Probe(70, LateVerdict.Met, 0), Probe(101, LateVerdict.Met, 0.001) };

        var step = (NextProbe)new RateSearch(Settings).Next(history);

        Assert.That((step.Rate, step.IsConfirmation), Is.EqualTo((101, true)));
    }

    [Test]
    public void Next_LaunchWouldExceedWhatIsLeft_IsNotStarted()
    {
        var seconds = OpenLoadPlan.Requests(0.7, 0.99, 0.25)!.Value / 70.0;
        RateStep With(double budget) => new RateSearch(Settings with { BudgetSeconds = budget, LaunchSeconds = 5 }).Next([]);

        Assert.That(With(seconds + 5.01), Is.TypeOf<NextProbe>());
        Assert.That(With(seconds + 4.99), Is.EqualTo(new RateSearchResult(null, null, RateSearchEnd.BudgetEnded)));
    }

    private static (RateSearchResult Band, List<RateProbe> History) Run(
        RateSearchSettings settings, Func<double, (LateVerdict Verdict, double Share, bool IsOverloaded)> measure)
    {
        var (search, history) = (new RateSearch(settings), new List<RateProbe>());
        while (true)
        {
            switch (search.Next(history))
            {
                case RateSearchResult band:
                    return (band, history);
                case NextProbe probe:
                    var (verdict, share, isOverloaded) = measure(probe.Rate);
                    history.Add(Probe(probe.Rate, verdict, share) with
                    {
                        Requests = probe.Requests,
                        Planned = probe.Requests,
                        IsOverloaded = isOverloaded,
                        IsConfirmation = probe.IsConfirmation,
                    });
                    break;
            }
        }
    }

    private static RateProbe Probe(double rate, LateVerdict verdict, double share) => new()
    {
        Rate = rate,
        Verdict = verdict,
        LateShare = share,
        Requests = 200_000,
        Planned = 200_000,
        Seconds = 200_000 / rate,
    };
}
