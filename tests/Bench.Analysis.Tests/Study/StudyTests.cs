using Bench.Analysis.Cost;
using Bench.Analysis.Decision;
using Bench.Analysis.Runs;
using Bench.Analysis.Study;

namespace Bench.Analysis.Tests.Study;

/// <summary>The study's answers, as it prints them.</summary>
public class StudyTests
{
    private static readonly StudyReport Report = StudyReplication.Create();

    [Test]
    public void Markdown_Always_IsTheGoldenOne() =>
        Golden.Match(MarkdownStudy.Write(Report), "tests", "Bench.Analysis.Tests", "Data", "golden", "study.md");

    [Test]
    public void Json_Always_IsTheGoldenOne() =>
        Golden.Match(JsonStudy.Write(Report), "tests", "Bench.Analysis.Tests", "Data", "golden", "study.json");

    [Test]
    public void Costs_Table1_AreReproducedButForXeonWithUNet()
    {
        Assert.That(Report.Costs, Has.Count.EqualTo(8));
        Assert.That(
            Report.Costs.Where(cost => !cost.IsReproduced).Select(cost => (cost.Model, cost.Hardware)), Is.EqualTo([("unet", "xeon")]));
    }

    [Test]
    public void Claims_WhatDoesNotFollow_AreTheTwoContradictions() => Assert.That(
        Report.Claims.Where(claim => claim.Verdict == ClaimVerdict.DoesNotFollow).Select(claim => claim.Number),
        Is.EqualTo(["table 1, xeon", "6e"]));

    [Test]
    public void Claims_All_AreThere() =>
        Assert.That(Report.Claims.Select(claim => new string([.. claim.Number.TakeWhile(char.IsDigit)]))
            .Where(number => number.Length > 0).Distinct(), Is.EqualTo(Enumerable.Range(1, 11).Select(i => $"{i}")));

    // Figure 3: no solution, fast and dearer, slower and cheaper.
    [TestCase("inceptionv3", 0.01, "3.34 v100 2.88, 19.49 xeon 1.68")]
    [TestCase("inceptionv3", 0.0, "4.69 v100 4.04, 19.49 xeon 1.68")]
    [TestCase("unet", 0.01, "1.34 v100 1.15")]
    public void Decide_CommittedRuns_GivesTheStudysSteps(string model, double drop, string steps)
    {
        var decision = Decide(new DecisionOptions { MaxAccuracyDrop = drop }).Single(decision => decision.Model == model);

        Assert.That(
            string.Join(", ", decision.Steps
                .Select(step => FormattableString.Invariant($"{step.FromMs:0.00} {step.Hardware} {step.UsdPerMillionImages:0.00}"))),
            Is.EqualTo(steps));
        Assert.That(decision.NeverOptimal.Select(name => name.Hardware), Does.Contain("k80"));
    }

    [TestCase(19.48, "v100")]
    [TestCase(19.49, "xeon")]
    [TestCase(3.33, null)]
    public void Decide_CommittedRunsWithALimit_ChoosesAsTheStudy(double limit, string? hardware) =>
        Assert.That(Decide(new DecisionOptions { LimitMs = limit }).Single(decision => decision.Model == "inceptionv3").Choice?.Hardware,
            Is.EqualTo(hardware));

    [Test]
    public void Decide_QuantileThatWasNotPublished_IsUndecided()
    {
        var decision = Decide(new DecisionOptions { LimitMs = 1000, Quantile = LatencyQuantile.P99 })[0];

        Assert.That(decision.Outcome, Is.EqualTo(DecisionOutcome.Undecided));
        Assert.That(decision.Remarks, Has.Some.Contains("only a mean was published, so nothing is known of P99"));
    }

    [Test]
    public void Tables_CommittedRuns_HaveTheirTimes()
    {
        var tables = StudyTables.BuiltIn();
        var published = Runs("table1").Concat(Runs("table2"))
            .SelectMany(run => run.ReadManifest().Cells).Select(cell => cell.Published!.MeanMs);

        Assert.That(published, Is.EquivalentTo(tables.Costs.Select(row => row.Ms.Value).Concat(tables.Times.Select(row => row.Ms.Value))));
    }

    [TestCase("1.35", 1.345, 1.355)]
    [TestCase("12", 11.5, 12.5)]
    public void Printed_Number_CouldHaveBeenRounded(string text, double low, double high)
    {
        var printed = Printed.Parse(text);

        Assert.That(printed.Low, Is.EqualTo(low).Within(1e-12));
        Assert.That(printed.High, Is.EqualTo(high).Within(1e-12));
    }

    private static IReadOnlyList<ModelDecision> Decide(DecisionOptions options) =>
        DecisionBuilder.Build(Runs("table1"), new RunPrice(PriceCatalogue.BuiltIn()), options);

    private static List<RunFolder> Runs(string table) =>
        [.. Directory.GetDirectories(Repository.File("artifacts", "reference", "study-2019", table))
            .Order(StringComparer.Ordinal).Select(path => new RunFolder(path))];
}
