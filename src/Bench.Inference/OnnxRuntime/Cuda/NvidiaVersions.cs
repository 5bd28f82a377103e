using System.Runtime.InteropServices;

namespace Bench.Inference.OnnxRuntime.Cuda;

/// <summary>What versions of NVIDIA's libraries a process has, as the libraries themselves say; <c>unknown</c> for one that is not here.
/// </summary>
/// <param name="Driver">The highest version of CUDA that the driver supports.</param>
/// <param name="Runtime">CUDA's runtime.</param>
/// <param name="CuDnn">cuDNN.</param>
/// <param name="TensorRT">TensorRT.</param>
internal sealed record NvidiaVersions(string Driver, string Runtime, string CuDnn, string TensorRT)
{
    public const string Unknown = "unknown";

    private static readonly Lazy<NvidiaVersions> WithoutTensorRT = new(() => Ask(
        NvidiaLibrary.Load(NvidiaLibrary.Driver), NvidiaLibrary.Load(NvidiaLibrary.Runtime), NvidiaLibrary.Load(NvidiaLibrary.CuDnn), 0));

    private static readonly Lazy<NvidiaVersions> All = new(
        () => WithoutTensorRT.Value with { TensorRT = Ask(0, 0, 0, NvidiaLibrary.Load(NvidiaLibrary.TensorRT)).TensorRT });

    /// <summary>Those of this process without TensorRT, which is large and is loaded only for its own provider. Asked once.</summary>
    public static NvidiaVersions OfCudaHere => WithoutTensorRT.Value;

    /// <summary>Those of this process, asked once.</summary>
    public static NvidiaVersions Here => All.Value;

    /// <summary>CUDA's way to write a version: 1000 × major + 10 × minor.</summary>
    public static string OfCuda(int version) => $"{version / 1000}.{version % 1000 / 10}";

    /// <param name="driver">The driver; 0 if it is not here. So for the others.</param>
    /// <param name="runtime">CUDA's runtime.</param>
    /// <param name="cuDnn">cuDNN.</param>
    /// <param name="tensorRT">TensorRT.</param>
    internal static unsafe NvidiaVersions Ask(nint driver, nint runtime, nint cuDnn, nint tensorRT)
    {
        return new NvidiaVersions(
            Cuda(driver, "cuDriverGetVersion"),
            Cuda(runtime, "cudaRuntimeGetVersion"),
            // CUDNN_VERSION: 10000 × major + 100 × minor + patch since version 9.
            Export(cuDnn, "cudnnGetVersion") is var dnn and not 0 ? InParts((int)((delegate* unmanaged<nuint>)dnn)()) : Unknown,
            // NV_TENSORRT_VERSION: the same since version 10.
            Export(tensorRT, "getInferLibVersion") is var infer and not 0 ? InParts(((delegate* unmanaged<int>)infer)()) : Unknown);

        static string Cuda(nint library, string name)
        {
            int version;
            return Export(library, name) is var export and not 0 && ((delegate* unmanaged<int*, int>)export)(&version) == 0
                ? OfCuda(version)
                : Unknown;
        }
    }

    private static nint Export(nint library, string name) =>
        library != 0 && NativeLibrary.TryGetExport(library, name, out var export) ? export : 0;

    private static string InParts(int version) => $"{version / 10000}.{version / 100 % 100}.{version % 100}";
}
