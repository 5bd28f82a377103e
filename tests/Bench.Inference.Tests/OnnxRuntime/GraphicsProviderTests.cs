using Bench.Inference.Knobs;
using Bench.Inference.OnnxRuntime;
using Bench.Inference.OnnxRuntime.DirectML;
using Bench.Inference.OnnxRuntime.WebGpu;

namespace Bench.Inference.Tests.OnnxRuntime;

/// <summary>Which options DirectML and WebGPU get for which knobs.</summary>
public class GraphicsProviderTests
{
    private static readonly SessionRequest Plain = TinyModel.Request("/models/net.onnx") with { Knobs = KnobSettings.None };

    [TestCase("default", "0")]
    [TestCase("1", "1")]
    public void DirectML_Device_IsTheAdaptersIndex(string device, string expected) => Assert.That(
        DirectMLProvider.Settings(With("device", device)),
        Is.EquivalentTo(new Dictionary<string, string> { ["device_id"] = expected }));

    [Test]
    public void DirectML_Option_StandsBesideTheDevice() => Assert.That(
        DirectMLProvider.Settings(With("ep.disable_metacommands", "true")),
        Is.EquivalentTo(new Dictionary<string, string> { ["device_id"] = "0", ["disable_metacommands"] = "true" }));

    [Test]
    public void WebGpu_PlainRequest_LeavesTheChoiceToTheEngine() => Assert.That(WebGpuProvider.Settings(Plain), Is.Empty);

    [Test]
    public void WebGpu_Device_IsWhatTheAdapterNeedsOfPower() => Assert.That(
        WebGpuProvider.Settings(With("device", "low-power")),
        Is.EquivalentTo(new Dictionary<string, string> { ["powerPreference"] = "low-power" }));

    [TestCase("default", "discrete")]
    [TestCase("high-performance", "discrete")]
    [TestCase("low-power", "integrated")]
    public void WebGpu_Device_IsTheOneThatIsRecorded(string choice, string expected) => Assert.That(
        new WebGpuProvider().Device([new DeviceFacts("discrete", false), new DeviceFacts("integrated", false)], choice).Name,
        Is.EqualTo(expected));

    [Test]
    public void AllowsConcurrentRuns_GraphicsApis_IsFalse()
    {
        Assert.That(new DirectMLProvider().AllowsConcurrentRuns(Plain), Is.False);
        Assert.That(new WebGpuProvider().AllowsConcurrentRuns(Plain), Is.False);
    }

    private static SessionRequest With(string name, string value) => Plain with { Knobs = KnobSettings.Of([new(name, value)]) };
}
