using System.Runtime.InteropServices;
using System.Text;

namespace Bench.Benchmarks.Machines.Gpus;

/// <summary>Tells which device CUDA means by a number, in this process and with its environment.</summary>
/// <remarks>https://docs.nvidia.com/cuda/cuda-driver-api/group__CUDA__DEVICE.html.</remarks>
internal static unsafe class CudaDevice
{
    private const int Length = 32;

    /// <param name="ordinal">CUDA's number of a device, which <c>CUDA_VISIBLE_DEVICES</c> and <c>CUDA_DEVICE_ORDER</c> change.</param>
    /// <returns>Its PCI bus id, as <see cref="GpuMeter"/> takes it; null without a driver or such a device.</returns>
    public static string? PciBusId(int ordinal) => TryLoad(out var library) ? PciBusId(library, ordinal) : null;

    /// <param name="library">A driver that is loaded.</param>
    /// <returns>As above.</returns>
    internal static string? PciBusId(nint library, int ordinal)
    {
        int device;
        var id = stackalloc byte[Length];
        return NativeLibrary.TryGetExport(library, "cuInit", out var init)
            && NativeLibrary.TryGetExport(library, "cuDeviceGet", out var get)
            && NativeLibrary.TryGetExport(library, "cuDeviceGetPCIBusId", out var getId)
            && ((delegate* unmanaged<uint, int>)init)(0) == 0
            && ((delegate* unmanaged<int*, int, int>)get)(&device, ordinal) == 0
            && ((delegate* unmanaged<byte*, int, int, int>)getId)(id, Length, device) == 0
                ? Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(id))
                : null;
    }

    private static bool TryLoad(out nint library)
    {
        library = 0;
        string[] names = OperatingSystem.IsWindows() ? ["nvcuda.dll"]
            // Windows puts it there for WSL; not every distribution has the folder on its search path.
            : OperatingSystem.IsLinux() ? ["libcuda.so.1", "/usr/lib/wsl/lib/libcuda.so.1"] : [];
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
