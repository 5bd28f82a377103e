using Bench.Inference.OnnxRuntime.Cuda;
using Bench.Models;
using Microsoft.ML.OnnxRuntime;

namespace Bench.Inference.OnnxRuntime.TensorRT;

/// <summary>ONNX Runtime's TensorRT provider; what TensorRT does not support runs on CUDA or the CPU provider, and is counted.</summary>
/// <remarks>
/// TensorRT builds an engine for the very GPU, versions and network; that takes minutes, is done once before anything is timed, and is
/// kept. Options: https://onnxruntime.ai/docs/execution-providers/TensorRT-ExecutionProvider.html.
/// </remarks>
internal sealed class TensorRTProvider : OrtProvider
{
    public override string BackendId => "ort-tensorrt";

    public override string Description => "ONNX Runtime, TensorRT provider, on an NVIDIA GPU";

    public override string Key => "tensorrt";

    public override string ProfileName => "TensorrtExecutionProvider";

    public override string? WhyNotHere => NvidiaPlatform.WhyNotHere;

    public override string? LibraryName => NvidiaPlatform.LibraryName("tensorrt");

    public override IReadOnlyList<string> LibraryFolders => NvidiaPlatform.LibraryFolders;

    public override IReadOnlyList<Precision> Precisions { get; } = [Precision.Fp32, Precision.Tf32, Precision.Bf16, Precision.Fp16];

    public override IReadOnlyDictionary<string, string?> Variables(Precision precision) => NvidiaPlatform.Variables(precision);

    public override string Remedy => NvidiaPlatform.Remedy("CUDA 13, cuDNN 9 and TensorRT 10");

    public override string Needs => "It needs an NVIDIA GPU with its driver, CUDA 13, cuDNN 9 and TensorRT 10.";

    public override bool? HasItsDevice => NvidiaDriver.FirstGpu() is not null;

    public override IReadOnlyList<DeviceFacts> Devices => [new(NvidiaDriver.FirstGpu(), IsSoftware: false)];

    public override TimeSpan? Prepare(SessionRequest request, Action load) => Engines(request).Build(load);

    public override OrtSetup Configure(SessionOptions options, SessionRequest request)
    {
        NvidiaPlatform.ThrowIfTensorFloatIsOff(request.Precision);
        var settings = Settings(request);
        using var tensorRT = new OrtTensorRTProviderOptions();
        tensorRT.UpdateOptions(settings);
        options.AppendExecutionProvider_Tensorrt(tensorRT);
        // What TensorRT refuses stays on the GPU where it can, as in any deployment; it ran elsewhere all the same, and is counted.
        using var cuda = new OrtCUDAProviderOptions();
        cuda.UpdateOptions(CudaProvider.Settings(request.Precision));
        options.AppendExecutionProvider_CUDA(cuda);
        // The folder says where on this machine, which is nobody's business.
        settings.Remove("trt_engine_cache_path");
        settings.Remove("trt_timing_cache_path");
        settings["host_memory"] = "pageable";
        settings["tensorrt"] = TensorRTVersion.Read() ?? "unknown";
        settings[NvidiaPlatform.TensorFloatVariable] = NvidiaPlatform.TensorFloat;
        return OrtSetup.AsAsked(settings, request, settings["device_id"]);
    }

    internal static Dictionary<string, string> Settings(SessionRequest request)
    {
        var folder = Engines(request).Folder;
        var shape = $"{request.InputName}:{string.Join('x', request.InputShape)}";
        return new Dictionary<string, string>
        {
            ["device_id"] = "0",
            ["trt_fp16_enable"] = request.Precision == Precision.Fp16 ? "1" : "0",
            ["trt_bf16_enable"] = request.Precision == Precision.Bf16 ? "1" : "0",
            ["trt_engine_cache_enable"] = "1",
            ["trt_engine_cache_path"] = folder,
            ["trt_timing_cache_enable"] = "1",
            ["trt_timing_cache_path"] = folder,
            // Networks with open axes: one shape, known beforehand, so that the engine is built when the network is loaded.
            ["trt_profile_min_shapes"] = shape,
            ["trt_profile_opt_shapes"] = shape,
            ["trt_profile_max_shapes"] = shape,
        };
    }

    private static EngineCache Engines(SessionRequest request) => new(
        Path.Combine(request.Cache, "tensorrt"),
        [
            NvidiaDriver.FirstGpu() ?? "no GPU",
            TensorRTVersion.Read() ?? "no TensorRT",
            OrtLibrary.LoadedVersion ?? "none",
            request.ModelSha256,
            request.Precision.Id,
            $"{request.InputName}:{string.Join('x', request.InputShape)}",
            NvidiaPlatform.TensorFloat,
        ]);
}
