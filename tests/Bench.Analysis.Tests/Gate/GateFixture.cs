using System.Text;
using Bench.Analysis.Comparison;
using Bench.Analysis.Cost;
using Bench.Analysis.Gate;
using Bench.Analysis.Runs;
using Bench.Analysis.Tests.Runs;

namespace Bench.Analysis.Tests.Gate;

/// <summary>Run folders for tests of the gate, deleted after them.</summary>
public abstract class GateFixture
{
    private readonly TemporaryFolder _folder = new();
    private int _runs;

    protected static ComparisonOptions Options { get; } = new() { Price = new RunPrice(PriceCatalogue.BuiltIn()) };

    [OneTimeTearDown]
    public void DeleteRuns() => _folder.Dispose();

    protected static GateRules Rules(string json) => GateRules.Parse(Encoding.UTF8.GetBytes(json), "rules.json");

    protected static IEnumerable<(GateSubject Subject, string? Cell)> Regressions(GateReport report) =>
        report.Findings.Where(finding => finding.Outcome == GateOutcome.Regression).Select(finding => (finding.Subject, finding.Cell));

    protected GateReport Check(RunFolder? baseline = null, RunFolder? current = null, GateRules? rules = null, string? noise = null) =>
        RegressionGate.Check((baseline ?? Run(1)).Path, (current ?? Run(1)).Path, Options, rules ?? GateRules.Standard, noise);

    /// <summary>A run of six launches, all times multiplied by a factor.</summary>
    protected RunFolder Run(double factor, Func<RunManifest, RunManifest>? change = null) => Fixture(6, 0.01, factor, change);

    protected RunFolder Fixture(int launches, double stepMs, double factor, Func<RunManifest, RunManifest>? change = null) =>
        RunFixture.Create(_folder.File($"run{++_runs}"), launches, stepMs, factor, change);
}
