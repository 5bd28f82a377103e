using Bench.EndToEnd.Tests.Runs;
using Bench.Inference.Tests;

namespace Bench.EndToEnd.Tests.Engines;

/// <summary>What the program says of OpenVINO where a library is found: here the stand-in, which has a processor alone, and computes
/// something else than it should.</summary>
[Platform("Linux")]
public class OpenVinoListTests
{
    [Test]
    public void List_OpenVinoThatIsFound_IsTriedOnEachDevice()
    {
        using var folder = new TemporaryFolder();
        StandIn.Compile(Repository.File("tests", "Bench.Inference.Tests", "OpenVino", "stand_in.c"), folder.File("libopenvino_c.so"));
        var card = UserModels.Write(folder, "good", UserModels.Onnx("Abs"));

        using var running = HostProgram.Start(folder.Path, ("OPENVINO_LIB_PATHS", folder.Path), "--list", "--models", card);
        var result = running.Wait();

        Assert.That(result.ExitCode, Is.EqualTo(4), "an engine that is there and does not work is a failure");
        Assert.That(Row("openvino-cpu"), Does.StartWith("failed: it computes wrongly: a convolution of known numbers gave "));
        Assert.That(Row("openvino-gpu"), Is.EqualTo("unavailable: OpenVINO has no device GPU here; its devices are CPU. For Intel's "
            + "graphics processors install the compute runtime (intel-opencl-icd)."));
        Assert.That(Row("openvino"), Does.StartWith("failed: it computes wrongly: "), "AUTO takes the processor");
        Assert.That(result.Output, Does.Contain("good/openvino-cpu/fp32").And.Not.Contain("good/openvino/"),
            "it is listed with all, and measured where it is named");

        string Row(string backend)
        {
            var lines = result.Output.Split('\n');
            return lines[Array.FindIndex(lines, line => line.StartsWith($"  {backend} ", StringComparison.Ordinal)) + 1].Trim();
        }
    }
}
