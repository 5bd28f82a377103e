using System.Globalization;
using Bench.Analysis.Statistics.Queueing;
using Bench.Models.Data;

namespace Bench.Simulations.Loads;

/// <summary>
/// What counting requests as if they were independent does where they queue: MLPerf's LoadGen asks for 662 queries, at most one of them
/// over the limit, for 99 % confidence in P99 (https://github.com/mlcommons/inference_policies/blob/master/inference_rules.adoc).
/// </summary>
public class CountRuleTests
{
    private const int Queries = 662;
    private const int MostOver = 1;

    /// <summary>Exactly at the limit one run in a hundred should pass.</summary>
    [TestCase(0.5, 0.1)]
    [TestCase(0.8, 0.5)]
    [TestCase(0.9, 0.75)]
    public void CountRule_AtTheLimit_PassesFarTooOften(double utilisation, double atLeast)
    {
        var limit = new ConstantServiceQueue(utilisation).LatencyQuantile(0.99);
        const int Runs = 2000;
        var (fromEmpty, warm, judged) = (0, 0, 0);
        for (var run = 0UL; run < Runs; run++)
        {
            var random = new SeededRandom(12, run);
            var launch = SimulatedLaunch.Draw(ref random, utilisation, 3000 + Queries);
            int Over(int from) => Enumerable.Range(from, Queries).Count(i => launch.DoneMs[i] - launch.DueMs[i] > limit);
            fromEmpty += Over(0) <= MostOver ? 1 : 0;
            warm += Over(3000) <= MostOver ? 1 : 0;
            var cycles = BusyCycles.Split(launch.DueMs, launch.DoneMs, limit, 0, launch.DueMs[Queries]);
            judged += LateShare.Judge(CycleSums.Of(cycles.Cycles), 0.99).Verdict == LateVerdict.Met ? 1 : 0;
        }

        TestContext.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"load {utilisation}: passes from empty {(double)fromEmpty / Runs:P1}, warmed up {(double)warm / Runs:P1}; "
            + $"by cycles {(double)judged / Runs:P1}"));
        Assert.That((double)warm / Runs, Is.AtLeast(atLeast));
        Assert.That((double)judged / Runs, Is.AtMost(0.02));
    }
}
