using Bench.Analysis.Comparison;
using Bench.Analysis.Cost;
using Bench.Analysis.Gate;
using MathNet.Numerics.Statistics;
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

    /// <summary>How the gate compares, without control cells and with them.</summary>
    public static ComparisonOptions Options(Control control) => new() { Price = new RunPrice(PriceCatalogue.BuiltIn()), Control = control.IsUsed ? control.Pattern : null };

    /// <summary>Whether a cell is one that cannot have changed.</summary>
    public static bool IsControl(string cell, string pattern) => CellPattern.Matches(pattern, cell);

    /// <summary>Bench's own gate.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="control">The control cells, and whether they are used.</param>
    /// <param name="noise">The machine's noise floor, from runs that are neither of the two; null without one.</param>
    public static DecisionRule Gate(string name, Control control, Func<TracedRun, TracedRun, NoiseFloor>? noise) => new(name, (baseline, current) =>
    {
        var report = RegressionGate.Check(SideOf(baseline), SideOf(current), Options(control), GateRules.Standard, noise?.Invoke(baseline, current));
        return report.Findings.Where(finding => !IsControl(finding.Cell!, control.Pattern)).GroupBy(finding => finding.Cell!).ToDictionary(
            cell => cell.Key,
            cell => cell.Max(finding => finding.Outcome) switch
            {
                GateOutcome.Passed => Decision.Fine,
                GateOutcome.Regression => Decision.Slower,
                _ => Decision.Neither,
            });
    });

    /// <summary>As dotnet/performance's ResultsComparer does it: a Mann–Whitney test of all iterations against the threshold, at 5 %.</summary>
    /// <param name="control">The control cells, and whether they are used as the gate uses them.</param>
    public static DecisionRule MannWhitney(Control control) => new($"Mann–Whitney on iterations{With(control)}", (baseline, current) => Each(baseline, current, control, (before, now) =>
        MannWhitneyTest.Instance.Perform(new Sample(now), new Sample(before), AlternativeHypothesis.Greater, Perfolizer.Metrology.Threshold.Parse("5%")).PValue < Significance));

    /// <summary>As most trackers do it.</summary>
    /// <param name="control">The control cells, and whether they are used as the gate uses them.</param>
    public static DecisionRule RatioOfMeans(Control control) =>
        new($"ratio of means > 1.05{With(control)}", (baseline, current) => Each(baseline, current, control, (before, now) => now.Average() / before.Average() > 1 + Threshold));

    private static string With(Control control) => control.IsUsed ? ", with control" : string.Empty;

    /// <summary>The runs of one machine, as the comparison sees them.</summary>
    public static ComparisonSide SideOf(TracedRun run) => new(
        "run",
        [.. run.Cells.Select(cell => new SideBenchmark(cell.Key, string.Empty, cell.Key, cell.Value, null, null, WasTried: true, null))],
        [],
        null,
        null,
        IsMarkdown: false);

    private static Dictionary<string, Decision> Each(TracedRun baseline, TracedRun current, Control control, Func<double[], double[], bool> isSlower)
    {
        var (before, now) = (Latencies(baseline, control), Latencies(current, control));
        return before.ToDictionary(cell => cell.Key, cell => isSlower(cell.Value, now[cell.Key]) ? Decision.Slower : Decision.Fine);
    }

    /// <summary>All latencies of the tested cells, each over what the control cells took in its round.</summary>
    private static Dictionary<string, double[]> Latencies(TracedRun run, Control control)
    {
        var controls = run.Cells.Where(cell => IsControl(cell.Key, control.Pattern)).Select(cell => Array.ConvertAll(cell.Value, launch => Math.Log(launch.Median()))).ToList();
        double Level(int round) => control.IsUsed ? Math.Exp(controls.Average(launches => launches[round])) : 1;
        return run.Cells.Where(cell => !IsControl(cell.Key, control.Pattern)).ToDictionary(
            cell => cell.Key, cell => cell.Value.SelectMany((launch, round) => launch.Select(latency => latency / Level(round))).ToArray());
    }
}

/// <summary>The cells that cannot have changed.</summary>
/// <param name="Pattern">The pattern of their names.</param>
/// <param name="IsUsed">Whether a rule takes them out of the others; they are never judged themselves.</param>
internal sealed record Control(string Pattern, bool IsUsed);

/// <summary>What a rule says of a cell.</summary>
internal enum Decision
{
    Fine,
    Neither,
    Slower,
}
