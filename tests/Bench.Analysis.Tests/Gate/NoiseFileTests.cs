using Bench.Analysis.Comparison;
using Bench.Analysis.Gate;
using Bench.Analysis.Input;
using Bench.Analysis.Runs;
using Bench.Analysis.Tests.Runs;

namespace Bench.Analysis.Tests.Gate;

public class NoiseFileTests : GateFixture
{
    private static readonly string[] ThreeCells = RunFixture.CellIds[..3];

    /// <summary>Four runs of the same code at 1, 1.03, 0.97 and 1.02: what they differ by is in the interval of the
    /// next comparison.</summary>
    [TestCase(1.03, GateOutcome.Inconclusive)]
    [TestCase(1.10, GateOutcome.Inconclusive)]
    [TestCase(1.30, GateOutcome.Regression)]
    public void Check_NoiseOfRuns_IsInTheInterval(double factor, GateOutcome outcome)
    {
        using var temporary = new TemporaryFolder();
        var noise = NoiseCalibration.Of([AllCells(1), AllCells(1.03), AllCells(0.97), AllCells(1.02)], WithoutControl);
        var path = Write(temporary, noise);

        // The standard deviation of the four logarithms.
        Assert.That(Math.Sqrt(noise.Cells[RunFixture.CellIds[0]].Alone.Total), Is.EqualTo(0.0266).Within(0.0005));
        Assert.That(Check(new RunFolder(AllCells(1)), new RunFolder(AllCells(factor)), noise: path, options: WithoutControl).Outcome,
            Is.EqualTo(outcome));
    }

    [Test]
    public void Check_QuietNoiseFile_LetsEqualRunsPass()
    {
        using var temporary = new TemporaryFolder();
        var path = Write(temporary, NoiseCalibration.Of([AllCells(1), AllCells(1.002), AllCells(0.999), AllCells(1.001)], WithoutControl));
        GateOutcome With(double factor) =>
            Check(new RunFolder(AllCells(1)), new RunFolder(AllCells(factor)), noise: path, options: WithoutControl).Outcome;

        Assert.That((With(1), With(1.03), With(1.1)), Is.EqualTo((GateOutcome.Passed, GateOutcome.Passed, GateOutcome.Regression)));
    }

    [Test]
    public void Calibrate_WithControl_MeasuresWhatIsLeftOfTheMachine()
    {
        // The whole machine is slower, the control cell with it: nothing is left.
        string[] runs = [AllCells(1), AllCells(1.05), AllCells(0.96)];
        var noise = NoiseCalibration.Of(runs, Options);

        Assert.That(noise.Cells.Keys, Is.EquivalentTo(ThreeCells.Take(2)), "control cells have no noise beside themselves");
        Assert.That(Math.Sqrt(noise.Cells[RunFixture.CellIds[0]].Alone.Total), Is.GreaterThan(0.04));
        Assert.That(Math.Sqrt(noise.Cells[RunFixture.CellIds[0]].ToControl!.Total), Is.LessThan(1e-6));
    }

    [Test]
    public void Check_CellThatTheNoiseFileDoesNotHave_IsAFinding()
    {
        using var temporary = new TemporaryFolder();
        var noise = NoiseCalibration.Of([AllCells(1), AllCells(1.002), AllCells(0.999)], WithoutControl);
        var path = Write(temporary, noise with { Cells = noise.Cells.Where(cell => cell.Key != RunFixture.CellIds[0]).ToDictionary() });
        var report = Check(new RunFolder(AllCells(1)), new RunFolder(AllCells(1)), noise: path, options: WithoutControl);

        Assert.That(report.Outcome, Is.EqualTo(GateOutcome.Inconclusive));
        Assert.That(report.Findings,
            Has.One.Matches<GateFinding>(finding => finding!.Subject == GateSubject.Noise && finding.Cell == RunFixture.CellIds[0]));
    }

    [Test]
    public void Calibrate_OtherMachineOrCode_IsRefused()
    {
        string Changed(Func<RunManifest, RunManifest> change) => Run(1.002, change).Path;
        string Calibrate(string other) => NoiseCalibration.Of([Run(1).Path, Run(1.001).Path, other], WithoutControl).ToJson();

        Assert.That(
            () => Calibrate(Changed(manifest => manifest with { Machine = manifest.Machine with { LogicalCores = 64 } })),
            Throws.TypeOf<RunFormatException>().With.Message.Contains("logical cores is 64 and 8"));
        Assert.That(
            () => Calibrate(
                Changed(manifest => manifest with { Cells = [.. manifest.Cells.Select(cell => cell with { SlowedDownBy = 0.1 })] })),
            Throws.TypeOf<RunFormatException>().With.Message.Contains("slow-down on purpose"));
        Assert.That(
            () => Calibrate(Changed(manifest => manifest with { Cells = [.. manifest.Cells.Skip(1)] })),
            Throws.TypeOf<RunFormatException>().With.Message.Contains("expected the same cells in every run"));
        Assert.That(() => NoiseCalibration.Of([Run(1).Path, Run(1).Path], WithoutControl),
            Throws.ArgumentException.With.Message.Contains("found 2 runs; expected 3"));
    }

    [Test]
    public void Check_NoiseFileOfAnotherMachine_IsRefused()
    {
        using var temporary = new TemporaryFolder();
        var path = temporary.Write("noise.json", NoiseCalibration.Of([AllCells(1), AllCells(1.001), AllCells(1.002)], WithoutControl)
            .ToJson().Replace("Test CPU 3.0", "Abacus", StringComparison.Ordinal));

        Assert.That(() => Check(noise: path, options: WithoutControl),
            Throws.TypeOf<RunFormatException>().With.Message.Contains("processor is Abacus there"));
    }

    /// <summary>A run beside itself does not differ: whoever measures noise so would pass everything.</summary>
    [Test]
    public void Calibrate_SameRunSeveralTimes_IsRefused()
    {
        var run = AllCells(1);

        Assert.That(() => NoiseCalibration.Of([run, AllCells(1.01), run], WithoutControl),
            Throws.TypeOf<RunFormatException>().With.Message.Contains("found the same times as in"));
    }

    /// <summary>However quiet the noise file, the launches of these runs differ as they do.</summary>
    [Test]
    public void Widen_NoiseBelowThatOfTheLaunches_IsNeverNarrower()
    {
        var within = new Bench.Analysis.Statistics.ConfidenceInterval(0.98, 1.02, 0.95);
        var wider = TimeRatio.Widen(
            within, 1, new BetweenRuns(RunEvidence.NoiseFile) { Noise = new NoiseVariance(3, 0, 0.01) }, TimeSubject.Typical);

        Assert.That((wider.Lower, wider.Upper), Is.EqualTo((0.98, 1.02)).Within(1e-12));
    }

    [Test]
    public void Parse_FileOfTheVersionBefore_SaysWhatToDo() => Assert.That(
        () => NoiseFile.Parse(
            """{"schemaVersion":1,"confidence":0.95,"machine":{"processor":"p"},"runs":["a","b"],"cells":{}}"""u8, "noise.json"),
        Throws.TypeOf<RunFormatException>().With.Message.Contains("bench noise RUN RUN"));

    private string AllCells(double factor) => Everywhere(factor).Path;

    private static string Write(TemporaryFolder folder, NoiseFile noise) => folder.Write("noise.json", noise.ToJson());
}
