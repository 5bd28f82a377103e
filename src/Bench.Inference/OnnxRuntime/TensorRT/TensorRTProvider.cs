using Bench.Inference.Knobs;
using Bench.Inference.OnnxRuntime.Cuda;
using Bench.Models;
using Bench.Inference.Settings;
using Microsoft.ML.OnnxRuntime;

namespace Bench.Inference.OnnxRuntime.TensorRT;

/// <summary>ONNX Runtime's TensorRT provider; what TensorRT does not support runs on CUDA or the CPU provider, and is counted.</summary>
/// <remarks>
/// TensorRT builds an engine for the very GPU, versions and network; that takes minutes, is done once before anything is timed, and is
/// kept. Options: https://onnxruntime.ai/docs/execution-providers/TensorRT-ExecutionProvider.html.
/// </remarks>
internal sealed class TensorRTProvider : OrtProvider
{
    private const string EnableGraph = "trt_cuda_graph_enable";

    public override string BackendId => "ort-tensorrt";

    public override string Description => "ONNX Runtime, TensorRT provider, on an NVIDIA GPU";

    public override string Key => "tensorrt";

    public override string ProfileName => "TensorrtExecutionProvider";

    public override string? WhyNotHere => NvidiaPlatform.WhyNotHere;

    public override string? LibraryName => NvidiaPlatform.LibraryName("tensorrt");

    public override IReadOnlyList<string> LibraryFolders => NvidiaPlatform.LibraryFolders;

    public override IReadOnlyList<Precision> Precisions { get; } = [Precision.Fp32, Precision.Tf32, Precision.Bf16, Precision.Fp16,
        Precision.Int8];

    public override IReadOnlyDictionary<string, string?> Variables(Precision precision) => NvidiaPlatform.Variables(precision);

    public override string Remedy => NvidiaPlatform.Remedy("CUDA 13, cuDNN 9 and TensorRT 10");

    public override string Needs => "It needs an NVIDIA GPU with its driver, CUDA 13, cuDNN 9 and TensorRT 10.";

    public override bool? HasItsDevice => NvidiaDriver.Devices.Count > 0;

    public override IReadOnlyList<DeviceFacts> Devices => [.. NvidiaDriver.Devices.Select(device => device.Facts)];

    public override TimeSpan? Prepare(SessionRequest request, Action load, Func<SessionOptions> options) =>
        Engines(request).Build(load);

    public override void LoadLibrary()
    {
        // Setting an option loads the provider's library.
        var device = new Dictionary<string, string> { ["device_id"] = "0" };
        using var tensorRT = new OrtTensorRTProviderOptions();
        tensorRT.UpdateOptions(device);
        using var cuda = new OrtCUDAProviderOptions();
        cuda.UpdateOptions(device);
        _ = NvidiaVersions.Here;
    }

    public override OrtSetup Configure(SessionOptions options, SessionRequest request)
    {
        NvidiaPlatform.ThrowIfOverruled(request.Precision);
        var settings = Settings(request);
        using var tensorRT = new OrtTensorRTProviderOptions();
        tensorRT.UpdateOptions(settings);
        options.AppendExecutionProvider_Tensorrt(tensorRT);
        // What TensorRT refuses stays on the GPU where it can, as in any deployment; it ran elsewhere all the same, and is counted.
        using var cuda = new OrtCUDAProviderOptions();
        cuda.UpdateOptions(CudaProvider.Fallback(request));
        options.AppendExecutionProvider_CUDA(cuda);
        // The folder says where on this machine, which is nobody's business.
        settings.Remove("trt_engine_cache_path");
        settings.Remove("trt_timing_cache_path");
        settings["tensorrt"] = NvidiaVersions.Here.TensorRT;
        var taken = ProviderOptionText.Parse(tensorRT.GetOptions());
        ProviderOptionText.AddSwitch(taken, EnableGraph, KnobCatalogue.Graph, KnobCatalogue.On);
        return NvidiaPlatform.Setup(settings, request, taken);
    }

    public override SessionSettings Written(SessionSettings settings, SessionRequest request)
    {
        var options = Settings(request);
        // Where engines are kept is for the program to say.
        options["trt_engine_cache_path"] = options["trt_timing_cache_path"] = ".";
        return settings with { Provider = ProfileName, ProviderOptions = options, Remarks = NvidiaPlatform.Remarks(request) };
    }

    public override string? ReducedFloat(SessionRequest request) => NvidiaPlatform.ReducedFloat(request);

    // The provider runs an engine for one caller at a time.
    public override bool AllowsConcurrentRuns(SessionRequest request) => false;

    public override bool HasOneExecution(SessionRequest request) => request.Knobs.IsSet(KnobCatalogue.Graph);

    public override IExecution NewExecution(OrtSession session) => NvidiaPlatform.NewExecution(session);

    public override SessionFacts Complete(SessionFacts facts, SessionRequest request) =>
        facts with { EngineSha256 = Engines(request).Sha256() };

    /// <summary>The provider's options for a request.</summary>
    internal static Dictionary<string, string> Settings(SessionRequest request)
    {
        var folder = Engines(request).Folder;
        var shape = Shape(request);
        var settings = new Dictionary<string, string>(ProviderOptions.In(request.Knobs))
        {
            ["device_id"] = $"{NvidiaPlatform.DeviceIndex(request)}",
            ["trt_fp16_enable"] = request.Precision == Precision.Fp16 ? "1" : "0",
            ["trt_engine_cache_enable"] = "1",
            ["trt_engine_cache_path"] = folder,
            ["trt_timing_cache_enable"] = "1",
            ["trt_timing_cache_path"] = folder,
            // Networks with open axes: one shape, known beforehand, so that the engine is built when the network is loaded.
            ["trt_profile_min_shapes"] = shape,
            ["trt_profile_opt_shapes"] = shape,
            ["trt_profile_max_shapes"] = shape,
        };
        // Only where they are asked for: older versions do not know them.
        if (request.Precision == Precision.Bf16)
        {
            settings["trt_bf16_enable"] = "1";
        }

        if (request.Knobs.IsSet(KnobCatalogue.Graph))
        {
            settings[EnableGraph] = "1";
        }

        return settings;
    }

    /// <summary>Everything that an engine depends on.</summary>
    internal static IReadOnlyList<string> EngineKey(SessionRequest request, DeviceFacts? device, NvidiaVersions versions, string runtime) =>
    [
        device?.Name ?? "no GPU",
        $"driver {versions.Driver}, CUDA {versions.Runtime}, cuDNN {versions.CuDnn}, TensorRT {versions.TensorRT}",
        runtime,
        request.ModelSha256,
        request.Precision.Id,
        Shape(request),
        NvidiaPlatform.TensorFloat,
        .. ProviderOptions.In(request.Knobs).OrderBy(option => option.Key, StringComparer.Ordinal)
            .Select(option => $"{option.Key}={option.Value}"),
    ];

    private static string Shape(SessionRequest request) => string.Join(
        ',', request.Inputs.Where(input => input.Shape.Count > 0).Select(input => $"{input.Name}:{string.Join('x', input.Shape)}"));

    private static EngineCache Engines(SessionRequest request) => new(
        Path.Combine(request.Cache, "tensorrt"),
        EngineKey(request, NvidiaPlatform.Device(request)?.Facts, NvidiaVersions.Here, OrtLibrary.LoadedVersion ?? "none"),
        request.Build);
}
