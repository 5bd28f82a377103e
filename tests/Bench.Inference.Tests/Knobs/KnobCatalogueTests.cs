using Bench.Inference.Knobs;
using Bench.Inference.OnnxRuntime;

namespace Bench.Inference.Tests.Knobs;

public class KnobCatalogueTests
{
    private static readonly IReadOnlyList<string> Backends = [.. BackendCatalogue.All(TestRuntimes.Find()).Select(backend => backend.Id)];

    [TestCase("threads", "1")]
    [TestCase("threads", "1024")]
    [TestCase("threads", "default")]
    [TestCase("device", "0")]
    [TestCase("device", "low-power")]
    [TestCase("layout", "nchw")]
    [TestCase("layout", "nhwc")]
    [TestCase("host-memory", "page-locked")]
    [TestCase("graph", "on")]
    [TestCase("optimisation", "all")]
    [TestCase("optimisation", "basic")]
    [TestCase("ep.cudnn_conv_algo_search", "HEURISTIC")]
    public void Check_Value_IsRight(string name, string value) => Assert.That(KnobCatalogue.Find(name)!.Check(value), Is.Null);

    [TestCase("threads", "0", "threads: found '0'; expected default, or a number from 1 to 1024.")]
    [TestCase("threads", "1025", "threads: found '1025'; expected default, or a number from 1 to 1024.")]
    [TestCase("threads", "01", "threads: found '01'; expected default, or a number from 1 to 1024.")]
    [TestCase("threads", "-1", "threads: found '-1'; expected default, or a number from 1 to 1024.")]
    [TestCase("layout", "NHWC", "layout: found 'NHWC'; expected nchw or nhwc.")]
    [TestCase("host-memory", "pinned", "host-memory: found 'pinned'; expected pageable or page-locked.")]
    [TestCase("graph", "1", "graph: found '1'; expected off or on.")]
    [TestCase("optimisation", "full", "optimisation: found 'full'; expected all, extended, basic or off.")]
    [TestCase("device", "fast!",
        "device: found 'fast!'; expected default, an index from 0, high-performance or low-power for ort-webgpu, npu or auto for openvino, "
        + "or cpu, gpu or npu, a part of the vendor's name, a number from 0, some of them with hyphens, as in intel-gpu-1, or all, for a "
        + "provider in a library of its own.")]
    [TestCase("ep.x", " ", "ep.x: found ' '; expected the option's value as the engine's documentation has it, or default.")]
    public void Check_NoValue_SaysWhatItExpected(string name, string value, string expected) =>
        Assert.That(KnobCatalogue.Find(name)!.Check(value), Is.EqualTo(expected));

    [TestCase("batches")]
    [TestCase("ep.")]
    [TestCase("Threads")]
    public void Find_NoKnob_IsNull(string name) => Assert.That(KnobCatalogue.Find(name), Is.Null);

    [TestCase("threads", "ort-cpu ort-cuda ort-tensorrt ort-directml ort-webgpu ort-coreml ort-xnnpack openvino-cpu tensorflow-cpu "
        + "ort-cpu-unoptimized")]
    [TestCase("device", "ort-cuda ort-tensorrt ort-directml ort-webgpu ort-coreml openvino-gpu openvino")]
    [TestCase("layout", "ort-cuda")]
    [TestCase("host-memory", "ort-cuda ort-tensorrt")]
    [TestCase("graph", "ort-cuda ort-tensorrt")]
    [TestCase("optimisation", "ort-cpu ort-cuda ort-tensorrt ort-directml ort-webgpu ort-coreml ort-xnnpack")]
    [TestCase("ep.cudnn_conv_algo_search", "ort-cuda")]
    [TestCase("ep.trt_builder_optimization_level", "ort-tensorrt")]
    [TestCase("ep.preferredLayout", "ort-cuda ort-webgpu")]
    [TestCase("ep.session.intra_op.allow_spinning", "ort-cpu ort-cpu-unoptimized")]
    [TestCase("ep.use_tf32", "")]
    [TestCase("ep.trt_fp16_enable", "")]
    [TestCase("ep.device_id", "")]
    public void WhyNot_EveryBackend_IsNullWhereTheKnobIs(string name, string expected)
    {
        var knob = KnobCatalogue.Find(name)!;

        Assert.That(
            Backends.Where(backend => knob.WhyNot(backend) is null),
            Is.EqualTo(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
    }

    [Test]
    public void WhyNot_OtherBackend_SaysWhyAndForWhich()
    {
        Assert.That(KnobCatalogue.Find("graph")!.WhyNot("ort-cpu@1.31.0"), Is.EqualTo(
            "ort-cpu@1.31.0 has no knob graph: it is a service of CUDA; it is for ort-cuda, ort-tensorrt."));
        Assert.That(KnobCatalogue.Find("ep.use_tf32")!.WhyNot("ort-cuda"), Is.EqualTo(
            "ort-cuda has no knob ep.use_tf32: it is set by the precision."));
    }

    [TestCase("ort-cuda", "1", true)]
    [TestCase("ort-cuda@1.31.0", "1", true)]
    [TestCase("ort-cuda", "low-power", false)]
    [TestCase("ort-webgpu", "low-power", true)]
    [TestCase("ort-webgpu", "1", false)]
    [TestCase("openvino-gpu", "1", true)]
    [TestCase("openvino-gpu", "npu", false)]
    [TestCase("openvino", "npu", true)]
    [TestCase("openvino", "auto", true)]
    [TestCase("openvino", "1", false)]
    [TestCase("openvino", "cpu", false)]
    public void WhyNot_Device_IsNamedAsTheBackendHasIt(string backend, string device, bool has) =>
        Assert.That(KnobCatalogue.Find("device")!.WhyNot(backend, device) is null, Is.EqualTo(has));

    [Test]
    public void All_EveryKnob_TakesItsDefaultOnEveryBackendThatHasIt() => Assert.That(
        from knob in KnobCatalogue.All
        from backend in Backends
        where knob.WhyNot(backend) is null
        select knob.WhyNot(backend, knob.Default),
        Is.All.Null);

    /// <summary>The names as ONNX Runtime's own header has them.</summary>
    [Test]
    public void OfSessions_EveryName_StandsInTheEnginesHeader()
    {
        var header = Path.Combine(
            Repository.Packages, "microsoft.ml.onnxruntime", OrtLibrary.ManagedVersion.ToString(), "build", "native", "include",
            "onnxruntime_session_options_config_keys.h");
        if (!File.Exists(header))
        {
            Assert.Ignore($"needs {header}, which comes with the package Microsoft.ML.OnnxRuntime");
        }

        var text = File.ReadAllText(header);
        Assert.That(ProviderOptions.OfSessions.Where(name => !text.Contains($"\"{name}\"", StringComparison.Ordinal)), Is.Empty);
    }
}
