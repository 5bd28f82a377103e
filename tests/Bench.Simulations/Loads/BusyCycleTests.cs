using System.Globalization;
using Bench.Analysis.Statistics.Queueing;
using Bench.Models.Data;

namespace Bench.Simulations.Loads;

/// <summary>That cycles are counted without bias, and what other ways of ending a launch would lose.</summary>
[Parallelizable(ParallelScope.Children)]
public class BusyCycleTests
{
    private const double Utilisation = 0.9;

    /// <summary>The simulator that keeps no requests gives the same as splitting those that were kept.</summary>
    [Test]
    public void Count_OneLaunch_IsWhatSplittingGives()
    {
        const int Requests = 20_000;
        var limit = new ConstantServiceQueue(Utilisation).LatencyQuantile(0.99);
        var (random, again) = (new SeededRandom(5), new SeededRandom(5));
        var sums = SimulatedLaunch.Count(ref random, Utilisation, Requests, limit);
        var launch = SimulatedLaunch.Draw(ref again, Utilisation, Requests + 5000);

        // The first request that begins a cycle after so many is where both end.
        var cycles = BusyCycles.Split(launch.DueMs, launch.DoneMs, limit, 0, launch.DueMs[Requests]);

        Assert.That(cycles.IsCut, Is.False);
        Assert.That(CycleSums.Of(cycles.Cycles), Is.EqualTo(sums));
        Assert.That(sums.Late, Is.Positive);
    }

    /// <summary>
    /// Many launches of 2,000 requests at a load of 0.9. Late requests are in long cycles, and a long cycle is the one that is open when
    /// the time ends: left out, or cut off there, it takes late requests with it. Counted to its end it does not.
    /// </summary>
    [Test]
    public void Split_ManyShortLaunches_OnlyCountingToTheEndIsUnbiased()
    {
        const int Requests = 2000;
        var limit = new ConstantServiceQueue(Utilisation).LatencyQuantile(0.99);
        var tail = (int)OpenLoadPlan.Tail(Utilisation)!.Value;
        var (toItsEnd, cutOff, leftOut, cut) = (default(CycleSums), default(CycleSums), default(CycleSums), 0);
        const int Launches = 10_000;
        for (var seed = 0UL; seed < Launches; seed++)
        {
            var random = new SeededRandom(7, seed);
            var launch = SimulatedLaunch.Draw(ref random, Utilisation, Requests + tail);
            var counted = BusyCycles.Split(launch.DueMs, launch.DoneMs, limit, 0, launch.DueMs[Requests]);
            var brief = BusyCycles.Split(launch.DueMs.AsSpan(0, Requests), launch.DoneMs.AsSpan(0, Requests), limit);
            toItsEnd += CycleSums.Of(counted.Cycles);
            cutOff += CycleSums.Of(brief.Cycles);
            leftOut += CycleSums.Of(brief.Cycles.SkipLast(1));
            cut += counted.IsCut ? 1 : 0;
        }

        static double Share(CycleSums sums) => (double)sums.Late / sums.Requests;
        TestContext.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"late: to its end {Share(toItsEnd):P3}, cut off {Share(cutOff):P3}, left out {Share(leftOut):P3}; "
            + $"{cut} cut in spite of the tail"));
        // Three standard errors of 200,000 late requests in bursts of 181.
        Assert.That(Share(toItsEnd), Is.EqualTo(0.01).Within(0.01 * 3 * Math.Sqrt(181 / 200_000.0)));
        Assert.That(Share(cutOff), Is.LessThan(0.95 * Share(toItsEnd)));
        Assert.That(Share(leftOut), Is.LessThan(Share(cutOff)));
        Assert.That(cut, Is.AtMost(Launches / 1000));
    }

    /// <summary>Cycles that begin after a warm-up are as good as those from the start.</summary>
    [Test]
    public void Split_WarmUp_LeavesTheShareAsItIs()
    {
        const int Requests = 30_000;
        var limit = new ConstantServiceQueue(0.8).LatencyQuantile(0.99);
        var (sums, launches) = (default(CycleSums), 100);
        for (var seed = 0UL; seed < (ulong)launches; seed++)
        {
            var random = new SeededRandom(8, seed);
            var launch = SimulatedLaunch.Draw(ref random, 0.8, Requests + 2000);
            sums += CycleSums.Of(BusyCycles.Split(launch.DueMs, launch.DoneMs, limit, 200, launch.DueMs[Requests]).Cycles);
        }

        Assert.That(sums.Requests, Is.InRange(0.99 * launches * (Requests - 160), 1.01 * launches * (Requests - 160)));
        Assert.That((double)sums.Late / sums.Requests, Is.EqualTo(0.01).Within(0.01 * 3 * Math.Sqrt(41 / 30_000.0)));
    }
}
