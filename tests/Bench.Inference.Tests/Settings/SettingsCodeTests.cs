using Bench.Inference.Settings;

namespace Bench.Inference.Tests.Settings;

/// <summary>Settings as code, stored: that it compiles and computes the same, Bench.EndToEnd.Tests shows.</summary>
public class SettingsCodeTests
{
    private static readonly SessionSettings Processor = new()
    {
        ModelPath = "/models/mine.onnx",
        Inputs = [TinyModel.Tensor("x", 4, 3, 8, 8)],
        Outputs = [TinyModel.Tensor("y", 4, 5)],
        Batch = 4,
        Streams = 2,
        SharesSession = true,
        Optimisation = "extended",
        IntraOpThreads = 3,
        FreeDimensions = new Dictionary<string, int> { ["N"] = 4 },
        ConfigEntries = new Dictionary<string, string> { ["session.intra_op.allow_spinning"] = "0" },
    };

    private static readonly SessionSettings Device = Processor with
    {
        Streams = 1,
        Optimisation = "all",
        IntraOpThreads = null,
        FreeDimensions = new Dictionary<string, int>(),
        ConfigEntries = new Dictionary<string, string>(),
        Provider = "CUDAExecutionProvider",
        ProviderOptions = new Dictionary<string, string> { ["prefer_nhwc"] = "1", ["quote\"d"] = "a\\b" },
        Variables = new Dictionary<string, string> { ["NVIDIA_TF32_OVERRIDE"] = "0" },
        Remarks = ["The memory of inputs and outputs was page-locked (cudaHostRegister)."],
    };

    private static readonly SessionSettings Plugin = Device with
    {
        Provider = "OpenVINOExecutionProvider",
        ProviderOptions = new Dictionary<string, string> { ["cache"] = "off" },
        Variables = new Dictionary<string, string>(),
        Remarks = [],
        Plugin = new PluginSettings("openvino", "libonnxruntime_providers_openvino_plugin.so", [1]),
    };

    [TestCase("plugin", "cs")]
    [TestCase("plugin", "py")]
    [TestCase("plugin", "json")]
    [TestCase("processor", "cs")]
    [TestCase("processor", "py")]
    [TestCase("processor", "json")]
    [TestCase("device", "cs")]
    [TestCase("device", "py")]
    [TestCase("device", "json")]
    public void Write_Settings_IsAsStored(string name, string kind)
    {
        var settings = name == "device" ? Device : name == "plugin" ? Plugin : Processor;
        var text = kind switch
        {
            "cs" => SettingsCode.CSharp(settings, "mine: found by tune"),
            "py" => SettingsCode.Python(settings, "mine: found by tune"),
            _ => SettingsCode.ToJson(settings, "mine.onnx"),
        };

        Golden.Match(text, "tests", "Bench.Inference.Tests", "Data", "golden", $"settings-{name}.{kind}.txt");
    }

    [TestCase("TensorrtExecutionProvider", "using var tensorRT = new OrtTensorRTProviderOptions();")]
    [TestCase("DmlExecutionProvider", "options.AppendExecutionProvider(\"DML\", new Dictionary<string, string>")]
    [TestCase("CoreMLExecutionProvider", "options.AppendExecutionProvider(\"CoreML\", new Dictionary<string, string>")]
    [TestCase("XnnpackExecutionProvider", "options.AppendExecutionProvider(\"XNNPACK\", new Dictionary<string, string>")]
    [TestCase("WebGpuExecutionProvider", "options.AppendExecutionProvider(\"WebGPU\", new Dictionary<string, string>")]
    public void CSharp_OtherProviders_AreAppendedByTheirName(string provider, string expected) =>
        Assert.That(SettingsCode.CSharp(Device with { Provider = provider }, "mine"), Does.Contain(expected));
}
