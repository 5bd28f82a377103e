using System.Runtime.InteropServices;

namespace Bench.Inference.OnnxRuntime.Cuda;

/// <summary>NVIDIA's libraries, loaded by the names under which the system's loader or an engine finds them.</summary>
internal static class NvidiaLibrary
{
    // Windows puts it there for WSL; not every distribution has the folder on its search path.
    private const string WslDriver = "/usr/lib/wsl/lib/libcuda.so.1";

    /// <summary>The driver.</summary>
    public static IReadOnlyList<string> Driver { get; } = OperatingSystem.IsWindows() ? ["nvcuda.dll"] : ["libcuda.so.1", WslDriver];

    /// <summary>CUDA's runtime, of the versions that ONNX Runtime is built for.</summary>
    public static IReadOnlyList<string> Runtime { get; } =
        OperatingSystem.IsWindows() ? ["cudart64_13.dll", "cudart64_12.dll"] : ["libcudart.so.13", "libcudart.so.12"];

    /// <summary>cuDNN.</summary>
    public static IReadOnlyList<string> CuDnn { get; } = OperatingSystem.IsWindows() ? ["cudnn64_9.dll"] : ["libcudnn.so.9"];

    /// <summary>TensorRT.</summary>
    public static IReadOnlyList<string> TensorRT { get; } = OperatingSystem.IsWindows() ? ["nvinfer_10.dll"] : ["libnvinfer.so.10"];

    /// <returns>The first of the names that can be loaded; 0 if none can.</returns>
    public static nint Load(IReadOnlyList<string> names) =>
        names.Select(name => NativeLibrary.TryLoad(name, out var library) ? library : 0).FirstOrDefault(library => library != 0);
}
