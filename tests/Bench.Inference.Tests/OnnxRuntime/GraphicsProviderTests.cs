using Bench.Inference.Knobs;
using Bench.Inference.OnnxRuntime;
using Bench.Inference.OnnxRuntime.CoreML;
using Bench.Inference.OnnxRuntime.Cpu;
using Bench.Inference.OnnxRuntime.DirectML;
using Bench.Inference.OnnxRuntime.WebGpu;
using Bench.Inference.OnnxRuntime.Xnnpack;

namespace Bench.Inference.Tests.OnnxRuntime;

/// <summary>Which options DirectML, WebGPU, CoreML and XNNPACK get for which knobs.</summary>
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

    [TestCase("default", "ALL")]
    [TestCase("cpu", "CPUOnly")]
    [TestCase("gpu", "CPUAndGPU")]
    [TestCase("npu", "CPUAndNeuralEngine")]
    public void CoreML_Device_AreTheUnitsThatItMayUse(string device, string expected) => Assert.That(
        CoreMLProvider.Settings(With("device", device)),
        Is.EquivalentTo(new Dictionary<string, string> { ["ModelFormat"] = "MLProgram", ["MLComputeUnits"] = expected }));

    [Test]
    public void CoreML_ProcessorAlone_IsNoDevice()
    {
        var provider = new CoreMLProvider();

        Assert.That(provider.Device(provider.Devices, "cpu").Name, Is.Null);
        Assert.That(provider.Device(provider.Devices, "default").Name, Is.EqualTo("Mac, by CoreML"));
    }

    [Test]
    [Platform(Exclude = "MacOsX")]
    public void CoreML_OtherSystems_SaysWhereItIs() =>
        Assert.That(new CoreMLProvider().WhyNotHere, Does.StartWith("CoreML is part of macOS"));

    [Test]
    public void Xnnpack_Threads_AreThoseOfItsOwnPool()
    {
        Assert.That(XnnpackProvider.Settings(Plain), Is.Empty);
        Assert.That(XnnpackProvider.Settings(With("threads", "3")), Is.EquivalentTo(new Dictionary<string, string>
        {
            ["intra_op_num_threads"] = "3",
        }));
    }

    /// <summary>Official builds have none: the engine says so, and nobody looks for one.</summary>
    [Test]
    public void Xnnpack_OfficialBuild_IsUnavailableWithWhatToDo()
    {
        var check = BackendCatalogue.Find("ort-xnnpack", TestRuntimes.Find())!.Check();

        Assert.That((check.IsAvailable, check.IsMissing), Is.EqualTo((false, true)));
        Assert.That(check.Reason, Does.Contain("build ONNX Runtime with --use_xnnpack"));
        Assert.That(((IVersionedBackend)BackendCatalogue.Find("ort-xnnpack", TestRuntimes.Find())!).HasItsDevice, Is.False);
    }

    [Test]
    public void FastMath_OnArm_IsNotToldAsThirtyTwoBits()
    {
        var provider = new CpuProvider("ort-cpu", optimised: true);

        Assert.That(provider.ReducedFloat(Plain), Is.Null);
        Assert.That(provider.ReducedFloat(With("ep.mlas.enable_gemm_fastmath_arm64_bfloat16", "1")), Is.EqualTo("unknown"));
    }

    [Test]
    public void AllowsConcurrentRuns_GraphicsApis_IsFalse()
    {
        Assert.That(new DirectMLProvider().AllowsConcurrentRuns(Plain), Is.False);
        Assert.That(new WebGpuProvider().AllowsConcurrentRuns(Plain), Is.False);
    }

    private static SessionRequest With(string name, string value) => Plain with { Knobs = KnobSettings.Of([new(name, value)]) };
}
