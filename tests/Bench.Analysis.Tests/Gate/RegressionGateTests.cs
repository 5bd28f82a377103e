using System.Text;
using Bench.Analysis.Comparison;
using Bench.Analysis.Cost;
using Bench.Analysis.Gate;
using Bench.Analysis.Runs;
using Bench.Analysis.Tests.Runs;
using Bench.Arrays.Npy;

namespace Bench.Analysis.Tests.Gate;

public class RegressionGateTests
{
    private static readonly ComparisonOptions Options = new() { Price = new RunPrice(PriceCatalogue.BuiltIn()) };

    [TestCase(1.00, GateOutcome.Passed)]
    [TestCase(0.70, GateOutcome.Passed)]
    [TestCase(1.03, GateOutcome.Passed)]
    [TestCase(1.05, GateOutcome.Inconclusive)]
    [TestCase(1.10, GateOutcome.Regression)]
    public void Check_TimeThatGrew_GivesTheOutcome(double factor, GateOutcome outcome)
    {
        var report = Check(current: Run(factor));

        Assert.That(report.Outcome, Is.EqualTo(outcome), MarkdownGate.Write(report));
    }

    /// <summary>Two launches (the smoke profile) can be so far apart that nothing is shown.</summary>
    [Test]
    public void Check_FewScatteredLaunches_IsInconclusive() => Assert.That(Check(Fixture(2, 0.5, 1), Fixture(2, 0.5, 1)).Outcome, Is.EqualTo(GateOutcome.Inconclusive));

