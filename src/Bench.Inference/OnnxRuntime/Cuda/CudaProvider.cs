using Bench.Models;
using Microsoft.ML.OnnxRuntime;

namespace Bench.Inference.OnnxRuntime.Cuda;

/// <summary>ONNX Runtime's CUDA provider.</summary>
/// <remarks>
/// Input and output are wrapped once, where they lie in host memory that the operating system may page, as a program's images do;
/// <c>Run</c> copies the image to the device and the outputs back, and returns when the stream is done. (An I/O binding would copy the
/// image when it is bound, outside the clock.) Options: https://onnxruntime.ai/docs/execution-providers/CUDA-ExecutionProvider.html.
/// </remarks>
internal sealed class CudaProvider : OrtProvider
{
    public override string BackendId => "ort-cuda";

    public override string Description => "ONNX Runtime, CUDA provider, on an NVIDIA GPU";

    public override string Key => "cuda";

    public override string ProfileName => "CUDAExecutionProvider";

    public override string? WhyNotHere => NvidiaPlatform.WhyNotHere;

    public override string? LibraryName => NvidiaPlatform.LibraryName("cuda");

    public override IReadOnlyList<string> LibraryFolders => NvidiaPlatform.LibraryFolders;

    public override IReadOnlyList<Precision> Precisions { get; } = [Precision.Fp32, Precision.Tf32, Precision.Fp16];

    public override IReadOnlyDictionary<string, string?> Variables(Precision precision) => NvidiaPlatform.Variables(precision);

    public override string Remedy => NvidiaPlatform.Remedy("CUDA 13 and cuDNN 9");

    public override string Needs => "It needs an NVIDIA GPU with its driver, CUDA 13 and cuDNN 9.";

    public override bool? HasItsDevice => NvidiaDriver.FirstGpu() is not null;

    public override IReadOnlyList<DeviceFacts> Devices => [new(NvidiaDriver.FirstGpu(), IsSoftware: false)];

    public override OrtSetup Configure(SessionOptions options, SessionRequest request)
    {
        NvidiaPlatform.ThrowIfTensorFloatIsOff(request.Precision);
        var settings = Settings(request.Precision);
        using var cuda = new OrtCUDAProviderOptions();
        cuda.UpdateOptions(settings);
        options.AppendExecutionProvider_CUDA(cuda);
        settings["host_memory"] = "pageable";
        settings[NvidiaPlatform.TensorFloatVariable] = NvidiaPlatform.TensorFloat;
        return OrtSetup.AsAsked(settings, request, settings["device_id"]);
    }

    internal static Dictionary<string, string> Settings(Precision precision) => new()
    {
        ["device_id"] = "0",
        ["use_tf32"] = precision == Precision.Tf32 ? "1" : "0",
        ["cudnn_conv_algo_search"] = "EXHAUSTIVE",
    };
}
