using Bench.Analysis.Runs;
using Bench.EndToEnd.Tests.Runs;
using Bench.Inference;

namespace Bench.EndToEnd.Tests.Engines;

/// <summary>An execution provider in a library of its own, measured by the real program: listed, tried, inspected, compared.</summary>
[Long]
[Platform("Linux")]
public class PluginTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void Create() => _folder = new TemporaryFolder();

    [TearDown]
    public void Delete() => _folder.Dispose();

    [Test]
    public void Run_ProviderOfSomebody_IsMeasuredAsAnyOther()
    {
        var card = UserModels.Write(_folder, "relu", UserModels.Onnx("Relu"));

        var result = Run("PLAIN", card, "--backends", "ort-cpu,ort-mine");

        Assert.That(result.ExitCode, Is.Zero, result.Output + result.Error);
        Assert.That(result.Output, Does.Match("(?m)^ort-mine .* identical"));
        var cell = Cell("relu/ort-mine/fp32");
        Assert.That((cell.Status, cell.NodesElsewhere.Count), Is.EqualTo((CellStatus.Measured, 0)));
        Assert.That(cell.EngineSettings!["provider"], Is.EqualTo($"{TestProvider.Name} 1.2.3 of Bench"));
        Assert.That(cell.Engine, Does.Match($@"^onnxruntime \d+\.\d+\.\d+ with {TestProvider.Name} 1\.2\.3 \(sha256 [0-9a-f]{{12}}\)$"));
        Assert.That(cell.EngineSource, Does.Contain("libtest_provider_plain.so sha256:"));
        foreach (var file in Directory.GetFiles(Folder.Path, "*.json", SearchOption.AllDirectories))
        {
            Assert.That(File.ReadAllText(file), Does.Not.Contain($"{_folder.Path}/libtest"), $"{file} tells where the library lies");
        }
    }

    /// <summary>Nobody is told that a provider is quick which computed nothing.</summary>
    [Test]
    public void Run_NetworkThatTheProviderDoesNotCompute_IsAFailure()
    {
        var card = UserModels.Write(_folder, "abs", UserModels.Onnx("Abs"));

        Assert.That(Run("PLAIN", card, "--backends", "ort-mine").ExitCode, Is.EqualTo(4));
        Assert.That(Cell("abs/ort-mine/fp32").Reason, Does.StartWith("ort-mine did not run what matters: 1 Abs on CPUExecutionProvider."));
    }

    [Test]
    public void Run_NetworkOfWhichItComputesAPart_CountsTheRestWhereThatIsAllowed()
    {
        var card = UserModels.WriteSmallUNet(_folder);
        Assert.That(Run("PLAIN", card, "--backends", "ort-mine").ExitCode, Is.EqualTo(4));
        Assert.That(Cell("small-unet/ort-mine/fp32").Reason, Does.Contain("19 Conv on CPUExecutionProvider"));
        Directory.Delete(_folder.File("runs"), recursive: true);

        Assert.That(Run("PLAIN", card, "--backends", "ort-cpu,ort-mine", "--allow-fallback").ExitCode, Is.Zero);
        var cell = Cell("small-unet/ort-mine/fp32");
        Assert.That(
            cell.NodesElsewhere.Single(node => node.Operator == "Conv"), Is.EqualTo(new NodeFacts("Conv", "CPUExecutionProvider", 19)));
    }

    [TestCase("WRONG", "failed: it computes wrongly: a convolution of known numbers gave ")]
    [TestCase("CRASH", "failed: its engine ended the process with exit code 134 on a tiny network")]
    [TestCase("REFUSE", "unavailable: ONNX Runtime 1.30.0 cannot use its mine provider: the test device is not plugged in. It needs ")]
    [TestCase("OLD", "unavailable: ONNX Runtime cannot load ")]
    public void List_ProviderThatMisbehaves_HasItsRowAndReason(string kind, string expected)
    {
        var result = HostProgram.Run(_folder.Path, "--list", "--backends", "ort-cpu,ort-mine", "--ep-library", Library(kind));

        var lines = result.Output.Split('\n');
        var row = Array.FindIndex(lines, line => line.StartsWith("  ort-mine ", StringComparison.Ordinal));
        Assert.That(lines[row + 1].Trim(), Does.StartWith(expected), result.Output + result.Error);
        Assert.That(result.Output, Does.Contain("Devices that ONNX Runtime finds by itself:\n  CPU "));
        Assert.That(result.Output, Does.Match(@"(?m)^  ort-cpu .*\r?\n +available: "), "the others are not touched");
    }

    /// <summary>It may be for other networks than the tiny one that engines are tried on.</summary>
    [Test]
    public void Run_ProviderThatTakesNothingOfTheTrial_IsJudgedByTheNetwork()
    {
        Assert.That(Run("LARGE", UserModels.WriteSmallUNet(_folder), "--backends", "ort-mine", "--allow-fallback").ExitCode, Is.Zero);
        Assert.That(Cell("small-unet/ort-mine/fp32").Status, Is.EqualTo(CellStatus.Measured));
    }

    /// <summary>One that crashes costs its own cells.</summary>
    [Test]
    public void Run_ProviderThatCrashes_CostsItsOwnCells()
    {
        var card = UserModels.Write(_folder, "relu", UserModels.Onnx("Relu"));

        Assert.That(Run("CRASH", card, "--backends", "ort-cpu,ort-mine").ExitCode, Is.EqualTo(4));
        Assert.That(Cell("relu/ort-cpu/fp32").Status, Is.EqualTo(CellStatus.Measured));
        Assert.That(Cell("relu/ort-mine/fp32").Status, Is.EqualTo(CellStatus.Failed));
    }

    private RunFolder Folder => new(Directory.GetDirectories(_folder.File("runs")).Single());

    private HostProgram.Result Run(string kind, string model, params string[] others) => HostProgram.Run(
        _folder.Path,
        [
            "--profile", "smoke", "--launches", "1", "--precisions", "fp32", "--models", model, "--ep-library", Library(kind),
            "--output", _folder.File("runs"), .. others,
        ]);

    private string Library(string kind) => $"mine={TestProvider.Compile(_folder, BackendCatalogue.ManagedApi, kind)}";

    private CellFacts Cell(string start) => Folder.ReadManifest().Cells.Single(
        cell => cell.Id.ToString().StartsWith(start, StringComparison.Ordinal));
}
