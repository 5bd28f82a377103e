using Bench.Analysis.Cost;
using Bench.Analysis.Decision;
using Bench.Analysis.Equivalence;
using Bench.Analysis.Statistics.Paired;
using static Bench.Analysis.Tests.Decision.DecisionFixture;

namespace Bench.Analysis.Tests.Decision;

public class DecisionRuleTests
{
    private static readonly DecisionOptions Anything = new();

    [Test]
    public void Decide_NoLimit_IsTheCheapest()
    {
        var decision = DecisionRule.Decide("m", [Candidate("fast", 1, 36), Candidate("slow", 36, 0.5)], Anything);

        Assert.That(decision.Choice?.Hardware, Is.EqualTo("slow"));
        Assert.That(decision.Choice?.UsdPerMillionImages, Is.EqualTo(5).Within(1e-12));
        Assert.That(decision.Choice?.RunnerUp?.Hardware, Is.EqualTo("fast"));
        Assert.That(decision.Choice?.SavingUsd, Is.EqualTo(5).Within(1e-12));
        Assert.That(decision.Choice?.Saving, Is.EqualTo(0.5).Within(1e-12));
    }

    [TestCase(12.0, Feasibility.Feasible)]
    [TestCase(11.9, Feasibility.Undecided)]
    [TestCase(8.0, Feasibility.Undecided)]
    [TestCase(7.9, Feasibility.Infeasible)]
    public void Against_LimitAroundTheInterval_TellsThreeAnswersApart(double limit, Feasibility expected) =>
        Assert.That(Candidate("a", 10, 1, halfWidth: 2).Latency.Against(limit), Is.EqualTo(expected));

    [Test]
    public void Decide_LimitWithinTheIntervalOfTheCheaper_TakesTheDearerAndSaysSo()
    {
        var decision = DecisionRule.Decide(
            "m", [Candidate("sure", 5, 10), Candidate("unsure", 10, 1, halfWidth: 2)], Anything with { LimitMs = 10.5 });

        Assert.That(decision.Choice?.Hardware, Is.EqualTo("sure"));
        Assert.That(decision.Outcome, Is.EqualTo(DecisionOutcome.Chosen));
        Assert.That(decision.Remarks, Has.One.Contains("`unsure` would be cheaper").And.Contains("between 8 and 12 ms"));
    }

    [Test]
    public void Decide_OnlyUndecided_IsUndecided()
    {
        var decision = DecisionRule.Decide("m", [Candidate("unsure", 10, 1, halfWidth: 2)], Anything with { LimitMs = 10.5 });

        Assert.That(decision.Choice, Is.Null);
        Assert.That(decision.Outcome, Is.EqualTo(DecisionOutcome.Undecided));
    }

    [Test]
    public void Decide_OneLaunch_IsUndecidedAtAnyLimit()
    {
        var decision = DecisionRule.Decide("m", [Candidate("once", 10, 1, halfWidth: null)], Anything with { LimitMs = 1000 });

        Assert.That(decision.Outcome, Is.EqualTo(DecisionOutcome.Undecided));
        Assert.That(decision.Steps, Is.Empty);
        Assert.That(decision.NoSolutionBelowMs, Is.Null);
        Assert.That(decision.NeverOptimal, Is.Empty, "nobody knows");
    }

    [Test]
    public void Decide_AllTooSlow_IsNoSolutionAndSaysHowMuchFasterItTakes()
    {
        var decision = DecisionRule.Decide("m", [Candidate("slow", 10, 1)], Anything with { LimitMs = 4 });

        Assert.That(decision.Outcome, Is.EqualTo(DecisionOutcome.NoSolution));
        Assert.That(decision.Candidates.Single().WouldWin, Is.EqualTo(new WouldWin(null, 2.5)));
    }

    [Test]
    public void Decide_LossesAndSizes_AreNotAcceptable()
    {
        Candidate[] candidates =
        [
            Candidate("lossy", 1, 1) with { MetricChange = -0.011 },
            Candidate("unknown", 1, 1) with { MetricChange = null },
Candidate("different", 1, 1) with { Comparison = Compared(EquivalenceVerdict.Different) },
            Candidate("large", 1, 1) with { ModelBytes = 2_000_001 },
            Candidate("sizeless", 1, 1) with { ModelBytes = null },
            Candidate("good", 10, 1) with { MetricChange = -0.01 },
        ];
        var decision = DecisionRule.Decide("m", candidates, Anything with { MaxModelBytes = 2_000_000 });

        Assert.That(decision.Choice?.Hardware, Is.EqualTo("good"), "a loss of just 0.01 is allowed");
        Assert.That(decision.Candidates.Where(candidate => !candidate.IsAcceptable)
            .Select(candidate => (candidate.Hardware, candidate.Objections.Single().Split('(')[0].Trim())), Is.EquivalentTo(
            [
                ("lossy", "it loses 0.011, more than 0.01"),
                ("unknown", "how much accuracy it loses is unknown: measure the reference"),
                ("different", "different"),
                ("large", "its model has 2 MB, more than 2 MB"),
                ("sizeless", "the size of its model is unknown"),
            ]));
    }

