using System.Runtime.InteropServices;
using System.Text;

namespace Bench.Inference.OnnxRuntime.Cuda;

/// <summary>Asks NVIDIA's driver which GPU there is.</summary>
/// <remarks>
/// The driver is loaded, not looked for: under WSL 2, on Jetson and in some containers there is no <c>/proc/driver/nvidia</c>.
/// https://docs.nvidia.com/cuda/cuda-driver-api/, https://docs.nvidia.com/cuda/wsl-user-guide/.
/// </remarks>
internal static unsafe class NvidiaDriver
{
    private const int NameLength = 256;

    // Windows puts it there for WSL; not every distribution has the folder on its search path.
    private const string WslDriver = "/usr/lib/wsl/lib/libcuda.so.1";

    /// <returns>The first device's name and the highest CUDA version that the driver supports; null without a driver or device.</returns>
    public static string? FirstGpu() => TryLoad(out var library) ? FirstGpu(library) : null;

    /// <param name="library">A driver that is loaded.</param>
    /// <returns>As above.</returns>
    internal static string? FirstGpu(nint library)
    {
        var init = (delegate* unmanaged<uint, int>)NativeLibrary.GetExport(library, "cuInit");
        var getDevice = (delegate* unmanaged<int*, int, int>)NativeLibrary.GetExport(library, "cuDeviceGet");
        var getName = (delegate* unmanaged<byte*, int, int, int>)NativeLibrary.GetExport(library, "cuDeviceGetName");
        var getVersion = (delegate* unmanaged<int*, int>)NativeLibrary.GetExport(library, "cuDriverGetVersion");
        int device, version;
        var name = stackalloc byte[NameLength];
        return init(0) == 0 && getDevice(&device, 0) == 0 && getName(name, NameLength, device) == 0 && getVersion(&version) == 0
            ? $"{Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name))}, "
                + $"driver for CUDA {version / 1000}.{version % 1000 / 10}"
            : null;
    }

    private static bool TryLoad(out nint library)
    {
        library = 0;
        string[] names = OperatingSystem.IsWindows() ? ["nvcuda.dll"] : ["libcuda.so.1", WslDriver];
        foreach (var name in names)
        {
            if (NativeLibrary.TryLoad(name, out library))
            {
                return true;
            }
        }

        return false;
    }
}
