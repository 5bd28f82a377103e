using System.Globalization;
using Bench.Analysis.Statistics.Queueing;
using Bench.Models.Data;

namespace Bench.Simulations.Loads;

/// <summary>The same verdict and the same plan where several streams take requests.</summary>
[Parallelizable(ParallelScope.Children)]
public class StreamsTests
{
    private const double Quantile = 0.99;
    private const double Allowed = 1 - Quantile;

    /// <summary>Crommelin's formula for the mean, Franx's for the distribution, and the simulator: three ways, one number.</summary>
    [TestCase(1, 0.8)]
    [TestCase(4, 0.8)]
    [TestCase(8, 0.5)]
    public void MeanWait_SimulatedAndIntegrated_IsTheFormula(int streams, double utilisation)
    {
        var expected = QueueTheory.MeanWaitMs(utilisation, 1, streams);
        var random = new SeededRandom(9);
        var launch = SimulatedLaunch.Draw(ref random, utilisation, 2_000_000, streams);
        var simulated = launch.DueMs.Zip(launch.DoneMs, (due, done) => done - due - 1).Average();

        var queue = new ConstantServiceQueue(utilisation, streams);
        const double Step = 1.0 / 512;
        // The distribution has corners at whole service times, and steps end there.
        var integrated = Enumerable.Range(0, 512 * 120).Sum(step => Step * (1 - queue.WaitAtMost((step + 0.5) * Step)));

        TestContext.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{streams} streams, load {utilisation}: simulated {simulated:0.00000}, integrated {integrated:0.00000}, "
            + $"formula {expected:0.00000}"));
        Assert.That(integrated, Is.EqualTo(expected).Within(1e-5 * expected));
        Assert.That(simulated, Is.EqualTo(expected).Within(0.02 * expected));
    }

    [TestCase(4, 0.5, 500)]
    public void Verdict_SomeRuns_IsRarelyWrongAndFalls(int streams, double utilisation, int runs) => Check(streams, utilisation, runs);

    [Long]
    [TestCase(4, 0.5, 2000)]
    [TestCase(2, 0.8, 500)]
    [TestCase(4, 0.8, 500)]
    [TestCase(8, 0.8, 500)]
    [TestCase(32, 0.8, 500)]
    public void Verdict_ManyRuns_IsRarelyWrongAndFalls(int streams, double utilisation, int runs) => Check(streams, utilisation, runs);

    private static void Check(int streams, double utilisation, int runs)
    {
        var queue = new ConstantServiceQueue(utilisation, streams);
        var (limit, lax) = (queue.LatencyQuantile(Quantile), queue.LatencyQuantile(1 - (Allowed / 2)));
        var requests = (int)OpenLoadPlan.Requests(utilisation, Quantile)!.Value;
        var length = requests + (int)OpenLoadPlan.Tail(utilisation)!.Value;
        var level = OpenLoadPlan.Level(streams, utilisation);
        var (met, missed, half, cycles) = (0, 0, 0, 0L);
        for (var run = 0; run < runs; run++)
        {
            var random = new SeededRandom(10, (ulong)run);
            var launch = SimulatedLaunch.Draw(ref random, utilisation, length, streams);
            LateShare Judge(double within) => LateShare.Judge(
                CycleSums.Of(BusyCycles.Split(launch.DueMs, launch.DoneMs, within, 0, launch.DueMs[requests], level).Cycles), Quantile);
            var (at, with) = (Judge(limit), Judge(lax));
            met += at.Verdict == LateVerdict.Met ? 1 : 0;
            missed += at.Verdict == LateVerdict.Missed ? 1 : 0;
            half += with.Verdict == LateVerdict.Met ? 1 : 0;
            cycles += at.Sums.Cycles;
        }

        TestContext.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{streams} streams, load {utilisation}: at the limit met {(double)met / runs:P1}, missed {(double)missed / runs:P1}; "
            + $"half the share met {(double)half / runs:P1}; {requests} requests, cycles from level {level}, {cycles / runs} of them"));
        Assert.That((double)met / runs, Is.AtMost(0.02), "met at the limit");
        Assert.That((double)missed / runs, Is.AtMost(0.02), "missed at the limit");
        Assert.That((double)half / runs, Is.AtLeast(0.9), "met with half the share");
    }
}
