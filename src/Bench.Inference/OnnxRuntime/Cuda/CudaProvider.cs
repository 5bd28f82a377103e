using Microsoft.ML.OnnxRuntime;

namespace Bench.Inference.OnnxRuntime.Cuda;

/// <summary>ONNX Runtime's CUDA provider.</summary>
/// <remarks>
/// Input and output lie in pinned host memory and are bound once; <c>Run</c> copies the image to the device and the outputs back, and
/// returns when the stream is done. Options: https://onnxruntime.ai/docs/execution-providers/CUDA-ExecutionProvider.html.
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

    public override string Remedy => NvidiaPlatform.Remedy("CUDA 13 and cuDNN 9");

    public override string Needs => "It needs an NVIDIA GPU with its driver, CUDA 13 and cuDNN 9.";

    public override DeviceFacts Device => new(NvidiaDriver.FirstGpu(), IsSoftware: false);

    public override IReadOnlyDictionary<string, string> Configure(SessionOptions options, SessionRequest request)
    {
        var settings = Settings();
        using var cuda = new OrtCUDAProviderOptions();
        cuda.UpdateOptions(settings);
        options.AppendExecutionProvider_CUDA(cuda);
        return settings;
    }

    // TensorFloat-32 is on by default and keeps 10 of fp32's 23 bits: fp32 here means fp32.
    internal static Dictionary<string, string> Settings() => new()
    {
        ["device_id"] = "0",
        ["use_tf32"] = "0",
        ["cudnn_conv_algo_search"] = "EXHAUSTIVE",
    };
}
