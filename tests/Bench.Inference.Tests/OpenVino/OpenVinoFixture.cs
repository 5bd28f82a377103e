using Bench.Inference.Knobs;
using Bench.Inference.OpenVino;
using Bench.Models;

namespace Bench.Inference.Tests.OpenVino;

/// <summary>Tests on the stand-in for OpenVINO's C library. After each of them nothing of it is alive.</summary>
public abstract class OpenVinoFixture
{
    private protected static OpenVinoBackend Processor => OpenVinoStandIn.Backend(OpenVinoDevice.Processor);

    private protected TemporaryFolder Folder { get; private set; } = null!;

    [OneTimeSetUp]
    public void CompileStandIn() => OpenVinoStandIn.Compile();

    [SetUp]
    public void SetUp()
    {
        Folder = new TemporaryFolder();
        OpenVinoStandIn.Set();
    }

    [TearDown]
    public void TearDown()
    {
        Folder.Dispose();
        Assert.That(OpenVinoStandIn.Alive, Is.Zero, "objects and texts that were not freed");
    }

    private protected SessionRequest Request(string precision = "fp32", params IReadOnlyList<KeyValuePair<string, string>> knobs) =>
        TinyModel.Request(Folder.Write("x.onnx", "any")) with
        {
            Precision = Precisions.All.Single(known => known.Id == precision),
            Knobs = KnobSettings.Of(knobs),
        };
}
