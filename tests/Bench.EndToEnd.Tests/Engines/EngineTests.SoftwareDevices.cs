using Bench.Analysis.Runs;
using Bench.EndToEnd.Tests.Runs;

namespace Bench.EndToEnd.Tests.Engines;

/// <summary>Programs on the processor that stand in for a GPU.</summary>
public partial class EngineTests
{
    [Test]
    [Platform("Linux")]
    public void Run_SoftwareDevice_IsMeasuredOnlyWhenAskedAndNeverPriced()
    {
        NeedsSoftwareDevice();
        var card = UserModels.Write(_folder, "good", UserModels.Onnx("Abs"));
        string[] arguments = ["--profile", "smoke", "--models", card, "--backends", "ort-cpu,ort-webgpu", "--precisions", "fp32",
            "--usd-per-hour", "1", "--output", _folder.File("runs")];

        var refused = HostProgram.Run(_folder.Path, arguments);
        Assert.That(refused.ExitCode, Is.EqualTo(4));
        Assert.That(Cells().Single(cell => cell.Backend.Name == "ort-webgpu").Reason,
            Does.Contain("stands in for a GPU").And.Contain("--allow-software-device"));
        Directory.Delete(_folder.File("runs"), recursive: true);

        var result = HostProgram.Run(_folder.Path, [.. arguments, "--allow-software-device"]);

        Assert.That(result.ExitCode, Is.Zero, result.Output + result.Error);
        var cell = Cells().Single(cell => cell.Backend.Name == "ort-webgpu");
        Assert.That(cell.Status, Is.EqualTo(CellStatus.Measured), cell.Reason);
        Assert.That(cell.Device, Does.Contain("Vulkan driver"));
        Assert.That(cell.NotComparable, Does.Contain("stands in for a GPU"));
        Assert.That(Report(), Does.Match(@"good/ort-webgpu/fp32/\S+ .*\| +not comparable \|"));
        Assert.That(Report(), Does.Contain("(±0)"), "outputs are compared all the same");
    }

    [Test]
    [Platform("Linux")]
    public void Run_FallbackInWhatMatters_FailsTheCellUnlessItIsAllowed()
    {
        NeedsSoftwareDevice();
        // The provider has no Hardmax: the whole network runs elsewhere.
        var card = UserModels.Write(_folder, "elsewhere", UserModels.Onnx("Hardmax"));
        string[] arguments = ["--profile", "smoke", "--models", card, "--backends", "ort-cpu,ort-webgpu", "--precisions", "fp32",
            "--allow-software-device", "--output", _folder.File("runs")];

        var refused = HostProgram.Run(_folder.Path, arguments);
        Assert.That(refused.ExitCode, Is.EqualTo(4));
        var failed = Cells().Single(cell => cell.Backend.Name == "ort-webgpu");
        Assert.That(failed.Status, Is.EqualTo(CellStatus.Failed));
        Assert.That(failed.Reason, Does.Contain("1 Hardmax on CPUExecutionProvider").And.Contain("--allow-fallback"));
        Assert.That(Cells().Single(cell => cell.Backend.Name == "ort-cpu").Status, Is.EqualTo(CellStatus.Measured), "the others go on");
        Directory.Delete(_folder.File("runs"), recursive: true);

        var result = HostProgram.Run(_folder.Path, [.. arguments, "--allow-fallback"]);

        Assert.That(result.ExitCode, Is.Zero, result.Output + result.Error);
        var cell = Cells().Single(cell => cell.Backend.Name == "ort-webgpu");
        Assert.That(cell.NodesElsewhere, Has.Some.EqualTo(new NodeFacts("Hardmax", "CPUExecutionProvider", 1)));
        Assert.That(Report(), Does.Contain("nodes ran elsewhere than asked: 1 Hardmax on CPUExecutionProvider"));
    }

    private string Report() => File.ReadAllText(new RunFolder(Directory.GetDirectories(_folder.File("runs")).Single()).MarkdownReportPath);

    private static void NeedsSoftwareDevice()
    {
        var result = HostProgram.Run(Repository.Root, "--list", "--backends", "ort-webgpu", "--models", "unet");
        if (!result.Output.Contains("stands in for a GPU", StringComparison.Ordinal))
        {
            Assert.Ignore("needs SwiftShader or another software Vulkan device (.ci/run shows how)");
        }
    }
}
