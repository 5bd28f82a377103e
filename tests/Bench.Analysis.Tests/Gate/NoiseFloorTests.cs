using Bench.Analysis.Gate;
using Bench.Analysis.Runs;
using Bench.Analysis.Tests.Runs;

namespace Bench.Analysis.Tests.Gate;

public class NoiseFloorTests : GateFixture
{
    [Test]
    public void Check_ChangeBelowTheNoiseFloor_IsNeverClaimed()
    {
        using var temporary = new TemporaryFolder();
        var noise = NoiseFloor.Calibrate([Run(1).Path, Run(1.03).Path, Run(0.97).Path, Run(1.02).Path], Options);
        var path = Path.Combine(temporary.Path, "noise.json");
        File.WriteAllText(path, noise.ToJson());

        // Deviation of the logarithms times Student's 3.18 with 3 degrees of freedom times √2.
        Assert.That(noise.Cells[RunFixture.CellIds[0]].Median, Is.EqualTo(0.128).Within(0.005));
        Assert.That(Check(current: Run(1.1)).Outcome, Is.EqualTo(GateOutcome.Regression));
        Assert.That(Check(current: Run(1.1), noise: path).Outcome, Is.EqualTo(GateOutcome.Inconclusive), "noise is no reason to pass either");
        Assert.That(Check(current: Run(1.03), noise: path).Outcome, Is.EqualTo(GateOutcome.Passed));
        Assert.That(Check(current: Run(1.2), noise: path).Outcome, Is.EqualTo(GateOutcome.Regression));
    }

    [Test]
    public void Calibrate_OtherMachineOrCode_IsRefused()
    {
        Assert.That(
            () => NoiseFloor.Calibrate([Run(1).Path, Run(1, manifest => manifest with { Machine = manifest.Machine with { LogicalCores = 64 } }).Path], Options),
            Throws.TypeOf<RunFormatException>().With.Message.Contains("logical cores is 64 and 8"));
        Assert.That(
            () => NoiseFloor.Calibrate([Run(1).Path, Run(1, manifest => manifest with { Cells = [.. manifest.Cells.Select(cell => cell with { SlowedDownBy = 0.1 })] }).Path], Options),
            Throws.TypeOf<RunFormatException>().With.Message.Contains("slow-down on purpose"));
        Assert.That(() => NoiseFloor.Calibrate([Run(1).Path], Options), Throws.ArgumentException);
    }

    [Test]
    public void Check_NoiseFloorOfAnotherMachine_IsRefused()
    {
        using var temporary = new TemporaryFolder();
        var path = Path.Combine(temporary.Path, "noise.json");
        File.WriteAllText(path, NoiseFloor.Calibrate([Run(1).Path, Run(1).Path], Options).ToJson().Replace("Test CPU 3.0", "Abacus", StringComparison.Ordinal));

        Assert.That(() => Check(noise: path), Throws.TypeOf<RunFormatException>().With.Message.Contains("processor is Abacus there"));
    }
}
