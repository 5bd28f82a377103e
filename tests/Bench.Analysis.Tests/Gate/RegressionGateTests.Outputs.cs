using Bench.Analysis.Gate;
using Bench.Analysis.Runs;
using Bench.Analysis.Tests.Runs;
using Bench.Arrays.Npy;

namespace Bench.Analysis.Tests.Gate;

/// <summary>What a gate says of outputs and of accuracy.</summary>
public partial class RegressionGateTests
{
    [Test]
    public void Check_OutputsThatDiffer_AreARegression()
    {
        var report = Check(current: OtherOutputs(Run(1, manifest => WithScores(manifest, RunFixture.CellIds[1], 0.3))));

        Assert.That(Regressions(report), Does.Contain((GateSubject.Outputs, RunFixture.CellIds[1])));
    }

    /// <summary>A loss beyond the margin must be shown; one that may be chance is no pass either.</summary>
    [TestCase(0, GateOutcome.Passed)]
    [TestCase(1, GateOutcome.Inconclusive)]
    [TestCase(5, GateOutcome.Inconclusive)]
    [TestCase(20, GateOutcome.Regression)]
    public void Check_AnswersThatBecameWrong_AreWeighedByThePairedImages(int wrong, GateOutcome outcome)
    {
        var run = Run(1, manifest => manifest with
        {
            Cells = [.. manifest.Cells.Select((cell, i) => i != 0 ? cell : cell with
            {
                TaskMetric = cell.TaskMetric! with
                {
                    Value = 1 - ((double)wrong / RunFixture.Images),
                    PerImage = [.. cell.TaskMetric.PerImage.Select((right, image) => image < wrong ? 0 : right)],
                },
            })],
        });
        NpyArray.FromSingles([.. Enumerable.Range(0, 2 * RunFixture.Images).Select(i => (i * 0.25f) + 0.0001f)], RunFixture.Images, 2)
            .Write(Path.Combine(run.Path, RunFolder.OutputsOf(RunFixture.IdOf(0))));
        var metric = Check(current: run)
            .Findings.Single(finding => finding.Subject == GateSubject.Metric && finding.Cell == RunFixture.CellIds[0]);

        Assert.That(metric.Outcome, Is.EqualTo(outcome), metric.Text);
    }

    [Test]
    public void Check_OutputsThatCannotBePaired_AreInvalidUnlessTheRulesSaySo()
    {
        RunFolder OtherShape()
        {
            var run = Run(1);
            NpyArray.FromSingles(new float[3 * RunFixture.Images], RunFixture.Images, 3)
                .Write(Path.Combine(run.Path, RunFolder.OutputsOf(RunFixture.IdOf(1))));
            return run;
        }

        Assert.That(Check(current: OtherShape()).Outcome, Is.EqualTo(GateOutcome.Invalid));
        Assert.That(
            Check(current: OtherShape(), rules: Rules("""{ "schemaVersion": 1, "all": { "requireEquivalence": false } }""")).Outcome,
            Is.EqualTo(GateOutcome.Passed));
        Assert.That(
            Check(current: Run(
                1, manifest => manifest with { Cells = [.. manifest.Cells.Select(cell => cell with { Outputs = null })] })).Outcome,
            Is.EqualTo(GateOutcome.Invalid));
    }

    /// <summary>Whoever changes a model must not widen its margin with the same change.</summary>
    [Test]
    public void Check_WiderMarginInTheCurrentRun_ChangesNothing()
    {
        var report = Check(current: OtherOutputs(Run(1, manifest =>
            WithScores(manifest, RunFixture.CellIds[1], 0.3) with { Models = [manifest.Models[0] with { EquivalenceMargin = 0.9 }] })));

        Assert.That(Regressions(report), Does.Contain((GateSubject.Outputs, RunFixture.CellIds[1])));
        Assert.That(report.Comparison.Differences.Select(difference => difference.Name), Does.Contain("equivalence margin"));
    }

    [Test]
    public void Check_MinimumMetric_HoldsWhateverTheBaseHas() =>
        Assert.That(Regressions(Check(rules: Rules("""{ "schemaVersion": 1, "all": { "minimumMetric": 0.9 } }"""))),
            Is.EqualTo(new[] { (GateSubject.Metric, RunFixture.CellIds[1]) }));

    private static RunManifest WithScores(RunManifest manifest, string cell, double graded) => manifest with
    {
        Cells = [.. manifest.Cells.Select(found => found.Id.ToString() == cell
            ? found with { TaskMetric = found.TaskMetric! with { Graded = [.. found.TaskMetric.Graded.Select(score => score - graded)] } }
            : found)],
    };

    private static RunFolder OtherOutputs(RunFolder run)
    {
        NpyArray.FromSingles(new float[2 * RunFixture.Images], RunFixture.Images, 2)
            .Write(Path.Combine(run.Path, RunFolder.OutputsOf(RunFixture.IdOf(1))));
        return run;
    }
}
