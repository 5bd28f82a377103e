using System.Runtime.InteropServices;
using System.Text;

namespace Bench.Inference.OnnxRuntime.Cuda;

/// <summary>Asks NVIDIA's driver which GPUs there are.</summary>
/// <remarks>
/// The driver is loaded, not looked for: under WSL 2, on Jetson and in some containers there is no <c>/proc/driver/nvidia</c>.
/// https://docs.nvidia.com/cuda/cuda-driver-api/, https://docs.nvidia.com/cuda/wsl-user-guide/.
/// </remarks>
internal static unsafe class NvidiaDriver
{
    private const int NameLength = 256;
    private const int BusIdLength = 32;
    private const int ComputeCapabilityMajor = 75;

    private static readonly Lazy<IReadOnlyList<NvidiaDevice>> Found =
        new(() => NvidiaLibrary.Load(NvidiaLibrary.Driver) is var library and not 0 ? Ask(library) : []);

    /// <summary>The devices in the order of CUDA's indices; none without a driver or device. Asked once in a process.</summary>
    public static IReadOnlyList<NvidiaDevice> Devices => Found.Value;

    /// <param name="library">A driver that is loaded.</param>
    /// <returns>As above.</returns>
    internal static IReadOnlyList<NvidiaDevice> Ask(nint library)
    {
        var init = (delegate* unmanaged<uint, int>)NativeLibrary.GetExport(library, "cuInit");
        var getCount = (delegate* unmanaged<int*, int>)NativeLibrary.GetExport(library, "cuDeviceGetCount");
        var getVersion = (delegate* unmanaged<int*, int>)NativeLibrary.GetExport(library, "cuDriverGetVersion");
        int count, version;
        if (init(0) != 0 || getCount(&count) != 0 || getVersion(&version) != 0)
        {
            return [];
        }

        var cuda = NvidiaVersions.OfCuda(version);
        return [.. Enumerable.Range(0, count).Select(index => Describe(library, index, cuda)).OfType<NvidiaDevice>()];
    }

    private static NvidiaDevice? Describe(nint library, int index, string version)
    {
        var getDevice = (delegate* unmanaged<int*, int, int>)NativeLibrary.GetExport(library, "cuDeviceGet");
        var getName = (delegate* unmanaged<byte*, int, int, int>)NativeLibrary.GetExport(library, "cuDeviceGetName");
        var getBusId = (delegate* unmanaged<byte*, int, int, int>)NativeLibrary.GetExport(library, "cuDeviceGetPCIBusId");
        var getAttribute = (delegate* unmanaged<int*, int, int, int>)NativeLibrary.GetExport(library, "cuDeviceGetAttribute");
        int device, major;
        var name = stackalloc byte[NameLength];
        var busId = stackalloc byte[BusIdLength];
        return getDevice(&device, index) == 0 && getName(name, NameLength, device) == 0
            ? new NvidiaDevice(Text(name), version)
            {
                PciBusId = getBusId(busId, BusIdLength, device) == 0 ? Text(busId) : null,
                Uuid = Uuid(library, device),
                ComputeCapabilityMajor = getAttribute(&major, ComputeCapabilityMajor, device) == 0 ? major : null,
            }
            : null;
    }

    /// <summary>Of a slice of a device (MIG) the second version of the call tells the slice's own.</summary>
    private static string? Uuid(nint library, int device)
    {
        Span<byte> bytes = stackalloc byte[16];
        if (!NativeLibrary.TryGetExport(library, "cuDeviceGetUuid_v2", out var export)
            && !NativeLibrary.TryGetExport(library, "cuDeviceGetUuid", out export))
        {
            return null;
        }

        fixed (byte* start = bytes)
        {
            return ((delegate* unmanaged<byte*, int, int>)export)(start, device) == 0
                ? $"GPU-{new Guid(bytes, bigEndian: true)}"
                : null;
        }
    }

    private static string Text(byte* text) => Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text));
}
