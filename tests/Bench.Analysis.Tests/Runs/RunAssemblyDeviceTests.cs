using Bench.Analysis.Measurements;
using Bench.Analysis.Runs;

namespace Bench.Analysis.Tests.Runs;

/// <summary>What is measured of a cell is of one device, and so is what was found out about it before.</summary>
public class RunAssemblyDeviceTests
{
    private TemporaryFolder _temporary = null!;
    private RunFolder _run = null!;

    [SetUp]
    public void Create()
    {
        _temporary = new TemporaryFolder();
        _run = LaunchFixture.Create(_temporary.File("run"), LaunchFixture.Plain);
    }

    [TearDown]
    public void Delete() => _temporary.Dispose();

    [TestCase("1.30.0", "GPU B", "1.30.0 on GPU A, then 1.30.0 on GPU B.")]
    [TestCase("1.31.0", "GPU A", "1.30.0 on GPU A, then 1.31.0 on GPU A.")]
    [TestCase("1.30.0", null, "1.30.0 on GPU A, then 1.30.0 on the processor.")]
    public void ReadManifest_LaunchesOnDifferentDevicesOrEngines_FailTheirCell(string version, string? device, string expected)
    {
        var record = LaunchFixture.Record(LaunchFixture.Plain, 1);
        LaunchFixture.Write(_run, record with { Session = record.Session! with { Device = "GPU A" } });
        LaunchFixture.Write(_run, LaunchFixture.Record(LaunchFixture.Plain, 2) with
        {
            Session = record.Session with { Version = version, Device = device },
        });

        var cell = Cell();

        Assert.That((cell.Status, cell.Reason),
            Is.EqualTo((CellStatus.Failed, $"its launches ran on different engines or devices: {expected}")));
    }

    // An engine that chooses by itself, as OpenVINO's AUTO does, may choose otherwise the next time.
    [TestCase("GPU A", "GPU A", null)]
    [TestCase("processor", null, null)]
    [TestCase(null, "GPU A", null)]
    [TestCase("GPU A", "GPU B", "it was inspected on GPU A, and a launch was on GPU B: ")]
    [TestCase("GPU A", null, "it was inspected on GPU A, and a launch was on the processor: ")]
    [TestCase("processor", "GPU A", "it was inspected on the processor, and a launch was on GPU A: ")]
    public void ReadManifest_MeasuredElsewhereThanInspected_FailsTheCell(string? inspected, string? measured, string? expected)
    {
        _run.Launches.Write(new InspectionRecord
        {
            Cell = CellId.Parse(LaunchFixture.Plain),
            Device = inspected,
            EffectivePrecision = "fp32",
        });
        var record = LaunchFixture.Record(LaunchFixture.Plain, 1);
        LaunchFixture.Write(_run, record with { Session = record.Session! with { Device = measured } });

        var cell = Cell();

        Assert.That(cell.Status, Is.EqualTo(expected is null ? CellStatus.Measured : CellStatus.Failed), cell.Reason);
        Assert.That(cell.Reason ?? string.Empty, Does.StartWith(expected ?? string.Empty));
        Assert.That(cell.EffectivePrecision, Is.EqualTo(expected is null ? "fp32" : null));
    }

    private CellFacts Cell() => _run.ReadManifest().Cells.Single(cell => cell.Id.ToString() == LaunchFixture.Plain);
}