    [TestCase(OutputRequirement.Identical, "identical")]
    [TestCase(OutputRequirement.Equivalent, "identical equivalent")]
    [TestCase(OutputRequirement.Shown, "identical equivalent")]
    [TestCase(OutputRequirement.NotDifferent, "identical equivalent inconclusive insufficient-data")]
    [TestCase(OutputRequirement.Any, "identical equivalent inconclusive insufficient-data none different")]
    public void Decide_MinEquivalence_AcceptsThatAndBetter(OutputRequirement required, string acceptable)
    {
        var candidates = Enum.GetValues<EquivalenceVerdict>()
            .Select(verdict => Candidate(verdict.Name(), 1, 1) with { Comparison = Compared(verdict), IsPublished = false })
            .Append(Candidate("none", 1, 1) with { Comparison = null, IsPublished = false }).ToList();

        var decision = DecisionRule.Decide("m", candidates, Anything with { MinEquivalence = required });

        Assert.That(decision.Candidates.Where(candidate => candidate.IsAcceptable).Select(candidate => candidate.Hardware),
            Is.EquivalentTo(acceptable.Split(' ')));
    }

    /// <summary>At another precision the quality is asked for: what was quantised may move every image and keep its accuracy.</summary>
    [TestCase(QualityVerdict.Kept, true)]
    [TestCase(QualityVerdict.NotShown, false)]
    [TestCase(QualityVerdict.Lost, false)]
    public void Decide_OtherPrecision_IsAcceptedByItsQuality(QualityVerdict quality, bool accepted)
    {
        var quantised = Candidate("int8", 1, 1) with
        {
            Comparison = Compared(EquivalenceVerdict.Different) with { Question = OutputQuestion.SameQuality, Quality = quality },
            IsPublished = false,
        };

        var judged = DecisionRule.Decide("m", [quantised], Anything).Candidates.Single();

        Assert.That((judged.IsAcceptable, judged.Outputs), Is.EqualTo((accepted, $"quality {quality.Name()}, outputs different")));
    }

    /// <summary>From the scores themselves: no answer of 400 images changes, and every fourth is surer or less sure by twice the
    /// margin.</summary>
    [Test]
    public void Decide_EveryFourthImageMovedAndNoAnswerChanged_IsChosen()
    {
        double[] scores = [.. Enumerable.Range(0, 400).Select(i => 0.6 + (0.0005 * i))];
        double[] moved = [.. scores.Select((score, i) => i % 4 > 0 ? score : score + (i % 8 == 0 ? 0.02 : -0.02))];
        var answers = scores.Select((_, i) => i % 20 > 0 ? 1.0 : 0).ToList();
        var options = new EquivalenceOptions { LargestDifference = 1 };
        var evidence = new OutputEvidence(
            PairedEquivalence.Of(scores, moved, 0.02, options),
            AccuracyEvidence.Of(PairedOutcomes.Count2x2(answers, answers), options), null, options.Margin, options.Significance);
        var compared = new OutputComparison("m/ort-cpu/fp32/linux-x64", OutputQuestion.SameQuality, 0, evidence, evidence.PDifferent,
            evidence.SameOutputs(), evidence.SameQuality);
        var full = Candidate("fp32", 2, 1) with { IsPublished = false };
        var quantised = Candidate("int8", 1, 1) with { Comparison = compared, IsPublished = false };

        var decision = DecisionRule.Decide("m", [full, quantised], new DecisionOptions());

        Assert.That(compared.Answer, Is.EqualTo("quality kept, outputs different"));
        Assert.That(decision.Choice!.Candidate.Hardware, Is.EqualTo("int8"));
    }

    [Test]
    public void Decide_ComputedInAnotherPrecision_IsNotAcceptable()
    {
        var untested = Candidate("fp16", 1, 1) with
        {
            Comparison = Compared(EquivalenceVerdict.Identical) with { Question = OutputQuestion.NotTested, ComputedIn = "fp32" },
            IsPublished = false,
        };

        var judged = DecisionRule.Decide("m", [untested], Anything).Candidates.Single();

        Assert.That(judged.Objections.Single(), Does.StartWith("not tested: computed in fp32"));
    }

