using Bench.Analysis.Comparison;
using Bench.Simulations.Traces;

namespace Bench.Simulations.Gate;

/// <summary>How good the gate is, on runs drawn from recorded ones. What is required is asserted;
/// the tables beside it are in README.md.</summary>
public class GateCurveTests
{
    private const int Seed = 1910;
    private static readonly NoiseModel Quiet = NoiseModel.Fit(
        NoiseTraces.Read(Repository.File("tests", "Bench.Simulations", "Traces", "traces.json")));

    /// <summary>Required on the quiet traces with 20 launches: the error at the threshold, what passes unchanged, and what is
    /// caught at 10 %.</summary>
    [Long]
    [TestCase("Control", 0)]
    [TestCase("Control", 0.004)]
    [TestCase("Pairing", 0)]
    [TestCase("Pairing", 0.004)]
    public void Gate_TwentyLaunchesOfQuietTraces_KeepsWhatItPromises(string known, double own)
    {
        var curve = Curve(Quiet, Enum.Parse<KnownBy>(known), own, 20, 1500);
        TestContext.Progress.WriteLine(OperatingCurve.Write([curve]));

        // Two standard errors of the simulation beside each promise.
        double Error(double share, int count) => 2 * Math.Sqrt(share * (1 - share) / count);
        var cells = 1500 * GateSimulation.Cells;
        Assert.Multiple(() =>
        {
            Assert.That(curve.Points[1.051].Passed, Is.AtMost(0.025 + Error(0.025, cells)), "passed at 1.051");
            Assert.That(curve.Points[1.049].Regression, Is.AtMost(0.025 + Error(0.025, cells)), "a regression at 1.049");
            Assert.That(curve.Points[1.00].Passed, Is.AtLeast(0.85 - Error(0.85, cells)), "passed at 1.00 by all checks together");
            Assert.That(curve.Points[1.00].GatesWithRegression, Is.AtMost(0.01), "gates of eight cells with a regression at 1.00");
            Assert.That(curve.Points[1.10].Regression, Is.AtLeast(0.95), "a regression by any check at 1.10");
        });
    }

    /// <summary>The same in seconds, so that every test run would notice a judge that promises something else.</summary>
    [TestCase("Control")]
    [TestCase("Pairing")]
    public void Gate_AFewRuns_KeepsWhatItPromises(string known)
    {
        var curve = Curve(Quiet, Enum.Parse<KnownBy>(known), 0.004, 20, 60);

        Assert.Multiple(() =>
        {
            Assert.That(curve.Points[1.051].Passed, Is.AtMost(0.05));
            Assert.That(curve.Points[1.049].Regression, Is.AtMost(0.05));
            Assert.That(curve.Points[1.00].Passed, Is.AtLeast(0.78));
            Assert.That(curve.Points[1.10].Regression, Is.AtLeast(0.95));
        });
    }

    /// <summary>Without evidence of how runs differ nothing passes, and a growth by half is a regression all the same.</summary>
    [Test]
    public void Gate_NothingKnown_PassesNothing()
    {
        var gates = new GateSimulation(Quiet, KnownBy.Nothing, 0.004, 20).Run(60, Seed).Select(gate => gate.Report).ToList();
        var cells = gates.SelectMany(gate => gate.Cells).ToList();

        Assert.That(cells.SelectMany(cell => cell.Checks).Any(check => check.IsPassed), Is.False);
        Assert.That(cells.Count(cell => GateSimulation.Scaled(cell, 1.5, false).Any(check => check.Verdict == ComparisonVerdict.Slower)),
            Is.EqualTo(cells.Count));
    }

    /// <summary>The tables of README.md: every kind of evidence, other traces, and what others do.</summary>
    [Long]
    [Test]
    public void Curves_OfAllRules_StandInTheReadme()
    {
        const int Gates = 500;
        var busy = NoiseModel.Fit(NoiseTraces.Read(Repository.File("tests", "Bench.Simulations", "Traces", "traces-busy.json")));
        foreach (var (model, own, launches, name) in new[] { (Quiet, 0.004, 20, "quiet"), (busy, 0.004, 20, "busy") })
        {
            List<OperatingCurve> curves =
            [
                Curve(model, KnownBy.Control, own, launches, Gates, "`bench gate --control`"),
                Curve(model, KnownBy.Pairing, own, launches, Gates, "`bench gate --base-cell --current-cell`"),
                Curve(model, KnownBy.NoiseFile, own, launches, Gates / 2, "`bench gate --noise` of 8 runs"),
                Curve(model, KnownBy.Nothing, own, launches, Gates, "`bench gate`, nothing known"),
                .. Rivals(model, own, launches, 250),
            ];
            Golden.Match(OperatingCurve.Write(curves), "tests", "Bench.Simulations", "Gate", $"curves-{name}.md");
        }
    }

    private static OperatingCurve Curve(NoiseModel model, KnownBy known, double own, int launches, int gates, string? name = null) =>
        OperatingCurve.Of(
            name ?? known.ToString(), [.. new GateSimulation(model, known, own, launches).Run(gates, Seed).Select(gate => gate.Report)]);

    private static IEnumerable<OperatingCurve> Rivals(NoiseModel model, double own, int launches, int gates)
    {
        List<(DrawnRunPair Pair, int Gate)> cells =
        [
            .. new GateSimulation(model, KnownBy.Nothing, own, launches).Run(gates, Seed).SelectMany((gate, i) =>
                gate.Base.Cells.Zip(gate.Current.Cells, (before, now) =>
                    (new DrawnRunPair([.. before.SelectMany(launch => launch)], [.. now.SelectMany(launch => launch)]), i))),
        ];
        return [OperatingCurve.Of("ratio of means > 1.05", cells, OperatingCurve.IsMeanBeyond),
            OperatingCurve.Of("Mann–Whitney on iterations", cells, OperatingCurve.IsMannWhitneyBeyond)];
    }
}
