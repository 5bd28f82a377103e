using Bench.Analysis.Decision;
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

        Assert.That(
            decision.Choice?.ProbabilityCheapest, Is.Null, "a published mean and a given price say nothing of how certain they are");
        Assert.That(decision.Candidates.Select(candidate => candidate.ProbabilityCheapest), Is.All.Null);
    }

    /// <summary>A buyer picks a provider, and knows what it asks.</summary>
    [Test]
    public void ProbabilityCheapest_PricesOfProviders_DoNotVary()
    {
        var draws = new LatencyDraws([1.0], [1.0]);
        var decision = DecisionRule.Decide(
            "m", [With("a", Exactly(1), 1, Price("a", 1, 3), draws), With("b", Exactly(1), 1, Price("b", 2, 4), draws)], Options);

        Assert.That((Chance(decision, "a"), Chance(decision, "b")), Is.EqualTo((1.0, 0.0)), "1 USD is less than 2, whatever others ask");
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
        var decision = DecisionRule.Decide(
            "m", [Drawn("a", 10, 0.5, 1), Drawn("dear", 5, 1e-6, 3, usdPerHour: 10)], Options with { LimitMs = 10 });

        Assert.That(Chance(decision, "a"), Is.EqualTo(0.5).Within(0.01));
        Assert.That(Chance(decision, "dear"), Is.EqualTo(0.5).Within(0.01));
        Assert.That(decision.Choice?.Hardware, Is.EqualTo("dear"), "what is not shown to meet the limit is not chosen");
    }

    [Test]
    public void ProbabilityCheapest_OneLaunchAmongOthers_IsUnknown()
    {
        var once = Candidate("once", 11, 1, halfWidth: null) with
        {
            IsPublished = false,
            LaunchImageMs = new Dictionary<int, double> { [1] = 11 },
        };

        var decision = DecisionRule.Decide("m", [Drawn("a", 10, 0.5, 1), once], Options);

        Assert.That(decision.Choice?.ProbabilityCheapest, Is.Null);
        Assert.That(decision.Remarks, Has.One.Contains("`once` has 1 launches; it takes 3"));
    }

    [Test]
    public void ProbabilityCheapest_PublishedMeanAmongMeasured_IsUnknownUnlessItCannotWin()
    {
        Candidate[] candidates = [Drawn("a", 10, 0.5, 1), Candidate("published", 20, 0.6)];

        Assert.That(DecisionRule.Decide("m", candidates, Options).Choice?.ProbabilityCheapest, Is.Null);
        Assert.That(DecisionRule.Decide("m", candidates, Options with { LimitMs = 15 }).Choice?.ProbabilityCheapest,
            Is.EqualTo(1), "20 ms are too much");
    }

    [Test]
    public void ProbabilityCheapest_QuantileThatIsNotKnown_IsUnknownUnderALimit()
    {
        var unknown = Drawn("unknown", 9, 0.5, 2) with { Latency = new LatencyBound(null, null, null, "too few") };
        Candidate[] candidates = [Drawn("a", 10, 0.5, 1), unknown];

        Assert.That(DecisionRule.Decide("m", candidates, Options with { LimitMs = 20 }).Choice?.ProbabilityCheapest,
            Is.Null, "whether it meets the limit nobody knows");
        Assert.That(DecisionRule.Decide("m", candidates, Options).Choice?.ProbabilityCheapest,
            Is.EqualTo(0.92).Within(0.02), "without a limit it does not matter");
    }

    /// <summary>Rounds in which the machine was slow were slow for both: what they have in common says nothing of
    /// which is cheaper.</summary>
    [Test]
    public void Draws_CellsOfOneRun_ShareTheirRounds()
    {
        double[] rounds = [10, 11, 10.5, 12, 9.5, 10.2, 11.4, 10.8];
        var options = new DecisionOptions { Draws = 2000 };
        double[] Draws(double factor, int runSeed, int cellSeed) =>
            LatencyDraws.Of([.. rounds.Select(ms => factor * ms)], Exactly(10), 1, isMean: true, 0, options, runSeed, cellSeed)!.ImageMs;
        double Share(int otherSeed) => Draws(1, 1, 3).Zip(Draws(1.01, otherSeed, 4)).Count(pair => pair.First < pair.Second) / 2000.0;

        Assert.That(Share(otherSeed: 1), Is.GreaterThan(0.99), "one per cent faster in every round");
        Assert.That(Share(otherSeed: 2), Is.LessThan(0.75), "what other rounds would have hidden");
    }

    /// <summary>Between runs it is not known how runs differ: 2 % dearer in another run is not 0 %.</summary>
    [Test]
    public void Draws_CellsOfTwoRuns_DifferByMoreThanTheirLaunches()
    {
        var options = new DecisionOptions { Draws = 2000 };
        double[] Draws(double ms, double runDeviation, int seed) =>
            LatencyDraws.Of([ms, ms * 1.001, ms * 0.999, ms], Exactly(ms), 1, isMean: true, runDeviation, options, seed, 9)!.ImageMs;
        double Share(double runDeviation) =>
            Draws(10, runDeviation, 1).Zip(Draws(10.2, runDeviation, 2)).Count(pair => pair.First < pair.Second) / 2000.0;

        Assert.That(Share(0), Is.GreaterThan(0.99));
        Assert.That(Share(0.05), Is.InRange(0.55, 0.70));
    }

    /// <summary>The middle 95 of 100 draws of a mean hold the truth as often as its interval does, with few launches too.</summary>
    [TestCase(3)]
    [TestCase(5)]
    [TestCase(10)]
    public void Draws_OfTheMean_CoverWhatTheyPromise(int launches)
    {
        var random = new Random(20261122);
        var options = new DecisionOptions { Draws = 400 };
        var covered = Enumerable.Range(0, 2000).Count(_ =>
        {
            double[] means = [.. Enumerable.Range(0, launches).Select(_ => Normal.Sample(random, 1, 0.01))];
            var draws = LatencyDraws.Of(means, Exactly(1), 1, isMean: true, 0, options, random.Next(), random.Next())!.ImageMs;
            Array.Sort(draws);
            return draws[9] <= 1 && draws[389] >= 1;
        });

        Assert.That(covered / 2000.0, Is.InRange(0.930, 0.970));
    }

    [TestCase(1)]
    [TestCase(2)]
    public void Draws_TooFewLaunches_AreNone(int launches) =>
        Assert.That(
            LatencyDraws.Of([.. Enumerable.Repeat(10.0, launches)], Exactly(10), 1, isMean: true, 0, new DecisionOptions(), 1, 2), Is.Null);

    private static LatencyBound Exactly(double ms) => new(ms, ms, ms, null);

    private static Candidate Drawn(string name, double ms, double deviation, int seed, double usdPerHour = 1)
    {
        var random = new Random(seed);
        var draws = Enumerable.Range(0, Options.Draws).Select(_ => Normal.Sample(random, ms, deviation)).ToArray();
        return With(name, new LatencyBound(ms, ms - (3 * deviation), ms + (3 * deviation), null), ms,
            Bench.Analysis.Cost.HourlyPrice.Given(usdPerHour, name), new LatencyDraws(draws, draws));
    }

    private static double? Chance(ModelDecision decision, string name) =>
        decision.Candidates.Single(candidate => candidate.Label == name).ProbabilityCheapest;
}