    [Test]
    public void Check_CellThatIsGone_IsInvalidEvenIfAnotherRegressed()
    {
        var report = Check(current: Run(1.2, manifest => manifest with { Cells = [.. manifest.Cells.Skip(1)] }));

        Assert.That(report.Outcome, Is.EqualTo(GateOutcome.Invalid));
        Assert.That(report.Findings, Has.Some.Matches<GateFinding>(finding => finding.Subject == GateSubject.Presence && finding.Cell == RunFixture.CellIds[0]));
        Assert.That(report.Findings, Has.Some.Matches<GateFinding>(finding => finding.Outcome == GateOutcome.Regression));
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
            "other threads" => manifest with { Cells = [.. manifest.Cells.Select(cell => cell.Threads is null ? cell : cell with { Threads = 7 })] },
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
            "engine" => manifest with { Cells = [.. manifest.Cells.Select(cell => cell.Engine is null ? cell : cell with { Engine = "onnxruntime 9.9" })] },
            "driver" => manifest with { Machine = manifest.Machine with { Gpus = [new GpuFacts("Test GPU", "9.9")] } },
            _ => manifest with { Models = [manifest.Models[0] with { Files = new Dictionary<string, FileFacts> { ["fp32"] = new(new string('f', 64), 1000), ["fp16"] = new(new string('b', 64), 500) } }] },
        }));

        Assert.That(report.Outcome, Is.EqualTo(GateOutcome.Passed));
        Assert.That(report.Comparison.Differences, Is.Not.Empty);
    }

    [Test]
    public void Check_LargerModel_IsARegression()
    {
        var report = Check(current: Run(1, manifest => manifest with
        {
            Models = [manifest.Models[0] with { Files = new Dictionary<string, FileFacts> { ["fp32"] = new(new string('a', 64), 1020), ["fp16"] = new(new string('b', 64), 500) } }],
        }));

        Assert.That(Regressions(report), Is.EqualTo(new[] { (GateSubject.Size, RunFixture.CellIds[0]), (GateSubject.Size, RunFixture.CellIds[2]) }));
    }

    [Test]
    public void Check_OutputsThatDiffer_AreARegression()
    {
        var report = Check(current: OtherOutputs(Run(1, manifest => WithScores(manifest, RunFixture.CellIds[1], 0.3))));

        Assert.That(Regressions(report), Does.Contain((GateSubject.Outputs, RunFixture.CellIds[1])));
    }

    [Test]
    public void Check_AccuracyThatFell_IsARegression()
    {
        var report = Check(current: Run(1, manifest => manifest with
        {
            Cells = [.. manifest.Cells.Select((cell, i) => i == 0 ? cell with { TaskMetric = cell.TaskMetric! with { Value = cell.TaskMetric.Value - 0.011 } } : cell)],
        }));

        Assert.That(Regressions(report), Is.EqualTo(new[] { (GateSubject.Metric, RunFixture.CellIds[0]) }));
    }

    [Test]
    public void Check_ControlThatChanged_IsInvalid()
    {
        var options = Options with { Control = "tiny/ort-cpu-unoptimized/*" };
        GateReport With(RunFolder current) => RegressionGate.Check(Run(1).Path, current.Path, options, GateRules.Standard, null);

        Assert.That(With(Run(1)).Outcome, Is.EqualTo(GateOutcome.Passed));
        var report = With(Run(1, manifest => manifest with { Cells = [.. manifest.Cells.Select(cell => cell.Engine is null ? cell : cell with { Engine = "onnxruntime 9.9" })] }));
        Assert.That(report.Outcome, Is.EqualTo(GateOutcome.Invalid), MarkdownGate.Write(report));
        Assert.That(With(Run(1, manifest => manifest with { Cells = [.. manifest.Cells.Select(cell => cell with { SlowedDownBy = 0.1 })] })).Outcome, Is.EqualTo(GateOutcome.Invalid));
    }

    [Test]
    public void Check_SlowedBase_IsInvalid() =>
        Assert.That(Check(baseline: Run(1, manifest => manifest with { Cells = [.. manifest.Cells.Select(cell => cell with { SlowedDownBy = 0.1 })] })).Outcome, Is.EqualTo(GateOutcome.Invalid));

    [Test]
    public void Check_OutputsThatCannotBePaired_AreInvalidUnlessTheRulesSaySo()
    {
        RunFolder OtherShape()
        {
            var run = Run(1);
            NpyArray.FromSingles(new float[24], 8, 3).Write(Path.Combine(run.Path, RunFolder.OutputsOf(RunFixture.CellIds[1])));
            return run;
        }

        Assert.That(Check(current: OtherShape()).Outcome, Is.EqualTo(GateOutcome.Invalid));
        Assert.That(Check(current: OtherShape(), rules: Rules("""{ "schemaVersion": 1, "all": { "requireEquivalence": false } }""")).Outcome, Is.EqualTo(GateOutcome.Passed));
        Assert.That(Check(current: Run(1, manifest => manifest with { Cells = [.. manifest.Cells.Select(cell => cell with { Outputs = null })] })).Outcome, Is.EqualTo(GateOutcome.Invalid));
    }

    /// <summary>Whoever changes a model must not widen its margin with the same change.</summary>
    [Test]
    public void Check_WiderMarginInTheCurrentRun_ChangesNothing()
    {
        var report = Check(current: OtherOutputs(Run(1, manifest => WithScores(manifest, RunFixture.CellIds[1], 0.3) with { Models = [manifest.Models[0] with { EquivalenceMargin = 0.9 }] })));

        Assert.That(Regressions(report), Does.Contain((GateSubject.Outputs, RunFixture.CellIds[1])));
        Assert.That(report.Comparison.Differences.Select(difference => difference.Name), Does.Contain("equivalence margin"));
    }

    [Test]
    public void Check_MinimumMetric_HoldsWhateverTheBaseHas() =>
        Assert.That(Regressions(Check(rules: Rules("""{ "schemaVersion": 1, "all": { "minimumMetric": 0.9 } }"""))), Is.EqualTo(new[] { (GateSubject.Metric, RunFixture.CellIds[1]) }));

    [Test]
    public void Check_NewCellThatFails_IsInvalid() => Assert.That(
        Check(current: Run(1, manifest => manifest with { Cells = [.. manifest.Cells, manifest.Cells[4] with { Id = "tiny/new/fp32/linux-x64" }] })).Outcome, Is.EqualTo(GateOutcome.Invalid));

    [Test]
    public void Check_OneLaunchOutOfTen_DoesNotDecideTheCost()
    {
        var (from, to) = (Fixture(10, 0.01, 1), Fixture(10, 0.01, 1));
        var export = Directory.GetFiles(to.BenchmarkDotNetPath).Single();
        var json = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(export))!;
        foreach (var measurement in json["Benchmarks"]![0]!["Measurements"]!.AsArray())
        {
            measurement!["Nanoseconds"] = measurement["Nanoseconds"]!.GetValue<double>() * 3;
        }

        File.WriteAllText(export, json.ToJsonString());

        Assert.That(Check(from, to).Outcome, Is.EqualTo(GateOutcome.Passed));
    }

    [Test]
    public void Check_DearerMachine_IsARegressionOfCost()
    {
        var report = Check(current: Run(1, manifest => manifest with { UsdPerHour = 0.40 }));

        Assert.That(Regressions(report).Select(finding => finding.Subject), Is.EqualTo(new[] { GateSubject.Cost, GateSubject.Cost, GateSubject.Cost }));
    }

    [Test]
    public void Check_Rules_HoldForTheCellsThatMatch()
    {
        var rules = Rules("""{ "schemaVersion": 1, "all": { "threshold": "20%", "costThreshold": "20%" }, "cells": { "tiny/*": { "threshold": "15%" }, "tiny/ort-cpu/*": { "threshold": 0.02 } } }""");
        var report = Check(current: Run(1.1), rules: rules);

        Assert.That(Regressions(report), Is.EqualTo(new[]
        {
            (GateSubject.Time, RunFixture.CellIds[0]), (GateSubject.Time, RunFixture.CellIds[1]),
        }));
    }

    [Test]
    public void Check_RuleForNoCell_IsRefused()
    {
        var (from, to) = (Run(1), Run(1));

        Assert.That(
            () => RegressionGate.Check(from.Path, to.Path, Options, Rules("""{ "schemaVersion": 1, "cells": { "tinny/*": { "threshold": "20%" } } }"""), null),
            Throws.TypeOf<RunFormatException>().With.Message.Contains("'tinny/*' match no cell"));
    }

    [Test]
    public void Check_ChangeBelowTheNoiseFloor_IsNeverClaimed()
    {
        using var temporary = new TemporaryFolder();
        var noise = NoiseFloor.Calibrate([Run(1).Path, Run(1.03).Path, Run(0.97).Path, Run(1.02).Path], Options);
        var path = Path.Combine(temporary.Path, "noise.json");
        File.WriteAllText(path, noise.ToJson());

        // Deviation of the logarithms times Student's 3.18 with 3 degrees of freedom times √2.
        Assert.That(noise.Cells[RunFixture.CellIds[0]].Median, Is.EqualTo(0.128).Within(0.005));
        Assert.That(Check(current: Run(1.1)).Outcome, Is.EqualTo(GateOutcome.Regression));
        Assert.That(Check(current: Run(1.1), noise: path).Outcome, Is.EqualTo(GateOutcome.Inconclusive), "noise is no reason to pass either");
        Assert.That(Check(current: Run(1.03), noise: path).Outcome, Is.EqualTo(GateOutcome.Passed));
        Assert.That(Check(current: Run(1.2), noise: path).Outcome, Is.EqualTo(GateOutcome.Regression));
    }

    [Test]
    public void Calibrate_OtherMachineOrCode_IsRefused()
    {
        Assert.That(
            () => NoiseFloor.Calibrate([Run(1).Path, Run(1, manifest => manifest with { Machine = manifest.Machine with { LogicalCores = 64 } }).Path], Options),
            Throws.TypeOf<RunFormatException>().With.Message.Contains("logical cores is 64 and 8"));
        Assert.That(
            () => NoiseFloor.Calibrate([Run(1).Path, Run(1, manifest => manifest with { Cells = [.. manifest.Cells.Select(cell => cell with { SlowedDownBy = 0.1 })] }).Path], Options),
            Throws.TypeOf<RunFormatException>().With.Message.Contains("slow-down on purpose"));
        Assert.That(() => NoiseFloor.Calibrate([Run(1).Path], Options), Throws.ArgumentException);
    }

    [Test]
    public void Check_NoiseFloorOfAnotherMachine_IsRefused()
    {
        using var temporary = new TemporaryFolder();
        var path = Path.Combine(temporary.Path, "noise.json");
        File.WriteAllText(path, NoiseFloor.Calibrate([Run(1).Path, Run(1).Path], Options).ToJson().Replace("Test CPU 3.0", "Abacus", StringComparison.Ordinal));

        Assert.That(() => Check(noise: path), Throws.TypeOf<RunFormatException>().With.Message.Contains("processor is Abacus there"));
    }

    [TestCase("""{ "schemaVersion": 2 }""", "schemaVersion is 2; expected 1")]
    [TestCase("""{ "schemaVersion": 1, "all": { "treshold": 1 } }""", "treshold")]
    [TestCase("""{ "schemaVersion": 1, "all": { "threshold": -1 }, "cells": { "a": { "minimumMetric": -2 } } }""", "all: threshold is -1; expected a share above 0, such as \"5%\"; a: minimumMetric is -2")]
    [TestCase("""{ "schemaVersion": 1, "all": { "threshold": "5" } }""", "found what are no rules")]
    [TestCase("""{ "schemaVersion": 1, "all": { "threshold": 5 } }""", "5 may mean 5 % or 500 %")]
    [TestCase("""{ "schemaVersion": 1, "cells": { "a": null } }""", "a: is null")]
    [TestCase("[]", "found what are no rules")]
    [TestCase("null", "found what are no rules")]
    [TestCase("", "found what are no rules")]
    public void Parse_FaultyRules_NamesAllFaults(string json, string message) => Assert.That(() => Rules(json), Throws.TypeOf<RunFormatException>().With.Message.Contains(message));

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
        ReferenceRun.Replace(reference, first, TimeProvider.System);
        ReferenceRun.Replace(reference, second, TimeProvider.System);

        Assert.That(reference.ReadManifest().Id, Is.EqualTo("second"));
        Assert.That(File.ReadAllText(Path.Combine(reference.Path, "accepted.json")), Does.Contain("\"run\": \"second\"").And.Contains($"\"replaced\": \"{RunFixture.Id}\""));
        Assert.That(Directory.GetDirectories(temporary.Path), Has.Length.EqualTo(1));
        Assert.That(Comparer.Compare(reference.Path, second.Path, Options).Cells, Has.Count.EqualTo(3));
    }

    [Test]
    public void Write_Regression_IsTheGoldenText()
    {
        var report = Check(current: OtherOutputs(Run(1.1, manifest => WithScores(manifest, RunFixture.CellIds[1], 0.3))));

        Golden.Match(MarkdownGate.Write(report with { Comparison = report.Comparison with { Base = "base", Current = "current" } }), "tests", "Bench.Analysis.Tests", "Data", "golden", "gate.md");
    }

    private static IEnumerable<(GateSubject Subject, string? Cell)> Regressions(GateReport report) =>
        report.Findings.Where(finding => finding.Outcome == GateOutcome.Regression).Select(finding => (finding.Subject, finding.Cell));

    private static RunManifest WithScores(RunManifest manifest, string cell, double graded) => manifest with
    {
        Cells = [.. manifest.Cells.Select(found => found.Id == cell ? found with { TaskMetric = found.TaskMetric! with { Graded = [.. found.TaskMetric.Graded.Select(score => score - graded)] } } : found)],
    };

    private static RunFolder OtherOutputs(RunFolder run)
    {
        NpyArray.FromSingles(new float[16], 8, 2).Write(Path.Combine(run.Path, RunFolder.OutputsOf(RunFixture.CellIds[1])));
        return run;
    }

    private static RunManifest WithoutFailures(RunManifest manifest) => manifest with { Cells = [.. manifest.Cells.Where(cell => cell.Status != CellStatus.Failed)] };

    private static GateRules Rules(string json) => GateRules.Parse(Encoding.UTF8.GetBytes(json), "rules.json");

    private static GateReport Check(RunFolder? baseline = null, RunFolder? current = null, GateRules? rules = null, string? noise = null) =>
        RegressionGate.Check((baseline ?? Run(1)).Path, (current ?? Run(1)).Path, Options, rules ?? GateRules.Standard, noise);

    private static RunFolder Run(double factor, Func<RunManifest, RunManifest>? change = null) => Fixture(6, 0.01, factor, change);

    private static RunFolder Fixture(int launches, double stepMs, double factor, Func<RunManifest, RunManifest>? change = null) =>
        RunFixture.Create(Path.Combine(TestContext.CurrentContext.WorkDirectory, "gate-runs", Guid.NewGuid().ToString("N")), launches, stepMs, factor, change);

    [OneTimeTearDown]
    public void Clean()
    {
        var folder = Path.Combine(TestContext.CurrentContext.WorkDirectory, "gate-runs");
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