    /// <summary>Two names of one thing: never "saves 0 %".</summary>
    [TestCase(2)]
    [TestCase(5)]
    public void Decide_CostsThatNothingTellsApart_AreATie(int launches)
    {
        Candidate Measured(string name, double ms) => Candidate(name, ms, 1) with
        {
            RunId = "one run",
            IsPublished = false,
            LaunchImageMs = Enumerable.Range(1, launches)
                .ToDictionary(round => round, round => ms * (1 + (0.01 * ((round * 7 + name.Length) % 5)))),
        };

        var decision = DecisionRule.Decide("m", [Measured("a", 10), Measured("bb", 10.01)], Anything);

        Assert.That(decision.Choice!.TiedWith.Select(tied => tied.Cell.ToString()), Is.EqualTo(new[] { "m/bb/fp32/linux-x64" }));
        Assert.That((decision.Choice.SavingUsd, decision.Choice.ProbabilityCheapest), Is.EqualTo(((double?)null, (double?)null)));
        Assert.That(MarkdownDecision.Write([decision], CostModel.Runtime),
            Does.Contain("A tie: nothing measured tells its cost from that of `m/bb/fp32/linux-x64`").And.Not.Contain("saves"));
        Assert.That(DecisionRule.Decide("m", [Measured("a", 10), Measured("bb", 14)], Anything).Choice!.TiedWith,
            launches == 2 ? Is.Not.Null : Is.Empty);
    }

    [Test]
    public void Decide_SeveralBadOptions_AreReportedTogether() => Assert.That(
        () => DecisionRule.Decide("m", [], new DecisionOptions { LimitMs = -1, MaxAccuracyDrop = 2, MaxModelBytes = 0, Draws = 1 }),
        Throws.ArgumentException.With.Message.Contains("limit -1").And.Message.Contains("drop 2")
            .And.Message.Contains("size 0").And.Message.Contains("1 draws"));

    [Test]
    public void Decide_NoCandidates_IsNoSolution() =>
        Assert.That(DecisionRule.Decide("m", [], Anything).Outcome, Is.EqualTo(DecisionOutcome.NoSolution));

    /// <summary>At every limit the step function says what looking through all candidates says.</summary>
    [FsCheck.NUnit.Property]
    public void Steps_AnyCandidates_AreTheCheapestAtEveryLimit(FsCheck.NonEmptyArray<(byte Ms, byte HalfWidth, byte Usd)> values)
    {
        var candidates = values.Get.Select((value, i) => Candidate($"c{i}", 10 + value.Ms, 1 + value.Usd, value.HalfWidth / 64.0)).ToList();
        var decision = DecisionRule.Decide("m", candidates, Anything);

        foreach (var limit in candidates.Select(candidate => candidate.Latency.UpperMs!.Value)
            .Concat(candidates.Select(candidate => candidate.Latency.LowerMs!.Value)).SelectMany(ms => new[] { ms - 1e-6, ms, ms + 1e-6 }))
        {
            var cheapest = candidates.Where(candidate => candidate.Latency.UpperMs <= limit)
                .Select(candidate => (double?)candidate.Cost.UsdPerMillionImages).Min();
            var step = decision.Steps.LastOrDefault(step => step.FromMs <= limit);
            Assert.That(step?.UsdPerMillionImages, Is.EqualTo(cheapest));
            var at = DecisionRule.Decide("m", candidates, Anything with { LimitMs = limit, Draws = 100 });
            Assert.That(at.Choice?.UsdPerMillionImages, Is.EqualTo(cheapest));
            Assert.That(at.Outcome, Is.EqualTo(
                cheapest is not null
                    ? DecisionOutcome.Chosen
                    : limit < decision.NoSolutionBelowMs ? DecisionOutcome.NoSolution : DecisionOutcome.Undecided));
        }

        Assert.That(decision.NeverOptimal.Select(name => name.Measurement).Concat(decision.Steps.Select(step => step.Cell)),
            Is.EquivalentTo(candidates.Select(candidate => candidate.Measurement)));
    }

    [FsCheck.NUnit.Property]
    public void ParetoFront_AnyCandidates_IsWhatNoOtherBeats(FsCheck.NonEmptyArray<(byte Ms, byte Usd)> values)
    {
        var candidates = values.Get.Select((value, i) => Candidate($"c{i}", 1 + value.Ms, 1 + value.Usd)).ToList();
        bool Beats(Candidate other, Candidate candidate) =>
            other.ImageMs <= candidate.ImageMs && other.Cost.UsdPerMillionImages <= candidate.Cost.UsdPerMillionImages
            && (other.ImageMs < candidate.ImageMs || other.Cost.UsdPerMillionImages < candidate.Cost.UsdPerMillionImages);
        var best = candidates.Where(candidate => !candidates.Exists(other => Beats(other, candidate)))
            .Select(candidate => (candidate.ImageMs, candidate.Cost.UsdPerMillionImages)).Distinct();

        var front = DecisionRule.Decide("m", candidates, Anything)
            .ParetoFront.Select(name => candidates.Single(candidate => candidate.Cell == name.Cell));

        Assert.That(front.Select(candidate => (candidate.ImageMs, candidate.Cost.UsdPerMillionImages)), Is.EquivalentTo(best));
    }
}
