using Bench.Analysis.Gate;
using Bench.Analysis.Runs;
using Bench.Analysis.Tests.Runs;

namespace Bench.Analysis.Tests.Gate;

public class GateRulesTests : GateFixture
{
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
}
