using System.Globalization;
using Bench.Inference.OnnxRuntime.CoreML;
using Bench.Inference.OnnxRuntime.Plugins;
using Bench.Inference.OpenVino;

namespace Bench.Inference.Knobs;

/// <summary>All knobs of sessions. A new one is a line here, and what reads it in the backends that have it.</summary>
public static class KnobCatalogue
{
    /// <summary>How many images a request has.</summary>
    public const string Batch = "batch";

    /// <summary>How many requests are in flight.</summary>
    public const string Streams = "streams";

    /// <summary>How many threads compute a request.</summary>
    public const string Threads = "threads";

    /// <summary>Which optimisations of the network are made.</summary>
    public const string Optimisation = "optimisation";

    internal const string Device = "device";
    internal const string Layout = "layout";
    internal const string HostMemory = "host-memory";
    internal const string Graph = "graph";

    internal const string Nhwc = "nhwc";
    internal const string PageLocked = "page-locked";
    internal const string On = "on";
    internal const string HighPerformance = "high-performance";
    internal const string LowPower = "low-power";

    /// <summary>The largest number of images in a request.</summary>
    public const int MaximumBatch = 65536;

    /// <summary>The largest number of streams.</summary>
    public const int MaximumStreams = 1024;

    private const int MaximumThreads = 1024;
    private const int MaximumDevices = 64;

    private static readonly Func<string, string?> OnDevices =
        Only(["ort-cuda", "ort-tensorrt", "ort-directml", "ort-webgpu", CoreML, "openvino-gpu", OpenVinoBackend.NamedDeviceId],
            "it runs on the processor");

    private const string CoreML = "ort-coreml";

    private static readonly string[] Nvidia = ["ort-cuda", "ort-tensorrt"];

    /// <summary>Every knob, in the order in which they are explained; provider options stand there once, as <c>ep.NAME</c>.</summary>
    public static IReadOnlyList<Knob> All { get; } =
    [
        new Knob
        {
            Name = Batch,
            Description = "images in a request",
            Sets = "the length of the axis that counts images",
            Default = "1",
            Expected = $"a number from 1 to {MaximumBatch}",
            IsValue = value => IsNumber(value, 1, MaximumBatch),
        },
        new Knob
        {
            Name = Streams,
            Description = "requests in flight, each with memory of its own",
            Sets = "how many requests the program sends before the first is answered",
            Default = "1",
            Expected = $"a number from 1 to {MaximumStreams}",
            IsValue = value => IsNumber(value, 1, MaximumStreams),
        },
        new Knob
        {
            Name = Threads,
            Description = "threads of a stream; default leaves number and affinity to the engine",
            Sets = "intra-op threads of ONNX Runtime and TensorFlow, INFERENCE_NUM_THREADS of OpenVINO",
            Default = Knob.EnginesChoice,
            Expected = $"default, or a number from 1 to {MaximumThreads}",
            IsValue = value => IsNumber(value, 1, MaximumThreads),
            WhyNotOn = backend => backend is "openvino-gpu" or OpenVinoBackend.NamedDeviceId
                ? "OpenVINO has a number of threads for processors alone, in openvino-cpu"
                : null,
        },
        new Knob
        {
            Name = Optimisation,
            Description = "which optimisations of the network ONNX Runtime makes when it loads it",
            Sets = "GraphOptimizationLevel of ONNX Runtime's sessions",
            Default = "all",
            Expected = "all, extended, basic or off",
            IsValue = value => value is "extended" or "basic" or "off",
            WhyNotOn = backend => backend == "ort-cpu-unoptimized" ? "it is off there"
                : backend.StartsWith("ort-", StringComparison.Ordinal) ? null
                : "it is a service of ONNX Runtime",
        },
        new Knob
        {
            Name = Device,
            Description = "which of several devices of the backend's kind",
            Sets = "device_id of CUDA, TensorRT and DirectML, GPU.n, NPU and AUTO of OpenVINO, powerPreference of WebGPU, MLComputeUnits "
                + "of CoreML, the devices of a provider in a library of its own",
            Default = Knob.EnginesChoice,
            Expected = $"default, an index from 0, {HighPerformance} or {LowPower} for ort-webgpu, npu or auto for openvino, or "
                + DeviceChoice.Expected,
            IsValue = value => IsNumber(value, 0, MaximumDevices - 1) || DeviceChoice.IsOne(value),
            WhyNotOn = backend => PluginLibrary.IsBackend(backend) ? null : OnDevices(backend),
            WhyNotValueOn = (backend, value) => PluginLibrary.IsBackend(backend) ? null
                : backend == CoreML ? CoreMLProvider.DeviceNames.Contains(value) ? null
                    : $"CoreML knows {string.Join(", ", CoreMLProvider.DeviceNames)}"
                : backend == OpenVinoBackend.NamedDeviceId ? value is "npu" or "auto" ? null
                    : "it knows npu and auto; others have openvino-cpu and openvino-gpu"
                : (backend == "ort-webgpu" ? value is HighPerformance or LowPower : IsNumber(value, 0, MaximumDevices - 1)) ? null
                : backend == "ort-webgpu"
                    ? $"WebGPU lets its adapters be told apart by {HighPerformance} and {LowPower} alone"
                    : "its devices have indices",
        },
        new Knob
        {
            Name = Layout,
            Description = "the order of axes that convolutions compute in",
            Sets = "prefer_nhwc of the CUDA provider",
            Default = "nchw",
            Expected = "nchw or nhwc",
            IsValue = value => value == Nhwc,
            WhyNotOn = Only(["ort-cuda"], "only the CUDA provider lets it be chosen"),
        },
        new Knob
        {
            Name = HostMemory,
            Description = "whether the operating system may move images and outputs in host memory",
            Sets = "cudaHostRegister on the memory of inputs and outputs",
            Default = "pageable",
            Expected = "pageable or page-locked",
            IsValue = value => value == PageLocked,
            WhyNotOn = Only(Nvidia, "it is a service of CUDA"),
        },
        new Knob
        {
            Name = Graph,
            Description = "whether the device's work is recorded once and started as a whole after that",
            Sets = "enable_cuda_graph of the CUDA provider, trt_cuda_graph_enable of TensorRT's",
            Default = "off",
            Expected = "off or on",
            IsValue = value => value == On,
            WhyNotOn = Only(Nvidia, "it is a service of CUDA"),
        },
        ProviderOptions.Knob(ProviderOptions.Prefix + "NAME"),
    ];

    /// <summary>Whether a backend computes on the machine's own processor: those on devices let one be chosen. One that leaves the choice
    /// to the engine counts as a device: what was chosen is known when it has been measured.</summary>
    /// <param name="backendId">The backend, with or without a version.</param>
    public static bool IsOnProcessor(string backendId) => Find(Device)!.WhyNot(backendId) is not null;

    /// <summary>The knob of a name.</summary>
    /// <param name="name">For example <c>graph</c>, or <c>ep.</c> and the name of any provider option.</param>
    /// <returns>The knob; null if there is none.</returns>
    public static Knob? Find(string name) => ProviderOptions.IsKnob(name)
        ? ProviderOptions.Knob(name)
        : All.FirstOrDefault(knob => knob.Name == name);

    private static Func<string, string?> Only(string[] backends, string reason) => backend => backends.Contains(backend)
        ? null
        : $"{reason}; it is for {string.Join(", ", backends)}";

    private static bool IsNumber(string value, int least, int most) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
        && number.ToString(CultureInfo.InvariantCulture) == value;
}
