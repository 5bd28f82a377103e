using Bench.Inference.Knobs;
using Bench.Inference.Settings;
using Bench.Models;
using Microsoft.ML.OnnxRuntime;

namespace Bench.Inference.OnnxRuntime.Cuda;

/// <summary>ONNX Runtime's CUDA provider.</summary>
/// <remarks>
/// Unless knobs say otherwise, input and output are wrapped once, where they lie in host memory that the operating system may page, as a
/// program's images do; <c>Run</c> copies the image to the device and the outputs back, and returns when the stream is done. (An I/O
/// binding would copy the image when it is bound, outside the clock.)
/// Options: https://onnxruntime.ai/docs/execution-providers/CUDA-ExecutionProvider.html.
/// </remarks>
internal sealed class CudaProvider : OrtProvider
{
    private const string PreferNhwc = "prefer_nhwc";
    private const string EnableGraph = "enable_cuda_graph";

    public override string BackendId => "ort-cuda";

    public override string Description => "ONNX Runtime, CUDA provider, on an NVIDIA GPU";

    public override string Key => "cuda";

    public override string ProfileName => "CUDAExecutionProvider";

    public override string? WhyNotHere => NvidiaPlatform.WhyNotHere;

    public override string? LibraryName => NvidiaPlatform.LibraryName("cuda");

    public override IReadOnlyList<string> LibraryFolders => NvidiaPlatform.LibraryFolders;

    public override IReadOnlyList<Precision> Precisions { get; } = [Precision.Fp32, Precision.Tf32, Precision.Fp16, Precision.Int8];

    public override IReadOnlyDictionary<string, string?> Variables(Precision precision) => NvidiaPlatform.Variables(precision);

    public override string Remedy => NvidiaPlatform.Remedy("CUDA 13 and cuDNN 9");

    public override string Needs => "It needs an NVIDIA GPU with its driver, CUDA 13 and cuDNN 9.";

    public override bool? HasItsDevice => NvidiaDriver.Devices.Count > 0;

    public override IReadOnlyList<DeviceFacts> Devices => [.. NvidiaDriver.Devices.Select(device => device.Facts)];

    public override void LoadLibrary()
    {
        // Setting an option loads the provider's library.
        using var cuda = new OrtCUDAProviderOptions();
        cuda.UpdateOptions(new Dictionary<string, string> { ["device_id"] = "0" });
        _ = NvidiaVersions.OfCudaHere;
    }

    public override OrtSetup Configure(SessionOptions options, SessionRequest request)
    {
        NvidiaPlatform.ThrowIfOverruled(request.Precision);
        var settings = Settings(request);
        using var cuda = new OrtCUDAProviderOptions();
        cuda.UpdateOptions(settings);
        options.AppendExecutionProvider_CUDA(cuda);
        var taken = ProviderOptionText.Parse(cuda.GetOptions());
        ProviderOptionText.AddSwitch(taken, PreferNhwc, KnobCatalogue.Layout, KnobCatalogue.Nhwc);
        ProviderOptionText.AddSwitch(taken, EnableGraph, KnobCatalogue.Graph, KnobCatalogue.On);
        return NvidiaPlatform.Setup(settings, request, taken);
    }

    public override SessionSettings Written(SessionSettings settings, SessionRequest request) =>
        settings with { Provider = ProfileName, ProviderOptions = Settings(request), Remarks = NvidiaPlatform.Remarks(request) };

    public override string? ReducedFloat(SessionRequest request) => NvidiaPlatform.ReducedFloat(request);

    public override bool AllowsConcurrentRuns(SessionRequest request) => !HasOneExecution(request);

    public override bool HasOneExecution(SessionRequest request) => request.Knobs.IsSet(KnobCatalogue.Graph);

    public override IExecution NewExecution(OrtSession session) => NvidiaPlatform.NewExecution(session);

    /// <summary>The provider's options for a request.</summary>
    internal static Dictionary<string, string> Settings(SessionRequest request)
    {
        // The search that the provider makes by default is said, since it is what the first inference takes so long for.
        var settings = new Dictionary<string, string> { ["cudnn_conv_algo_search"] = "EXHAUSTIVE" };
        foreach (var (name, value) in ProviderOptions.In(request.Knobs).Concat(Fallback(request)))
        {
            settings[name] = value;
        }

        if (request.Knobs.IsSet(KnobCatalogue.Layout))
        {
            settings[PreferNhwc] = "1";
        }

        if (request.Knobs.IsSet(KnobCatalogue.Graph))
        {
            settings[EnableGraph] = "1";
        }

        return settings;
    }

    /// <summary>The options where the provider takes what TensorRT refuses.</summary>
    internal static Dictionary<string, string> Fallback(SessionRequest request) => new()
    {
        ["device_id"] = $"{NvidiaPlatform.DeviceIndex(request)}",
        ["use_tf32"] = request.Precision == Precision.Tf32 ? "1" : "0",
    };
}
