using Bench.Analysis.Gate;
using Bench.Analysis.Input;
using Bench.Analysis.Tests.Runs;

namespace Bench.Analysis.Tests.Gate;

public class GateRulesTests : GateFixture
{
    [Test]
    public void Check_Rules_HoldForTheCellsThatMatch()
    {
        var rules = Rules("""
            {
              "schemaVersion": 1, "all": { "threshold": "20%" },
              "cells": { "tiny/*": { "threshold": "15%" }, "tiny/ort-cpu/fp16/*": { "threshold": 0.02, "costThreshold": "30%" } }
            }
            """);
        var report = Check(current: Run(1.1), rules: rules);

        Assert.That(Regressions(report), Is.EqualTo(new[]
        {
            (GateSubject.Time, RunFixture.CellIds[1]), (GateSubject.MeanTime, RunFixture.CellIds[1]),
            (GateSubject.P90, RunFixture.CellIds[1]),
        }));
    }

    /// <summary>Who allows more time allows what it costs: a rule of 20 % that fails at 5 % of cost is none.</summary>
    [TestCase("", GateOutcome.Passed)]
    [TestCase(", \"costThreshold\": \"5%\"", GateOutcome.Regression)]
    public void Check_RuleOfTime_HoldsForTheCostToo(string more, GateOutcome outcome) =>
        Assert.That(Check(current: Run(1.1), rules: Rules($$"""{ "schemaVersion": 1, "all": { "threshold": "20%"{{more}} } }""")).Outcome,
            Is.EqualTo(outcome));

    [Test]
    public void Check_RuleOfAllocationsForARunOfBench_IsNoSilentPass()
    {
        var report = Check(rules: Rules("""{ "schemaVersion": 1, "all": { "allocationThreshold": "5%" } }"""));

        Assert.That(report.Outcome, Is.EqualTo(GateOutcome.Invalid));
        Assert.That(report.Findings, Has.Some.Matches<GateFinding>(finding =>
            finding!.Text == "not compared: a rule asks for allocated bytes, and runs of Bench do not tell them; leave allocationThreshold "
                + "out for them."));
    }

    /// <summary>Only the star and the question mark stand for something else than themselves.</summary>
    [TestCase("tiny/ort-cpu/fp??/*", true)]
    [TestCase("tiny/ort-cpu/fp[13]*", false)]
    public void CheckPatterns_OtherSpecialCharacters_StandForThemselves(string pattern, bool matches)
    {
        var rules = Rules($$"""{ "schemaVersion": 1, "cells": { "{{pattern}}": { "threshold": "20%" } } }""");

        Assert.That(() => rules.CheckPatterns(RunFixture.CellIds), matches ? Throws.Nothing : Throws.TypeOf<RunFormatException>());
    }

    [Test]
    public void Check_RuleForNoCell_IsRefused()
    {
        var (from, to) = (Run(1), Run(1));

        Assert.That(
            () => RegressionGate.Check(
                from.Path, to.Path, Options, Rules("""{ "schemaVersion": 1, "cells": { "tinny/*": { "threshold": "20%" } } }"""), null),
            Throws.TypeOf<RunFormatException>().With.Message
                .Contains("'tinny/*' match nothing on either side; expected patterns of whole names such as 'tiny/"));
    }

    /// <summary>What was taken out on purpose stops no gate, on the day or later; what failed does.</summary>
    [Test]
    public void Check_CellThatMayBeMissing_PassesWhereItIsGone()
    {
        var rules = Rules($$"""{ "schemaVersion": 1, "cells": { "{{RunFixture.CellIds[1]}}": { "mayBeMissing": true } } }""");
        var without = Run(1);
        without.WriteManifest(without.ReadManifest() with
        {
            Cells = [.. without.ReadManifest().Cells.Where(cell => cell.Id.ToString() != RunFixture.CellIds[1])],
        });

        var report = Check(current: without, rules: rules);

        Assert.That(Check(current: without).Outcome, Is.EqualTo(GateOutcome.Invalid), "without the rule");
        Assert.That(report.Findings.Single(finding => finding.Cell == RunFixture.CellIds[1]).Text,
            Is.EqualTo("it is gone, and the rules say that it may be."));
        Assert.That(report.Outcome, Is.Not.EqualTo(GateOutcome.Invalid));
        Assert.That(report.Rules.Single(), Does.StartWith($"`{RunFixture.CellIds[1]}`: mayBeMissing true (1 of "));
        Assert.That(() => rules.CheckPatterns(["another"]), Throws.Nothing, "gone on both sides");
    }

    /// <summary>Rules that the README shows are rules.</summary>
    [Test]
    public void Parse_RulesOfTheReadme_AreRead()
    {
        var shown = File.ReadAllText(Repository.File("src", "Bench.Cli", "README.md")).Split('`').Where(
            code => code.StartsWith("{ \"schemaVersion\": 1", StringComparison.Ordinal)).ToList();

        Assert.That(shown.Select(json => Rules(json).Cells.Count), Is.EqualTo(new[] { 1, 1, 2 }));
        Assert.That(Rules(shown[2]).Thresholds("Acme.Json.ParseAsync(N: 1)").Allocation.ToString(), Is.EqualTo("1%"));
    }

    [TestCase("""{ "schemaVersion": 2 }""", "schemaVersion is 2; expected 1")]
    [TestCase("""{ "schemaVersion": 1, "all": { "treshold": 1 } }""",
        "all: there is no 'treshold'; expected some of threshold, throughputThreshold")]
    [TestCase("""{ "schemaVersion": 1, "all": { "threshold": -1 }, "cells": { "a": { "minimumMetric": -2 } } }""",
        "all: threshold is -1; expected a share above 0 and below 10000%, such as \"5%\"; a: minimumMetric is -2")]
    [TestCase("""{ "schemaVersion": 1, "all": { "throughputThreshold": 0 } }""", "all: throughputThreshold is 0; expected a share above 0")]
    [TestCase("""{ "schemaVersion": 1, "all": { "threshold": "5" } }""", "found what are no rules")]
    [TestCase("""{ "schemaVersion": 1, "all": { "threshold": 5 } }""", "5 may mean 5 % or 500 %")]
    [TestCase("""{ "schemaVersion": 1, "cells": { "a": null } }""", "a: is null")]
    [TestCase("""{ "schemaVersion": 1, "cells": { "a": { "threshold": 0.1 }, "a": { "threshold": 0.2 } } }""", "found what are no rules")]
    [TestCase("""{ "schemaVersion": 1, "all": { "allocationThreshold": 64 } }""", "64 may mean bytes or a share")]
    [TestCase("""{ "schemaVersion": 1, "all": { "allocationThreshold": "-5%" } }""", "Expected how much allocations may grow")]
    [TestCase("""{ "schemaVersion": 1, "cels": {} }""", "there is no 'cels'; expected some of $schema, schemaVersion, all, cells")]
    [TestCase("""{ "schemaVersion": 1, "all": { "requireEquivalence": "yes" } }""",
        "all.requireEquivalence: expected another kind of value (line 1)")]
    [TestCase("""{ "schemaVersion": 1, "all": { "mayBeMissing": true } }""", "expected it in rules for named cells alone")]
    [TestCase("[]", "found what are no rules")]
    [TestCase("null", "found what are no rules")]
    [TestCase("", "found what are no rules")]
    public void Parse_FaultyRules_NamesAllFaults(string json, string message) =>
        Assert.That(() => Rules(json), Throws.TypeOf<RunFormatException>().With.Message.Contains(message));
}
