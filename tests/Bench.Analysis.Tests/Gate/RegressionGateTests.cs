using Bench.Analysis.Gate;
using Bench.Analysis.Measurements;
using Bench.Analysis.Runs;
using Bench.Analysis.Tests.Runs;

namespace Bench.Analysis.Tests.Gate;

public partial class RegressionGateTests : GateFixture
{
    [TestCase(1.00, GateOutcome.Passed)]
    [TestCase(0.70, GateOutcome.Passed)]
    [TestCase(1.03, GateOutcome.Passed)]
    [TestCase(1.05, GateOutcome.Inconclusive)]
    [TestCase(1.10, GateOutcome.Regression)]
    public void Check_TimeThatGrewBesideAControl_GivesTheOutcome(double factor, GateOutcome outcome)
    {
        var report = Check(current: Run(factor));

        Assert.That(report.Outcome, Is.EqualTo(outcome), MarkdownGate.Write(report));
    }

    /// <summary>What nobody knows of how runs of the same code differ nobody may claim: nothing passes, and only a large change
    /// is a regression.</summary>
    [TestCase(1.00, GateOutcome.Inconclusive)]
    [TestCase(0.50, GateOutcome.Inconclusive)]
    [TestCase(1.10, GateOutcome.Inconclusive)]
    [TestCase(2.00, GateOutcome.Regression)]
    public void Check_NothingKnownOfHowRunsDiffer_NeverPasses(double factor, GateOutcome outcome)
    {
        var report = Check(current: Run(factor), options: WithoutControl);

        Assert.That(report.Outcome, Is.EqualTo(outcome));
        Assert.That(MarkdownGate.Write(report), Does.Contain("--control").And.Contain("bench noise"));
    }

    /// <summary>The machine became slower, and the control cell with it: that is no change of what was tested.</summary>
    [TestCase(1.03, GateOutcome.Passed)]
    [TestCase(1.30, GateOutcome.Inconclusive)]
    public void Check_MachineThatDrifted_PassesOnlyWithinTheThreshold(double factor, GateOutcome outcome)
    {
        var report = Check(current: Everywhere(factor));

        Assert.That(report.Outcome, Is.EqualTo(outcome), MarkdownGate.Write(report));
        Assert.That(report.Findings.Any(finding => finding.Subject == GateSubject.Drift), Is.EqualTo(outcome == GateOutcome.Inconclusive));
    }

    [Test]
    public void Check_SingleLaunches_NeverPass() =>
        Assert.That(Check(Fixture(1, 0, 1), Fixture(1, 0, 1), options: WithoutControl).Outcome, Is.EqualTo(GateOutcome.Inconclusive));

    /// <summary>Two launches (the smoke profile) can be so far apart that nothing is shown.</summary>
    [Test]
    public void Check_FewScatteredLaunches_IsInconclusive() =>
        Assert.That(Check(Fixture(2, 0.5, 1), Fixture(2, 0.5, 1)).Outcome, Is.EqualTo(GateOutcome.Inconclusive));

    [Test]
    public void Check_CellThatIsGone_IsInvalidEvenIfAnotherRegressed()
    {
        var report = Check(current: Run(1.2, manifest => manifest with { Cells = [.. manifest.Cells.Skip(1)] }));

        Assert.That(report.Outcome, Is.EqualTo(GateOutcome.Invalid));
        Assert.That(report.Findings,
            Has.Some.Matches<GateFinding>(finding => finding!.Subject == GateSubject.Presence && finding.Cell == RunFixture.CellIds[0]));
        Assert.That(report.Findings, Has.Some.Matches<GateFinding>(finding => finding!.Outcome == GateOutcome.Regression));
    }

    [TestCase("another machine")]
    [TestCase("other threads")]
    [TestCase("another profile")]
    [TestCase("interrupted")]
    [TestCase("imitated")]
    public void Check_RunsThatCannotBeCompared_AreInvalid(string how)
    {
        var report = Check(current: Run(1, manifest => how switch
        {
            "another machine" => manifest with { Machine = manifest.Machine with { Cpu = "Other" } },
            "other threads" =>
                manifest with { Cells = [.. manifest.Cells.Select(cell => cell.Threads is null ? cell : cell with { Threads = 7 })] },
            "another profile" => manifest with { Profile = "paper" },
            "interrupted" => manifest with { Complete = false },
            _ => manifest with { Cells = [.. manifest.Cells.Select(cell => cell with { NotComparable = "measured under Wine" })] },
        }));

        Assert.That(report.Outcome, Is.EqualTo(GateOutcome.Invalid));
    }

    /// <summary>What a gate is there to judge must not stop it.</summary>
    [TestCase("engine")]
    [TestCase("driver")]
    [TestCase("model file")]
    public void Check_NewEngineDriverOrModel_IsWhatAGateIsFor(string what)
    {
        var report = Check(current: Run(1, manifest => what switch
        {
            "engine" =>
                manifest with { Cells = [.. manifest.Cells.Select((cell, i) => i > 1 ? cell : cell with { Engine = "onnxruntime 9.9" })] },
            "driver" => manifest with { Machine = manifest.Machine with { Gpus = [new GpuFacts("Test GPU", "9.9")] } },
            _ => manifest with
            {
                Models = [manifest.Models[0] with
                {
                    Files = new Dictionary<string, FileFacts>
                    {
                        ["fp32"] = new(new string('a', 64), 1000),
                        ["fp16"] = new(new string('f', 64), 500),
                    },
                }],
            },
        }));

        Assert.That(report.Outcome, Is.EqualTo(GateOutcome.Passed), MarkdownGate.Write(report));
        Assert.That(report.Comparison.Differences, Is.Not.Empty);
    }

