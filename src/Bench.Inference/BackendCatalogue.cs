using System.Reflection;
using Bench.Inference.NativeRuntimes;
using Bench.Inference.OnnxRuntime;
using Bench.Inference.OnnxRuntime.CoreML;
using Bench.Inference.OnnxRuntime.Cpu;
using Bench.Inference.OnnxRuntime.Cuda;
using Bench.Inference.OnnxRuntime.DirectML;
using Bench.Inference.OnnxRuntime.Plugins;
using Bench.Inference.OnnxRuntime.TensorRT;
using Bench.Inference.OnnxRuntime.WebGpu;
using Bench.Inference.OnnxRuntime.Xnnpack;
using Bench.Inference.OpenVino;
using Bench.Inference.TensorFlow;

namespace Bench.Inference;

/// <summary>All backends that Bench knows, available here or not. A new one is a folder of its own and a line here.</summary>
public static class BackendCatalogue
{
    /// <summary>The id of the always-present unaccelerated baseline.</summary>
    public const string BaselineId = "ort-cpu-unoptimized";

    /// <summary>The id of the backend that outputs are compared with, at FP32.</summary>
    public const string ReferenceId = "ort-cpu";

    /// <summary>Divides a backend's name from a version in ids such as <c>ort-cpu@1.30.0</c>.</summary>
    public const char VersionMark = '@';

    /// <summary>The backends that are there without a library that the user names.</summary>
    internal static IReadOnlyList<string> BuiltIn { get; } =
    [
        ReferenceId, "ort-cuda", "ort-tensorrt", "ort-directml", "ort-webgpu", "ort-coreml", "ort-xnnpack", "openvino-cpu", "openvino-gpu",
        OpenVinoBackend.NamedDeviceId, "tensorflow-cpu", BaselineId,
    ];

    /// <summary>The managed API of ONNX Runtime, whose version is that of all rows of which none was named.</summary>
    public static Assembly ManagedApi => typeof(Microsoft.ML.OnnxRuntime.OrtEnv).Assembly;

    /// <summary>Lists the backends, in the order of the matrix.</summary>
    /// <param name="runtimes">The native libraries to choose from.</param>
    /// <returns>The backends, each at its default version.</returns>
    public static IReadOnlyList<IBackend> All(RuntimeCatalogue runtimes) =>
    [
        new OrtBackend(new CpuProvider(ReferenceId, optimised: true), runtimes),
        new OrtBackend(new CudaProvider(), runtimes),
        new OrtBackend(new TensorRTProvider(), runtimes),
        new OrtBackend(new DirectMLProvider(), runtimes),
        new OrtBackend(new WebGpuProvider(), runtimes),
        new OrtBackend(new CoreMLProvider(), runtimes),
        new OrtBackend(new XnnpackProvider(), runtimes),
        new OpenVinoBackend(OpenVinoDevice.Processor),
        new OpenVinoBackend(OpenVinoDevice.Graphics),
        new OpenVinoBackend(device: null),
        new TensorFlowBackend(),
        .. runtimes.Plugins.Select(library => new OrtBackend(new PluginProvider(library), runtimes)),
        new OrtBackend(new CpuProvider(BaselineId, optimised: false), runtimes),
    ];

    /// <summary>Finds a backend.</summary>
    /// <param name="id">Its name, or name and version: <c>ort-cpu</c>, <c>ort-cpu@1.30.0</c>, <c>ort-cpu@local</c>.</param>
    /// <param name="runtimes">The native libraries to choose from.</param>
    /// <returns>The backend, or null if there is none of this name, or no versions of it can be told apart.</returns>
    public static IBackend? Find(string id, RuntimeCatalogue runtimes)
    {
        var (name, version) = id.Split(VersionMark, 2) is [var first, var second] ? (first, second) : (id, null);
        var backend = All(runtimes).FirstOrDefault(candidate => candidate.Id == name);
        return version is null ? backend : IsVersion(version) ? (backend as IVersionedBackend)?.At(version) : null;
    }

    /// <summary>The name in an id, without the version.</summary>
    public static string NameOf(string id) => id.Split(VersionMark, 2)[0];

    private static bool IsVersion(string text) => text == Flavour.Local
        || (Version.TryParse(text, out var version) && version.Build >= 0 && version.Revision < 0 && version.ToString() == text);
}
