using Bench.Analysis.Comparison;
using Bench.Analysis.Gate;
using Bench.Analysis.Input;
using Bench.Analysis.Runs;
using Bench.Analysis.Tests.Runs;

namespace Bench.Analysis.Tests.Gate;

public class ReferenceRunTests : GateFixture
{
    [TestCase("interrupted")]
    [TestCase("dirty")]
    [TestCase("slowed")]
    [TestCase("empty")]
    [TestCase("imitated")]
    public void Objections_RunThatMustNotBeAReference_AreNamed(string what)
    {
        var run = Run(1, manifest => WithoutFailures(what switch
        {
            "interrupted" => manifest with { Complete = false },
            "dirty" => manifest with { Git = manifest.Git with { Dirty = true } },
            "slowed" => manifest with { Cells = [.. manifest.Cells.Select(cell => cell with { SlowedDownBy = 0.1 })] },
            "empty" => manifest with { Cells = [] },
            _ => manifest with { Cells = [.. manifest.Cells.Select(cell => cell with { NotComparable = "Wine" })] },
        }));

        Assert.That(ReferenceRun.Objections(run), Has.Count.EqualTo(1));
        Assert.That(ReferenceRun.Objections(Run(1)), Has.One.Contains("failed"), "the fixture has a cell that failed");
        Assert.That(ReferenceRun.Objections(Run(1, WithoutFailures)), Is.Empty);
    }

    [Test]
    public void Replace_Reference_IsTheNewRunWithItsRecord()
    {
        using var temporary = new TemporaryFolder();
        var reference = new RunFolder(Path.Combine(temporary.Path, "reference"));
        var first = Run(1);
        var second = Run(1.01, manifest => manifest with { Id = "second" });
        ReferenceRun.Replace(reference, first, null, TimeProvider.System);
        ReferenceRun.Replace(reference, second, Comparer.Compare(reference.Path, second.Path, Options), TimeProvider.System);

        Assert.That(reference.ReadManifest().Id, Is.EqualTo("second"));
        Assert.That(File.ReadAllText(Path.Combine(reference.Path, "accepted.json")),
            Does.Contain("\"run\": \"second\"").And.Contains($"\"replaced\": \"{RunFixture.Id}\""));
        Assert.That(Directory.GetDirectories(temporary.Path), Has.Length.EqualTo(1));
        Assert.That(Comparer.Compare(reference.Path, second.Path, Options).Cells, Has.Count.EqualTo(3));
        Assert.That(ReferenceHistory.Read(reference.Path)!.First, Is.EqualTo(RunFixture.Id));
    }

    /// <summary>Four changes of 3 % each pass a threshold of 5 %, and have cost 12.6 % together.</summary>
    [Test]
    public void Check_ManySmallLosses_AreARegressionTogether()
    {
        using var temporary = new TemporaryFolder();
        var reference = new RunFolder(Path.Combine(temporary.Path, "reference"));
        ReferenceRun.Replace(reference, Run(1), null, TimeProvider.System);
        var outcomes = new List<GateOutcome>();
        foreach (var factor in new[] { 1.03, 1.0609, 1.0927, 1.1255 })
        {
            var next = Run(factor, manifest => manifest with { Id = $"run at {factor}" });
            outcomes.Add(Check(reference, next).Outcome);
            ReferenceRun.Replace(reference, next, Comparer.Compare(reference.Path, next.Path, Options), TimeProvider.System);
        }

        Assert.That(
            outcomes, Is.EqualTo(new[] { GateOutcome.Passed, GateOutcome.Inconclusive, GateOutcome.Regression, GateOutcome.Regression }));
        var report = Check(reference, Run(1.1255));
        Assert.That(report.Findings.Select(finding => finding.Subject), Does.Contain(GateSubject.SinceFirst));
        Assert.That(
            MarkdownGate.Write(report), Does.Contain($"since the first accepted reference, {RunFixture.Id}").And.Contain("--as-first"));

        ReferenceRun.Replace(reference, Run(1.1255), null, TimeProvider.System);
        Assert.That(
            Check(reference, Run(1.1255)).Outcome, Is.EqualTo(GateOutcome.Passed), "what was accepted as the first has lost nothing");
    }

    [TestCase("{", "damaged or truncated")]
    [TestCase("{}", "found no acceptance")]
    [TestCase("""{"run":"a","lost":{"c":{"time":{"logRatio":0.1,"variance":-1},"meanTime":{"logRatio":0.1,"variance":1},"bytes":1}}}""",
        "found no acceptance")]
    public void Read_DamagedHistory_SaysSo(string json, string message) =>
        Assert.That(() => ReferenceHistory.Parse(System.Text.Encoding.UTF8.GetBytes(json), "accepted.json"),
            Throws.TypeOf<RunFormatException>().With.Message.Contains(message));

    private static RunManifest WithoutFailures(RunManifest manifest) =>
        manifest with { Cells = [.. manifest.Cells.Where(cell => cell.Status != CellStatus.Failed)] };
}
