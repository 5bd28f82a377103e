using Bench.Analysis.Cost;
using Bench.Analysis.Decision;
using Bench.Analysis.Measurements;
using Bench.Analysis.Statistics;
using Bench.Analysis.Tests.Runs;
using static Bench.Analysis.Tests.Decision.DecisionFixture;

namespace Bench.Analysis.Tests.Decision;

/// <summary>What is cheapest for a rate of images on one machine, and which cells are asked at all.</summary>
public class DecisionRateTests
{
    private static readonly RunPrice Prices = new(PriceCatalogue.BuiltIn());
    private static readonly DecisionOptions Any =
        new() { MaxAccuracyDrop = double.PositiveInfinity, MinEquivalence = OutputRequirement.Any };
    private static readonly DecisionOptions AtThirty = new() { Cost = new CostModel { ImagesPerSecond = 30 } };
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    /// <summary>Per image the fast machine is cheaper; for a rate that both hold, the cheap hour is.</summary>
    [Test]
    public void Decide_RateThatBothHold_IsTheCheapestHour()
    {
        Candidate[] candidates = [AtRate(Candidate("fast", 1, 9)), AtRate(Candidate("slow", 33, 1))];

        var decision = DecisionRule.Decide("m", candidates, AtThirty);

        Assert.That(decision.Choice!.Hardware, Is.EqualTo("slow"));
        Assert.That(decision.Choice.UsdPerMillionImages, Is.EqualTo(1e6 / 108_000).Within(1e-9));
        Assert.That(decision.Choice.Saving, Is.EqualTo(1 - (1.0 / 9)).Within(1e-12));
        Assert.That(decision.Steps.Select(step => step.Hardware), Is.EqualTo(new[] { "fast", "slow" }));
        Assert.That(
            DecisionRule.Decide("m", [Candidate("fast", 1, 9), Candidate("slow", 33, 1)], new DecisionOptions()).Choice!.Hardware,
            Is.EqualTo("fast"), "9 USD for 3,600,000 images, and 1 USD for 109,091");
    }

    // 1000 / 30 ms are 33.33.
    [TestCase(32.0, 33.3, Feasibility.Feasible)]
    [TestCase(-5.0, 33.3, Feasibility.Feasible)]
    [TestCase(32.0, 33.4, Feasibility.Undecided)]
    [TestCase(33.4, 35.0, Feasibility.Infeasible)]
    public void Against_IntervalAroundTheRate_TellsThreeAnswersApart(double lowerMs, double upperMs, Feasibility expected)
    {
        var measured = Candidate("a", 33, 1) with
        {
            IsPublished = false,
            Throughput = new ThroughputEstimate { ImageMs = 33, ImageInterval = new ConfidenceInterval(lowerMs, upperMs, 0.99) },
        };

        Assert.That(RateRule.Against(measured, AtThirty), Is.EqualTo(expected));
    }

    [Test]
    public void Against_OneLaunch_IsUndecided() =>
        Assert.That(RateRule.Against(Candidate("a", 1, 1) with { IsPublished = false }, AtThirty), Is.EqualTo(Feasibility.Undecided));

    [TestCase(34.0, DecisionOutcome.NoSolution)]
    [TestCase(33.0, DecisionOutcome.Undecided)]
    public void Decide_NothingHoldsTheRate_HasNoChoice(double lowerMs, DecisionOutcome expected)
    {
        var slow = AtRate(Candidate("slow", 35, 1)) with
        {
            IsPublished = false,
            Throughput = new ThroughputEstimate { ImageMs = 35, ImageInterval = new ConfidenceInterval(lowerMs, 36, 0.99) },
        };

        var decision = DecisionRule.Decide("m", [slow], AtThirty);

        Assert.That((decision.Outcome, decision.Choice, decision.Steps.Count), Is.EqualTo((expected, (Choice?)null, 0)));
        Assert.That(decision.Candidates.Single().WouldWin!.SpeedUp, Is.EqualTo(36 * 30 / 1000.0).Within(1e-12));
        Assert.That(MarkdownDecision.Write([decision], AtThirty.Cost), Does.Contain(": not shown to hold 30 images/s"));
    }

