using Bench.Analysis.Runs;
using System.Globalization;
using Bench.Analysis.Statistics.Queueing;
using Bench.Benchmarks.Loads;
using Bench.Models.Data;

namespace Bench.Simulations.Loads;

/// <summary>
/// The search for the highest rate, in virtual time: one stream, constant service times, a limit that is the exact P99 at a known rate. The
/// saturation rate that the search starts from is measured, so it is up to 2 % off.
/// </summary>
[Parallelizable(ParallelScope.Children)]
public class RateSearchTests
{
    private const double Quantile = 0.99;
    private const double Unlimited = 1e12;

    [TestCase(0.5, 20)]
    [TestCase(0.8, 20)]
    public void Next_SomeReplays_EndsWithTheTruthInANarrowBand(double truth, int replays) => Check(truth, replays, 1);

    [Long]
    [TestCase(0.3, 200)]
    [TestCase(0.5, 200)]
    [TestCase(0.8, 200)]
    [TestCase(0.9, 200)]
    public void Next_ManyReplays_EndsWithTheTruthInANarrowBand(double truth, int replays) => Check(truth, replays, 2);

    /// <summary>With too little time for a narrow band it ends in time, with a wider one that is confirmed as well.</summary>
    [Test]
    public void Next_LittleTime_EndsInTimeWithAConfirmedBand()
    {
        const double Budget = 500_000;
        var limit = new ConstantServiceQueue(0.8).LatencyQuantile(Quantile);
        const int Replays = 40;
        var (lower, upper) = (0, 0);
        for (var replay = 0UL; replay < Replays; replay++)
        {
            var (band, history) = Replay(limit, Budget, 3, replay);

            Assert.That(band.Reason, Is.EqualTo(RateSearchEnd.BudgetEnded));
            Assert.That(history.Sum(probe => probe.Seconds), Is.AtMost(Budget * 1.01));
            Assert.That(band.Met is null || history.Any(probe => probe.IsConfirmation && probe.IsMet && probe.Rate == band.Met));
            Assert.That(band.Met, Is.Null.Or.AtMost(0.8));
            Assert.That(band.Missed, Is.Null.Or.AtLeast(0.8));
            lower += band.Met is null ? 0 : 1;
            upper += band.Missed is null ? 0 : 1;
        }

        TestContext.Out.WriteLine($"of {Replays} bands {lower} have a lower end, {upper} an upper one");
        Assert.That(lower, Is.AtLeast(0.9 * Replays));
    }

    private static void Check(double truth, int replays, ulong seed)
    {
        var limit = new ConstantServiceQueue(truth).LatencyQuantile(Quantile);
        var found = new List<(RateSearchResult Band, List<RateProbe> History)>();
        for (var replay = 0UL; replay < (ulong)replays; replay++)
        {
            found.Add(Replay(limit, Unlimited, seed, replay));
        }

        double Share(Func<(RateSearchResult Band, List<RateProbe> History), bool> holds) => (double)found.Count(holds) / replays;
        var within = Share(run => run.Band.Met <= truth && truth <= run.Band.Missed);
        var narrow = Share(run => run.Band.Reason == RateSearchEnd.Narrow && Width(run.Band) <= 0.05);
        TestContext.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"truth {truth}: within {within:P1}, narrow {narrow:P1}, launches {found.Average(run => run.History.Count):0.0} "
            + $"(at most {found.Max(run => run.History.Count)}), width {found.Average(run => Width(run.Band)):P1}, "
            + $"requests {found.Average(run => run.History.Sum(probe => probe.Requests)):0}"));
        Assert.That(narrow, Is.EqualTo(1), "at most 5 % wide, in at most 15 launches");
        Assert.That(within, Is.AtLeast(0.95), "the truth is within");
    }

    private static double? Width(RateSearchResult band) => 1 - (band.Met / band.Missed);

    private static (RateSearchResult Band, List<RateProbe> History) Replay(double limit, double budget, ulong seed, ulong replay)
    {
        var random = new SeededRandom(seed, replay);
        var search = new RateSearch(new RateSearchSettings
        {
            SaturationRate = random.Between(0.98, 1.02),
            Quantile = Quantile,
            BudgetSeconds = budget,
        });
        var history = new List<RateProbe>();
        while (true)
        {
            switch (search.Next(history))
            {
                case RateSearchResult band:
                    return (band, history);
                case NextProbe probe:
                    history.Add(Measure(ref random, probe, limit));
                    break;
            }
        }
    }

    private static RateProbe Measure(ref SeededRandom random, NextProbe probe, double limit)
    {
        var isOverloaded = probe.Rate >= 1;
        var sums = isOverloaded ? default : SimulatedLaunch.Count(ref random, probe.Rate, probe.Requests, limit);
        var share = LateShare.Judge(sums, Quantile);
        return new RateProbe
        {
            Rate = probe.Rate,
            Verdict = share.Verdict,
            LateShare = share.Share,
            Requests = sums.Requests,
            Planned = probe.Requests,
            Seconds = sums.Requests / probe.Rate,
            IsOverloaded = isOverloaded,
            IsConfirmation = probe.IsConfirmation,
        };
    }
}
