using System.Runtime.InteropServices;

namespace Bench.Inference.OnnxRuntime.TensorRT;

/// <summary>Asks TensorRT for its version.</summary>
internal static unsafe class TensorRTVersion
{
    /// <returns>For example <c>TensorRT 10.8.0</c>; null if the library is not here.</returns>
    public static string? Read()
    {
        if (!NativeLibrary.TryLoad(OperatingSystem.IsWindows() ? "nvinfer_10.dll" : "libnvinfer.so.10", out var library)
            || !NativeLibrary.TryGetExport(library, "getInferLibVersion", out var export))
        {
            return null;
        }

        // NV_TENSORRT_VERSION: major × 10000 + minor × 100 + patch since version 10.
        var version = ((delegate* unmanaged<int>)export)();
        return $"TensorRT {version / 10000}.{version / 100 % 100}.{version % 100}";
    }
}