    /// <summary>All that one machine can do costs the same: the lowest latency, then fewest streams, then the smallest batch.</summary>
    [Test]
    public void Decide_OneMachine_NamesTheLowestLatencyOfATie()
    {
        Candidate Of(string variant, double ms) => AtRate(Candidate("machine", ms, 1)) with
        {
            Cell = CellId.Parse($"m/e{variant}/fp32/linux-x64"),
            Label = variant,
            RunId = "one run",
        };
        Candidate[] candidates =
        [
            Of("+batch=2+streams=2", 5), Of("+batch=4", 5), Of("+batch=2", 5), Of("+streams=3", 5), Of(string.Empty, 6),
            Of("+batch=8", 4.5),
        ];

        var decision = DecisionRule.Decide("m", candidates, AtThirty);

        Assert.That(decision.Candidates.Select(candidate => candidate.Label),
            Is.EqualTo(new[] { "+batch=8", "+batch=2", "+batch=4", "+batch=2+streams=2", "+streams=3", string.Empty }));
        Assert.That(decision.Choice!.Candidate.Label, Is.EqualTo("+batch=8"));
        Assert.That(decision.Choice.TiedWith, Has.Count.EqualTo(5));
        Assert.That((decision.Choice.RunnerUp, decision.Choice.SavingUsd), Is.EqualTo(((Candidate?)null, (double?)null)));
        Assert.That(decision.Remarks, Has.One.Contains("the first image of a request of 8 waits 233.3 ms until the request is full"));
    }

    [Test]
    public void Build_AllMeasurements_AreCandidatesPricedByTheirImages()
    {
        var decision = DecisionBuilder.Build([BatchFixture.Create(_folder.Path)], Prices, Any).Single();

        // 0.001 USD a second; launches of 0.1 ms more each, 0.25 in the mean, and latencies that rise by 0.02 in it.
        Assert.That(decision.Candidates.Select(candidate => (candidate.Cell.ToString(), Math.Round(candidate.Cost.UsdPerMillionImages, 4))),
            Is.EqualTo([
                (BatchFixture.Both, 15.25 / 4), (BatchFixture.Batched, 5.0675), (BatchFixture.Streamed, 8.25), (LaunchFixture.Plain, 10.27),
                (LaunchFixture.Baseline, 25.27),
            ]));
        Assert.That(decision.Candidates[0].Latency.EstimateMs, Is.EqualTo(30.27).Within(1e-9), "a request's, not an image's");
        Assert.That(decision.Candidates[0].Throughput.ImagesPerSecond, Is.EqualTo(4000 / 15.25).Within(1e-9));
    }

    [Test]
    public void Build_PlainOnly_LeavesVariantsOut()
    {
        var decision = DecisionBuilder.Build([BatchFixture.Create(_folder.Path)], Prices, Any with { PlainOnly = true }).Single();

        Assert.That(decision.Candidates.Select(candidate => candidate.Cell.ToString()),
            Is.EqualTo(new[] { LaunchFixture.Plain, LaunchFixture.Baseline }));
        Assert.That(decision.Remarks, Has.One.StartsWith("plain cells alone were candidates"));
    }

    [Test]
    public void Markdown_Batches_IsTheGoldenOne() => Match(Any with { LimitMs = 25 }, "decision-batches.md");

    [Test]
    public void Markdown_Rate_IsTheGoldenOne() =>
        Match(Any with { LimitMs = 25, Cost = new CostModel { ImagesPerSecond = 90 } }, "decision-rate.md");

    private void Match(DecisionOptions options, string golden) => Golden.Match(
        MarkdownDecision.Write(DecisionBuilder.Build([BatchFixture.Create(_folder.Path)], Prices, options), options.Cost),
        "tests", "Bench.Analysis.Tests", "Data", "golden", golden);

    private static Candidate AtRate(Candidate candidate) => candidate with
    {
        Cost = CostEstimate.Of(candidate.Throughput, 0, candidate.Price, AtThirty.Cost)!,
    };
}
