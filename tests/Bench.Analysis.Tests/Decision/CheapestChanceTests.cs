using Bench.Analysis.Decision;
using Bench.Analysis.Statistics.Resampling;
using MathNet.Numerics.Distributions;
using static Bench.Analysis.Tests.Decision.DecisionFixture;

namespace Bench.Analysis.Tests.Decision;

public class CheapestChanceTests
{
    private static readonly DecisionOptions Options = new() { Draws = 20_000 };

    [Test]
    public void ProbabilityCheapest_NothingUncertain_IsUnknown()
    {
        var decision = DecisionRule.Decide("m", [Candidate("a", 1, 1), Candidate("b", 2, 1)], Options);

        Assert.That(decision.Choice?.ProbabilityCheapest, Is.Null, "a published mean and a given price say nothing of how certain they are");
        Assert.That(decision.Candidates.Select(candidate => candidate.ProbabilityCheapest), Is.All.Null);
    }

    // Of four pairs of providers, the first is cheaper in three.
    [Test]
    public void ProbabilityCheapest_PricesOfProviders_IsTheShareOfPairs()
    {
        var decision = DecisionRule.Decide("m", [With("a", Exactly(1), 1, Price("a", 1, 3)), With("b", Exactly(1), 1, Price("b", 2, 4))], Options);

        Assert.That(Chance(decision, "a"), Is.EqualTo(0.75).Within(0.01));
        Assert.That(Chance(decision, "b"), Is.EqualTo(0.25).Within(0.01));
    }

    [Test]
    public void ProbabilityCheapest_CellsOfOneHardware_HaveTheSamePrice()
    {
        var decision = DecisionRule.Decide("m", [With("a", Exactly(1), 1, Price("same", 1, 3)), With("b", Exactly(1.1), 1.1, Price("same", 1, 3))], Options);

        Assert.That(Chance(decision, "a"), Is.EqualTo(1), "whatever the hour costs, the faster cell is the cheaper one");
    }

    // Two normal means: the chance is that of their difference.
    [Test]
    public void ProbabilityCheapest_NormalTimes_IsThatOfTheirDifference()
    {
        var decision = DecisionRule.Decide("m", [Drawn("a", 10, 0.5, 1), Drawn("b", 10.5, 0.3, 2)], Options);

        Assert.That(Chance(decision, "a"), Is.EqualTo(Normal.CDF(0, 1, 0.5 / Math.Sqrt((0.5 * 0.5) + (0.3 * 0.3)))).Within(0.01));
    }

    [Test]
    public void ProbabilityCheapest_LimitAtTheMedian_IsHalf()
    {
        var decision = DecisionRule.Decide("m", [Drawn("a", 10, 0.5, 1), Drawn("dear", 5, 1e-6, 3, usdPerHour: 10)], Options with { LimitMs = 10 });

        Assert.That(Chance(decision, "a"), Is.EqualTo(0.5).Within(0.01));
        Assert.That(Chance(decision, "dear"), Is.EqualTo(0.5).Within(0.01));
        Assert.That(decision.Choice?.Hardware, Is.EqualTo("dear"), "what is not shown to meet the limit is not chosen");
    }

    [Test]
    public void ProbabilityCheapest_OneLaunchAmongOthers_IsUnknown()
    {
        var once = Candidate("once", 11, 1, halfWidth: null) with { IsPublished = false };

        var decision = DecisionRule.Decide("m", [Drawn("a", 10, 0.5, 1), once], Options);

        Assert.That(decision.Choice?.ProbabilityCheapest, Is.Null);
        Assert.That(decision.Remarks, Has.One.Contains("`once` has a single launch"));
    }

    [Test]
    public void ProbabilityCheapest_PublishedMeanAmongMeasured_IsUnknownUnlessItCannotWin()
    {
        Candidate[] candidates = [Drawn("a", 10, 0.5, 1), Candidate("published", 20, 0.6)];

        Assert.That(DecisionRule.Decide("m", candidates, Options).Choice?.ProbabilityCheapest, Is.Null);
        Assert.That(DecisionRule.Decide("m", candidates, Options with { LimitMs = 15 }).Choice?.ProbabilityCheapest, Is.EqualTo(1), "20 ms are too much");
    }

    [Test]
    public void ProbabilityCheapest_QuantileThatIsNotKnown_IsUnknownUnderALimit()
    {
        var unknown = Drawn("unknown", 9, 0.5, 2) with { Latency = new LatencyBound(null, null, null, "too few") };
        Candidate[] candidates = [Drawn("a", 10, 0.5, 1), unknown];

        Assert.That(DecisionRule.Decide("m", candidates, Options with { LimitMs = 20 }).Choice?.ProbabilityCheapest, Is.Null, "whether it meets the limit nobody knows");
        Assert.That(DecisionRule.Decide("m", candidates, Options).Choice?.ProbabilityCheapest, Is.EqualTo(0.92).Within(0.02), "without a limit it does not matter");
    }

    /// <summary>Rounds in which the machine was slow were slow for both: what they have in common says nothing of which is cheaper.</summary>
    [Test]
    public void Draws_CellsOfOneRun_ShareTheirRounds()
    {
        double[] rounds = [10, 11, 10.5, 12, 9.5, 10.2, 11.4, 10.8];
        double[][] Launches(double factor) => [.. rounds.Select(ms => Enumerable.Range(0, 20).Select(i => factor * (ms + (0.001 * i))).ToArray())];
        var options = new BootstrapOptions { Replicates = 2000, Seed = 3 };
        double Share(int otherSeed)
        {
            var a = TwoLevelBootstrap.Draws(Launches(1), null, options, launchSeed: 1).MeanMs;
            var b = TwoLevelBootstrap.Draws(Launches(1.01), null, options with { Seed = 4 }, otherSeed).MeanMs;
            return a.Zip(b).Count(pair => pair.First < pair.Second) / 2000.0;
        }

        Assert.That(Share(otherSeed: 1), Is.GreaterThan(0.99), "one per cent faster in every round");
        Assert.That(Share(otherSeed: 2), Is.LessThan(0.75), "what other rounds would have hidden");
    }

    [Test]
    public void ProbabilityCheapest_SameSeed_IsTheSame()
    {
        double? Once(int seed) => Chance(DecisionRule.Decide("m", [With("a", Exactly(1), 1, Price("a", 1, 3)), With("b", Exactly(1), 1, Price("b", 2, 4))], Options with { Draws = 101, Seed = seed }), "a");

        var (first, second) = (Once(1), Once(1));

        Assert.That(second, Is.EqualTo(first));
        Assert.That(Once(2), Is.Not.EqualTo(first));
    }

    private static LatencyBound Exactly(double ms) => new(ms, ms, ms, null);

    private static Candidate Drawn(string name, double ms, double deviation, int seed, double usdPerHour = 1)
    {
        var random = new Random(seed);
        var draws = Enumerable.Range(0, Options.Draws).Select(_ => Normal.Sample(random, ms, deviation)).ToArray();
        return With(name, new LatencyBound(ms, ms - (3 * deviation), ms + (3 * deviation), null), ms, Bench.Analysis.Cost.HourlyPrice.Given(usdPerHour, name), new LatencyDraws(draws, draws));
    }

    private static double? Chance(ModelDecision decision, string name) => decision.Candidates.Single(candidate => candidate.Label == name).ProbabilityCheapest;
}
