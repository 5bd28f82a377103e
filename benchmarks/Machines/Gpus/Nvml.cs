using System.Runtime.InteropServices;
using System.Text;

namespace Bench.Benchmarks.Machines.Gpus;

/// <summary>NVIDIA's management library, which comes with the driver. Its functions may be called from any thread.</summary>
/// <remarks>
/// https://docs.nvidia.com/deploy/nvml-api/. Functions are looked up by name when they are called: drivers of other years lack some.
/// What a device does not tell is null.
/// </remarks>
internal sealed unsafe class Nvml : IDisposable
{
    /// <summary>What functions return when they have done their work.</summary>
    public const int Success = 0;

    /// <summary>Room for any text of the library.</summary>
    public const int TextLength = 96;

    private const int FunctionNotFound = 13;

    private readonly nint _library;

    private Nvml(nint library) => _library = library;

    /// <summary>Loads and starts the library.</summary>
    /// <param name="reason">Why it cannot be used, one sentence.</param>
    /// <returns>Null if it cannot be used here.</returns>
    public static Nvml? TryOpen(out string? reason) => TryOpen(Places(), out reason);

    /// <param name="places">Names or paths to try, in this order.</param>
    internal static Nvml? TryOpen(IEnumerable<string> places, out string? reason)
    {
        foreach (var place in places)
        {
            if (NativeLibrary.TryLoad(place, out var library))
            {
                var nvml = new Nvml(library);
                var result = nvml.Call("nvmlInit_v2");
                reason = result == Success ? null
                    : $"NVIDIA's management library did not start: {nvml.Words(result)}. Expected a working driver: see nvidia-smi.";
                return result == Success ? nvml : null;
            }
        }

        reason = "NVIDIA's management library (NVML) was not found. Expected the one that comes with the driver: "
            + (OperatingSystem.IsWindows() ? "nvml.dll." : "libnvidia-ml.so.1.");
        return null;
    }

    /// <summary>How many devices there are.</summary>
    public int Count => (int)(UInt("nvmlDeviceGetCount_v2") ?? 0);

    /// <summary>The driver's version.</summary>
    public string? DriverVersion => Text("nvmlSystemGetDriverVersion");

    /// <summary>Names a device by its place in NVML's list, which is not the order of CUDA.</summary>
    public NvmlDevice? Device(int index)
    {
        nint device;
        return Export("nvmlDeviceGetHandleByIndex_v2") is var function and not 0
            && ((delegate* unmanaged<uint, nint*, int>)function)((uint)index, &device) == Success
                ? new NvmlDevice(this, device)
                : null;
    }

    /// <summary>Names a device by its PCI bus id or UUID.</summary>
    public NvmlDevice? Device(string id, out string? reason)
    {
        nint device = 0;
        var isUuid = id.StartsWith("GPU-", StringComparison.Ordinal) || id.StartsWith("MIG-", StringComparison.Ordinal);
        var function = Export(isUuid ? "nvmlDeviceGetHandleByUUID" : "nvmlDeviceGetHandleByPciBusId_v2");
        var text = Marshal.StringToCoTaskMemUTF8(id);
        try
        {
            var result = function == 0 ? FunctionNotFound : ((delegate* unmanaged<nint, nint*, int>)function)(text, &device);
            reason = result == Success ? null : $"NVIDIA's management library does not know the device {id}: {Words(result)}.";
            return result == Success ? new NvmlDevice(this, device) : null;
        }
        finally
        {
            Marshal.FreeCoTaskMem(text);
        }
    }

    /// <returns>A function by its name; 0 where this driver lacks it.</returns>
    public nint Export(string name) => NativeLibrary.TryGetExport(_library, name, out var function) ? function : 0;

    /// <summary>A text as C has it.</summary>
    public static string Text(byte* text) => Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text));

    public void Dispose() => Call("nvmlShutdown");

    private static IEnumerable<string> Places() => OperatingSystem.IsWindows()
        ?
        [
            "nvml.dll",
            // Where older drivers put it.
            Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "NVIDIA Corporation", "NVSMI", "nvml.dll"),
        ]
        // Windows puts it there for WSL; not every distribution has the folder on its search path.
        : OperatingSystem.IsLinux() ? ["libnvidia-ml.so.1", "/usr/lib/wsl/lib/libnvidia-ml.so.1"] : [];

    private int Call(string name) => Export(name) is var function and not 0 ? ((delegate* unmanaged<int>)function)() : FunctionNotFound;

    private uint? UInt(string name)
    {
        uint value;
        return Export(name) is var function and not 0 && ((delegate* unmanaged<uint*, int>)function)(&value) == Success ? value : null;
    }

    private string? Text(string name)
    {
        var text = stackalloc byte[TextLength];
        return Export(name) is var function and not 0
            && ((delegate* unmanaged<byte*, uint, int>)function)(text, TextLength) == Success ? Text(text) : null;
    }

    private string Words(int result) =>
        Export("nvmlErrorString") is var function and not 0 && ((delegate* unmanaged<int, byte*>)function)(result) is var text and not null
            ? Text(text)
            : FormattableString.Invariant($"error {result}");
}
