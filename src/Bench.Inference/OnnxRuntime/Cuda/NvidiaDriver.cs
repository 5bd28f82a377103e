using System.Runtime.InteropServices;
using System.Text;

namespace Bench.Inference.OnnxRuntime.Cuda;

/// <summary>Asks NVIDIA's driver which GPU there is.</summary>
/// <remarks>https://docs.nvidia.com/cuda/cuda-driver-api/.</remarks>
internal static unsafe class NvidiaDriver
{
    private const int NameLength = 256;

    /// <returns>The first device's name and the highest CUDA version that the driver supports; null without a driver or device.</returns>
    public static string? FirstGpu()
    {
        if (!NativeLibrary.TryLoad(OperatingSystem.IsWindows() ? "nvcuda.dll" : "libcuda.so.1", out var library))
        {
            return null;
        }

        var init = (delegate* unmanaged<uint, int>)NativeLibrary.GetExport(library, "cuInit");
        var getDevice = (delegate* unmanaged<int*, int, int>)NativeLibrary.GetExport(library, "cuDeviceGet");
        var getName = (delegate* unmanaged<byte*, int, int, int>)NativeLibrary.GetExport(library, "cuDeviceGetName");
        var getVersion = (delegate* unmanaged<int*, int>)NativeLibrary.GetExport(library, "cuDriverGetVersion");
        int device, version;
        var name = stackalloc byte[NameLength];
        return init(0) == 0 && getDevice(&device, 0) == 0 && getName(name, NameLength, device) == 0 && getVersion(&version) == 0
            ? $"{Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name))}, driver for CUDA {version / 1000}.{version % 1000 / 10}"
            : null;
    }
}
