using System.Globalization;
using Bench.Analysis.Statistics.Queueing;
using Bench.Models.Data;

namespace Bench.Simulations.Loads;

/// <summary>
/// How often the verdict on late requests is wrong, and how often it falls, with as many requests as the planner asks for: one stream,
/// constant service times, limits that are exact quantiles.
/// </summary>
[Parallelizable(ParallelScope.Children)]
public class VerdictTests
{
    private const double Quantile = 0.99;
    private const double Allowed = 1 - Quantile;

    [TestCase(0.5, 600)]
    public void Verdict_SomeRuns_IsRarelyWrongAndFalls(double utilisation, int runs) => Check(utilisation, runs, 1);

    [Long]
    [TestCase(0.3, 4000)]
    [TestCase(0.5, 4000)]
    [TestCase(0.8, 1500)]
    [TestCase(0.9, 500)]
    public void Verdict_ManyRuns_IsRarelyWrongAndFalls(double utilisation, int runs) => Check(utilisation, runs, 2);

    /// <summary>However few the requests, "met" by luck is rare.</summary>
    [TestCase(0.1, 10_000, 2000)]
    [TestCase(0.5, 10_000, 2000)]
    [TestCase(0.8, 40_000, 1000)]
    [TestCase(0.9, 40_000, 500)]
    public void Verdict_FewerRequestsThanPlanned_IsRarelyWrong(double utilisation, int most, int runs) =>
        CheckFewer(utilisation, most, runs);

    [Long]
    [TestCase(0.8, 200_000, 1500)]
    [TestCase(0.9, 700_000, 400)]
    public void Verdict_FewerRequestsThanPlannedInManyRuns_IsRarelyWrong(double utilisation, int most, int runs) =>
        CheckFewer(utilisation, most, runs);

    private static void CheckFewer(double utilisation, int most, int runs)
    {
        var limit = new ConstantServiceQueue(utilisation).LatencyQuantile(Quantile);
        foreach (var requests in new[] { most / 20, most / 7, most / 3, most })
        {
            var found = Run(utilisation, limit, requests, runs, 3);
            TestContext.Out.WriteLine(Text($"load {utilisation}, {requests} requests, at the limit", found));
            Assert.That(found.Met, Is.AtMost(0.02));
            Assert.That(found.Missed, Is.AtMost(0.02));
        }
    }

    private static void Check(double utilisation, int runs, ulong seed)
    {
        var queue = new ConstantServiceQueue(utilisation);
        Found With(double shareOfAllowed, double planned) => Run(
            utilisation,
            queue.LatencyQuantile(1 - (Allowed * shareOfAllowed)),
            OpenLoadPlan.Requests(utilisation, Quantile, planned)!.Value,
            runs,
            seed + (ulong)(shareOfAllowed * 100));
        var (at, half, twice) = (With(1, 0.5), With(0.5, 0.5), With(2, 2));
        TestContext.Out.WriteLine(Text($"load {utilisation}, at the limit", at));
        TestContext.Out.WriteLine(Text($"load {utilisation}, half the allowed share", half));
        TestContext.Out.WriteLine(Text($"load {utilisation}, twice the allowed share", twice));
        Assert.That(at.Met, Is.AtMost(0.02), "met at the limit");
        Assert.That(at.Missed, Is.AtMost(0.02), "missed at the limit");
        Assert.That(half.Met, Is.AtLeast(0.9), "met with half the share");
        Assert.That(twice.Missed, Is.AtLeast(0.85), "missed with twice the share");
    }

    private static Found Run(double utilisation, double limit, long requests, int runs, ulong seed)
    {
        var (met, missed, normalMet, late) = (0, 0, 0, 0.0);
        for (var run = 0; run < runs; run++)
        {
            var random = new SeededRandom(seed, (ulong)run);
            var sums = SimulatedLaunch.Count(ref random, utilisation, requests, limit);
            var verdict = LateShare.Judge(sums, Quantile).Verdict;
            met += verdict == LateVerdict.Met ? 1 : 0;
            missed += verdict == LateVerdict.Missed ? 1 : 0;
            normalMet += IsMetByTheNormalBound(sums) ? 1 : 0;
            late += (double)sums.Late / sums.Requests;
        }

        return new Found((double)met / runs, (double)missed / runs, (double)normalMet / runs, late / runs, requests);
    }

    /// <summary>For comparison: the bound of the normal distribution at 99.9 %, with at least 50 cycles that have a late request.</summary>
    private static bool IsMetByTheNormalBound(CycleSums sums)
    {
        var share = (double)sums.Late / sums.Requests;
        var error = Math.Sqrt(sums.SquaredDeviations(share) / sums.Requests / sums.Requests * sums.Cycles / (sums.Cycles - 1));
        return sums.LateCycles >= 50 && share + (3.0902 * error) <= Allowed;
    }

    private static string Text(string what, Found found) => string.Create(CultureInfo.InvariantCulture,
        $"{what}: met {found.Met:P1}, missed {found.Missed:P1}, met by the normal bound {found.MetByTheNormalBound:P1}, "
        + $"late {found.Late:P3}, {found.Requests} requests");

    /// <summary>What was found of many runs.</summary>
    private sealed record Found(double Met, double Missed, double MetByTheNormalBound, double Late, long Requests);
}
