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

    /// <summary>With a control cell: without any evidence of how runs differ nothing passes.</summary>
    protected static ComparisonOptions Options { get; } =
        new() { Price = new RunPrice(PriceCatalogue.BuiltIn()), Control = "tiny/ort-cpu-unoptimized/*" };

    protected static ComparisonOptions WithoutControl { get; } = Options with { Control = null };

    [OneTimeTearDown]
    public void DeleteRuns() => _folder.Dispose();

    protected static GateRules Rules(string json) => GateRules.Parse(Encoding.UTF8.GetBytes(json), "rules.json");

    protected static IEnumerable<(GateSubject Subject, string? Cell)> Regressions(GateReport report) =>
        report.Findings.Where(finding => finding.Outcome == GateOutcome.Regression).Select(finding => (finding.Subject, finding.Cell));

    protected GateReport Check(RunFolder? baseline = null, RunFolder? current = null, GateRules? rules = null, string? noise = null,
        ComparisonOptions? options = null) =>
            RegressionGate.Check(
                (baseline ?? Run(1)).Path, (current ?? Run(1)).Path, options ?? Options, rules ?? GateRules.Standard, noise);

    /// <summary>A run of six launches, all times but those of the control cell multiplied by a factor.</summary>
    protected RunFolder Run(double factor, Func<RunManifest, RunManifest>? change = null) => Fixture(6, 0.01, factor, change);

    /// <summary>A run of six launches, all times multiplied by a factor: as if the whole machine were faster or slower.</summary>
    protected RunFolder Everywhere(double factor) =>
        RunFixture.Create(_folder.File($"run{++_runs}"), 6, 0.01, factor, manifest => manifest with { Id = $"run {_runs}" });

    protected RunFolder Fixture(int launches, double stepMs, double factor, Func<RunManifest, RunManifest>? change = null) =>
        RunFixture.Create(_folder.File($"run{++_runs}"), launches, stepMs, factor, change, controlFactor: 1);
}
