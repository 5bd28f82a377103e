using System.Text;
using Bench.Analysis.Comparison;
using Bench.Analysis.Cost;
using Bench.Analysis.Gate;

namespace Bench.Analysis.Tests.Gate;

/// <summary>Gates of other projects' benchmarks, whose times do not change and whose allocations do.</summary>
public class AllocationGateTests
{
    private static readonly ComparisonOptions Options = new() { Price = new RunPrice(PriceCatalogue.BuiltIn()) };

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [TestCase(100, 100, GateOutcome.Passed)]
    [TestCase(100, 90, GateOutcome.Passed)]
    [TestCase(100, 101, GateOutcome.Regression)]
    [TestCase(0, 24, GateOutcome.Regression)]
    public void Check_AllocatedBytes_AreGatedExactlyByDefault(int before, int now, GateOutcome outcome)
    {
        var report = Check(Side("base", before), Side("current", now));

        Assert.That(report.Outcome, Is.EqualTo(outcome), MarkdownGate.Write(report));
        Assert.That(report.Findings.Single(finding => finding is { Subject: GateSubject.Allocated, Cell: "Acme.X.A" }).Outcome,
            Is.EqualTo(outcome));
    }

    [TestCase("\"5%\"", 105, GateOutcome.Passed)]
    [TestCase("\"5%\"", 106, GateOutcome.Regression)]
    [TestCase("0.05", 105, GateOutcome.Passed)]
    [TestCase("\"64 B\"", 164, GateOutcome.Passed)]
    [TestCase("\"64 B\"", 165, GateOutcome.Regression)]
    [TestCase("0", 101, GateOutcome.Regression)]
    [TestCase("\"any\"", 1000, GateOutcome.Passed)]
    public void Check_Rule_AllowsThatMuchForTheBenchmarksItMatches(string threshold, int now, GateOutcome outcome)
    {
        var rules = $$"""{ "schemaVersion": 1, "cells": { "*.X.A": { "allocationThreshold": {{threshold}} } } }""";

        Assert.That(Check(Side("base", 100), Side("current", now), rules).Outcome, Is.EqualTo(outcome));
        Assert.That(Check(Side("base2", 100), Side("current2", now), rules.Replace("*.X.A", "*.X.*", StringComparison.Ordinal)).Outcome,
            Is.EqualTo(outcome));
    }

    /// <summary>What the base measured and the current side does not is no pass; what only the current side measures is new.</summary>
    [TestCase(100, null, null, GateOutcome.Inconclusive)]
    [TestCase(null, 100, null, GateOutcome.Passed)]
    [TestCase(null, null, null, GateOutcome.Passed)]
    [TestCase(100, null, "\"0\"", GateOutcome.Invalid)]
    [TestCase(null, 100, "\"5%\"", GateOutcome.Invalid)]
    [TestCase(null, null, "\"64 B\"", GateOutcome.Invalid)]
    [TestCase(100, null, "\"any\"", GateOutcome.Passed)]
    public void Check_OneSideOnly_IsSaidAndNoSilentPassWhereARuleAsks(int? before, int? now, string? threshold, GateOutcome outcome)
    {
        var rules = threshold is null ? null : $$"""{ "schemaVersion": 1, "all": { "allocationThreshold": {{threshold}} } }""";
        var report = Check(Side("base", before), Side("current", now), rules);

        Assert.That(report.Outcome, Is.EqualTo(outcome), MarkdownGate.Write(report));
        Assert.That(MarkdownGate.Write(report), before is null && now is null && threshold is null ? Does.Not.Contain("llocated")
            : Does.Contain("not compared"));
    }

    [Test]
    public void Write_MoreAllocated_IsTheGoldenText()
    {
        var report = Check(Side("base", 100, gen0: 40), Side("current", 172, gen0: 69));
        report = report with { Comparison = report.Comparison with { Base = "base", Current = "current" } };

        Golden.Match(MarkdownGate.Write(report), "tests", "Bench.Analysis.Tests", "Data", "golden", "gate-allocated.md");
        Golden.Match(JsonComparison.Write(report.Comparison), "tests", "Bench.Analysis.Tests", "Data", "golden",
            "comparison-allocated.json");
    }

    /// <summary>A noise file of eight very quiet runs, so that times pass.</summary>
    private GateReport Check(string baseline, string current, string? rules = null)
    {
        var noise = _folder.Write("noise.json", ExportText.QuietNoise("Acme.X.A", "Acme.X.B"));
        var given = rules is null ? GateRules.Standard : GateRules.Parse(Encoding.UTF8.GetBytes(rules), "rules.json");
        return RegressionGate.Check(baseline, current, Options, given, noise);
    }

    private string Side(string name, int? bytes, int gen0 = 0) => _folder.Write(
        $"{name}.json",
        ExportText.Of(
            new ExportText.Benchmark("Acme.X.A", Bytes: bytes, Gen0: gen0),
            new ExportText.Benchmark("Acme.X.B", Bytes: bytes is null ? null : 8)));
}