    [Test]
    public void Check_LargerModel_IsARegression()
    {
        var report = Check(current: Run(1, manifest => manifest with
        {
            Models = [manifest.Models[0] with
            {
                Files = new Dictionary<string, FileFacts>
                {
                    ["fp32"] = new(new string('a', 64), 1020),
                    ["fp16"] = new(new string('b', 64), 500),
                },
            }],
        }));

        Assert.That(Regressions(report),
            Is.EqualTo(new[] { (GateSubject.Size, RunFixture.CellIds[0]), (GateSubject.Size, RunFixture.CellIds[2]) }));
    }

    [Test]
    public void Check_ControlThatChanged_IsInvalid()
    {
        GateReport With(RunFolder current) => Check(current: current);

        Assert.That(With(Run(1)).Outcome, Is.EqualTo(GateOutcome.Passed));
        var report = With(Run(1, manifest => manifest with
        {
            Cells = [.. manifest.Cells.Select(cell => cell.Engine is null ? cell : cell with { Engine = "onnxruntime 9.9" })],
        }));
        Assert.That(report.Outcome, Is.EqualTo(GateOutcome.Invalid), MarkdownGate.Write(report));
        Assert.That(
            With(Run(
                1, manifest => manifest with { Cells = [.. manifest.Cells.Select(cell => cell with { SlowedDownBy = 0.1 })] })).Outcome,
            Is.EqualTo(GateOutcome.Invalid));
    }

    [Test]
    public void Check_SlowedBase_IsInvalid() =>
        Assert.That(
            Check(baseline: Run(
                1, manifest => manifest with { Cells = [.. manifest.Cells.Select(cell => cell with { SlowedDownBy = 0.1 })] })).Outcome,
            Is.EqualTo(GateOutcome.Invalid));

    /// <summary>What is not looked at is not judged, and the yardstick stays.</summary>
    [Test]
    public void Check_Filter_KeepsTheControlCells()
    {
        var report = Check(current: Run(1.1), options: Options with { Filter = "*/fp16/*" });

        Assert.That(report.Comparison.Cells.Select(cell => (cell.Name, cell.IsControl)), Is.EquivalentTo(new[]
        {
            (RunFixture.CellIds[1], false), (RunFixture.CellIds[2], true),
        }));
        Assert.That(report.Findings.Where(finding => finding.Outcome == GateOutcome.Regression).Select(finding => finding.Cell),
            Is.All.EqualTo(RunFixture.CellIds[1]));
    }

    [Test]
    public void Check_NewCellThatFails_IsInvalid() => Assert.That(
        Check(current: Run(1, manifest => manifest with
        {
            Cells = [.. manifest.Cells, manifest.Cells[4] with { Id = CellId.Parse("tiny/new/fp32/linux-x64") }],
        })).Outcome,
        Is.EqualTo(GateOutcome.Invalid));

    /// <summary>A launch in ten that takes three times as long is no slower machine, and no pass: the mean, which pays for it, is not shown
    /// to be the same.</summary>
    [Test]
    public void Check_OneSlowLaunchOutOfTen_IsNeitherARegressionNorAPass()
    {
        var (from, to) = (Fixture(10, 0.01, 1), Fixture(10, 0.01, 1));
        var export = Directory.GetFiles(to.BenchmarkDotNetPath).Single();
        var json = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(export))!;
        foreach (var measurement in json["Benchmarks"]![0]!["Measurements"]!.AsArray())
        {
            measurement!["Nanoseconds"] = measurement["Nanoseconds"]!.GetValue<double>() * 3;
        }

        File.WriteAllText(export, json.ToJsonString());

        var report = Check(from, to);
        Assert.That(report.Outcome, Is.EqualTo(GateOutcome.Inconclusive), MarkdownGate.Write(report));
        Assert.That(report.Findings.Where(finding => finding.Outcome == GateOutcome.Inconclusive).Select(finding => finding.Subject),
            Does.Contain(GateSubject.MeanTime).And.Not.Contain(GateSubject.Time));
    }

    [Test]
    public void Check_DearerMachine_IsARegressionOfCost()
    {
        var report = Check(current: Run(1, manifest => manifest with { UsdPerHour = 0.40 }));

        Assert.That(Regressions(report).Select(finding => finding.Subject),
            Is.EqualTo(new[] { GateSubject.Cost, GateSubject.Cost }), "the control cell is not tested");
    }

    [Test]
    public void Write_Regression_IsTheGoldenText()
    {
        var report = Check(current: OtherOutputs(Run(1.1, manifest => WithScores(manifest, RunFixture.CellIds[1], 0.3))));

        Golden.Match(MarkdownGate.Write(report with { Comparison = report.Comparison with { Base = "base", Current = "current" } }),
            "tests", "Bench.Analysis.Tests", "Data", "golden", "gate.md");
    }
}
