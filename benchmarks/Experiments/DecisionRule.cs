using Bench.Analysis.Comparison;
using Bench.Analysis.Cost;
using Bench.Analysis.Gate;
using Perfolizer;
using Perfolizer.Mathematics.SignificanceTesting.Base;
using Perfolizer.Mathematics.SignificanceTesting.MannWhitney;

namespace Bench.Benchmarks.Experiments;

/// <summary>A way to decide from two runs which cells have become slower by more than 5 %.</summary>
/// <param name="Name">What it is called in the table.</param>
/// <param name="Decide">Says for every cell whether it is called slower, called fine, or neither.</param>
internal sealed record DecisionRule(string Name, Func<TracedRun, TracedRun, IReadOnlyDictionary<string, Decision>> Decide)
{
    private const double Threshold = 0.05;
    private const double Significance = 0.05;

    private static readonly ComparisonOptions Options = new() { Price = new RunPrice(PriceCatalogue.BuiltIn()) };

    /// <summary>Bench's own gate.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="noise">The machine's noise floor; null without one.</param>
    public static DecisionRule Gate(string name, NoiseFloor? noise) => new(name, (baseline, current) =>
    {
        var report = RegressionGate.Check(SideOf(baseline), SideOf(current), Options, GateRules.Standard, noise);
        return report.Findings.GroupBy(finding => finding.Cell!).ToDictionary(
            cell => cell.Key,
            cell => cell.Max(finding => finding.Outcome) switch
            {
                GateOutcome.Passed => Decision.Fine,
                GateOutcome.Regression => Decision.Slower,
                _ => Decision.Neither,
            });
    });

    /// <summary>As dotnet/performance's ResultsComparer does it: a Mann–Whitney test of all iterations against the threshold, at 5 %.</summary>
    public static DecisionRule MannWhitney() => new("Mann–Whitney on iterations", (baseline, current) => Each(baseline, current, (before, now) =>
        MannWhitneyTest.Instance.Perform(new Sample(now), new Sample(before), AlternativeHypothesis.Greater, Perfolizer.Metrology.Threshold.Parse("5%")).PValue < Significance));

    /// <summary>As most trackers do it.</summary>
    public static DecisionRule RatioOfMeans() => new("ratio of means > 1.05", (baseline, current) => Each(baseline, current, (before, now) => now.Average() / before.Average() > 1 + Threshold));

    /// <summary>The runs of one machine, as the comparison sees them.</summary>
    public static ComparisonSide SideOf(TracedRun run) => new(
        "run",
        [.. run.Cells.Select(cell => new SideBenchmark(cell.Key, string.Empty, cell.Key, cell.Value, LaunchesAreKnown: true, null, null, WasTried: true, null))],
        [],
        null,
        null,
        IsMarkdown: false);

    private static Dictionary<string, Decision> Each(TracedRun baseline, TracedRun current, Func<double[], double[], bool> isSlower) => baseline.Cells.ToDictionary(
        cell => cell.Key,
        cell => isSlower([.. cell.Value.SelectMany(launch => launch)], [.. current.Cells[cell.Key].SelectMany(launch => launch)]) ? Decision.Slower : Decision.Fine);
}

/// <summary>What a rule says of a cell.</summary>
internal enum Decision
{
    Fine,
    Neither,
    Slower,
}
