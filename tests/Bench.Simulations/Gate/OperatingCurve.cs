using System.Globalization;
using System.Text;
using Bench.Analysis.Comparison;
using Perfolizer.Mathematics.SignificanceTesting.Base;
using Perfolizer.Mathematics.SignificanceTesting.MannWhitney;
using Pragmastat;

namespace Bench.Simulations.Gate;

/// <summary>How often a gate passes a cell, and how often it stops it, at each true ratio.</summary>
/// <param name="Name">The rule, or what is known of how runs differ.</param>
/// <param name="Points">For each true ratio the shares of cells: passed by all checks, a regression by any, and of gates
/// with a regression.</param>
internal sealed record OperatingCurve(
    string Name, IReadOnlyDictionary<double, (double Passed, double Regression, double GatesWithRegression)> Points)
{
    /// <summary>The true ratios that are looked at.</summary>
    public static readonly IReadOnlyList<double> Ratios = [0.98, 1.00, 1.02, 1.049, 1.051, 1.06, 1.08, 1.10];

    /// <summary>The curve of Bench's gate.</summary>
    public static OperatingCurve Of(string name, IReadOnlyList<ComparisonReport> gates) =>
        new(name, Ratios.ToDictionary(ratio => ratio, ratio =>
        {
            var judged = gates.Select(gate => gate.Cells.Where(cell => !cell.IsControl)
                .Select(cell => GateSimulation.Scaled(cell, ratio, gate.Drifts.Any(drift => drift.IsBeyond)).ToList()).ToList()).ToList();
            var cells = judged.SelectMany(gate => gate).ToList();
            return (
                (double)cells.Count(checks => checks.TrueForAll(check => check.IsPassed)) / cells.Count,
                (double)cells.Count(checks => checks.Exists(check => check.Verdict == ComparisonVerdict.Slower)) / cells.Count,
                (double)judged.Count(gate => gate.Exists(checks => checks.Exists(check => check.Verdict == ComparisonVerdict.Slower)))
                / judged.Count);
        }));

    /// <summary>The curve of a rule that calls each cell slower, or fine.</summary>
    public static OperatingCurve Of(
            string name, IReadOnlyList<(DrawnRunPair Pair, int Gate)> cells, Func<double[], double[], double, bool> isSlower) =>
        new(name, Ratios.ToDictionary(ratio => ratio, ratio =>
        {
            var called = cells.Select(cell => (cell.Gate, Slower: isSlower(cell.Pair.Base, cell.Pair.Current, ratio))).ToList();
            var share = (double)called.Count(cell => cell.Slower) / called.Count;
            return (1 - share, share, (double)called.GroupBy(cell => cell.Gate).Count(gate => gate.Any(cell => cell.Slower))
                / called.Select(cell => cell.Gate).Distinct().Count());
        }));

    /// <summary>As most trackers do it: slower if the mean of all iterations grew by more than 5 %.</summary>
    public static bool IsMeanBeyond(double[] baseline, double[] current, double ratio) =>
        ratio * current.Average() / baseline.Average() > 1.05;

    /// <summary>As dotnet/performance's ResultsComparer does it: a Mann–Whitney test of all iterations against 5 %, at 5 %.</summary>
    public static bool IsMannWhitneyBeyond(double[] baseline, double[] current, double ratio) => MannWhitneyTest.Instance.Perform(
        new Sample(Array.ConvertAll(current, time => time * ratio)), new Sample(baseline), AlternativeHypothesis.Greater,
        Perfolizer.Metrology.Threshold.Parse("5%")).PValue < 0.05;

    /// <summary>Writes curves as tables of markdown.</summary>
    public static string Write(IReadOnlyList<OperatingCurve> curves)
    {
        var text = new StringBuilder();
        WriteTable(text, "Cells passed by all checks, in %", curves, point => point.Passed);
        WriteTable(text, "Cells with a regression by any check, in %", curves, point => point.Regression);
        return text.ToString();
    }

    private static void WriteTable(StringBuilder text, string title, IReadOnlyList<OperatingCurve> curves,
        Func<(double Passed, double Regression, double Gates), double> share)
    {
        text.Append(CultureInfo.InvariantCulture, $"{title}:\n\n"
            + $"| true ratio |{string.Concat(Ratios.Select(ratio => string.Create(CultureInfo.InvariantCulture, $" {ratio:0.00#} |")))}\n");
        text.Append("|---|").Append(string.Concat(Ratios.Select(_ => "---:|"))).Append('\n');
        foreach (var curve in curves)
        {
            var shares = Ratios.Select(ratio => string.Create(CultureInfo.InvariantCulture, $" {100 * share(curve.Points[ratio]):0.0} |"));
            text.Append(CultureInfo.InvariantCulture, $"| {curve.Name} |{string.Concat(shares)}\n");
        }

        text.Append('\n');
    }
}

/// <summary>All iterations of a cell in two runs.</summary>
/// <param name="Base">The base's.</param>
/// <param name="Current">The current ones.</param>
internal sealed record DrawnRunPair(double[] Base, double[] Current);
