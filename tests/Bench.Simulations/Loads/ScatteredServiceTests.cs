using System.Globalization;
using Bench.Analysis.Statistics.Queueing;
using Bench.Models.Data;

namespace Bench.Simulations.Loads;

/// <summary>
/// The same verdict where service times scatter as much as random arrivals do (M/M/1). Waiting and service are exponential together, with
/// the mean 1/(1 − ρ), so that limits are exact here, too. Bursts are about twice as long as with constant service times.
/// </summary>
[Parallelizable(ParallelScope.Children)]
public class ScatteredServiceTests
{
    private const double Allowed = 0.01;

    [TestCase(0.5, 500)]
    public void Verdict_SomeRuns_IsRarelyWrongAndFalls(double utilisation, int runs) => Check(utilisation, runs);

    [Long]
    [TestCase(0.5, 3000)]
    [TestCase(0.8, 500)]
    public void Verdict_ManyRuns_IsRarelyWrongAndFalls(double utilisation, int runs) => Check(utilisation, runs);

    private static void Check(double utilisation, int runs)
    {
        var (limit, lax) = (-Math.Log(Allowed) / (1 - utilisation), -Math.Log(Allowed / 2) / (1 - utilisation));
        var requests = 2 * OpenLoadPlan.Requests(utilisation, 1 - Allowed)!.Value;
        LateVerdict Verdict(double within, ulong seed, int run) =>
            LateShare.Judge(Count(new SeededRandom(seed, (ulong)run), utilisation, requests, within), 1 - Allowed).Verdict;
        double Share(double within, ulong seed, LateVerdict verdict) =>
            (double)Enumerable.Range(0, runs).Count(run => Verdict(within, seed, run) == verdict) / runs;
        var (met, missed, half) = (
            Share(limit, 14, LateVerdict.Met), Share(limit, 14, LateVerdict.Missed), Share(lax, 15, LateVerdict.Met));

        TestContext.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"load {utilisation}: at the limit met {met:P1}, missed {missed:P1}; half the share met {half:P1}; {requests} requests"));
        Assert.That(met, Is.AtMost(0.02), "met at the limit");
        Assert.That(missed, Is.AtMost(0.02), "missed at the limit");
        Assert.That(half, Is.AtLeast(0.9), "met with half the share");
    }

    private static CycleSums Count(SeededRandom random, double utilisation, long requests, double limit)
    {
        double Draw() => -Math.Log(1 - random.NextDouble());
        var (sums, open, wait, service) = (default(CycleSums), default(BusyCycle), 0.0, 0.0);
        while (true)
        {
            wait = Math.Max(0, wait + service - (Draw() / utilisation));
            if (wait == 0 && open.Requests > 0)
            {
                sums += CycleSums.Of(open);
                if (sums.Requests >= requests)
                {
                    return sums;
                }

                open = default;
            }

            service = Draw();
            open = new BusyCycle(open.Requests + 1, open.Late + (wait + service > limit ? 1 : 0));
        }
    }
}
