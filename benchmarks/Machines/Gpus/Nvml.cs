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
    private const int Success = 0;
    private const int InsufficientSize = 7;
    private const int FunctionNotFound = 13;
    private const int TextLength = 96;
    private const int ProcessesExpected = 64;

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
    public nint? Device(int index)
    {
        nint device;
        return Export("nvmlDeviceGetHandleByIndex_v2") is var function and not 0
            && ((delegate* unmanaged<uint, nint*, int>)function)((uint)index, &device) == Success ? device : null;
    }

    /// <summary>Names a device by its PCI bus id or UUID.</summary>
    public nint? Device(string id, out string? reason)
    {
        nint device = 0;
        var isUuid = id.StartsWith("GPU-", StringComparison.Ordinal) || id.StartsWith("MIG-", StringComparison.Ordinal);
        var function = Export(isUuid ? "nvmlDeviceGetHandleByUUID" : "nvmlDeviceGetHandleByPciBusId_v2");
        var text = Marshal.StringToCoTaskMemUTF8(id);
        try
        {
            var result = function == 0 ? FunctionNotFound : ((delegate* unmanaged<nint, nint*, int>)function)(text, &device);
            reason = result == Success ? null : $"NVIDIA's management library does not know the device {id}: {Words(result)}.";
            return result == Success ? device : null;
        }
        finally
        {
            Marshal.FreeCoTaskMem(text);
        }
    }

    /// <summary>Asks a device for a number: functions of a device and a place for 32 bits.</summary>
    public uint? UInt(string name, nint device)
    {
        uint value;
        return Export(name) is var function and not 0
            && ((delegate* unmanaged<nint, uint*, int>)function)(device, &value) == Success ? value : null;
    }

    /// <summary>The same with a choice: which clock, which sensor.</summary>
    public uint? UInt(string name, nint device, int choice)
    {
        uint value;
        return Export(name) is var function and not 0
            && ((delegate* unmanaged<nint, int, uint*, int>)function)(device, choice, &value) == Success ? value : null;
    }

    /// <summary>Functions of a device and two places for 32 bits; the first counts.</summary>
    public uint? FirstOfTwo(string name, nint device)
    {
        var values = stackalloc uint[2];
        return Export(name) is var function and not 0
            && ((delegate* unmanaged<nint, uint*, uint*, int>)function)(device, values, values + 1) == Success ? values[0] : null;
    }

    /// <summary>Functions of a device and a place for a structure of numbers; its first one counts.</summary>
    public ulong? First(string name, nint device)
    {
        // The longest is nvmlMemory_t: three times 64 bits.
        var values = stackalloc ulong[8];
        return Export(name) is var function and not 0
            && ((delegate* unmanaged<nint, ulong*, int>)function)(device, values) == Success ? values[0] : null;
    }

    /// <summary>Memory errors: corrected (0) or not (1), since the driver was loaded (0) or ever (1).</summary>
    public ulong? Errors(nint device, int type, int counter)
    {
        ulong value;
        return Export("nvmlDeviceGetTotalEccErrors") is var function and not 0
            && ((delegate* unmanaged<nint, int, int, ulong*, int>)function)(device, type, counter, &value) == Success ? value : null;
    }

    /// <summary>Texts of a device: its name, its UUID.</summary>
    public string? Text(string name, nint device)
    {
        var text = stackalloc byte[TextLength];
        return Export(name) is var function and not 0
            && ((delegate* unmanaged<nint, byte*, uint, int>)function)(device, text, TextLength) == Success ? Text(text) : null;
    }

    /// <summary>Where a device is plugged in, as <c>00000000:17:00.0</c>.</summary>
    public string? PciBusId(nint device)
    {
        // nvmlPciInfo_t: a short id of 16 bytes, five numbers, then the long id of 32.
        const int Offset = 16 + (5 * sizeof(uint));
        var info = stackalloc byte[Offset + 32];
        return Export("nvmlDeviceGetPciInfo_v3") is var function and not 0
            && ((delegate* unmanaged<nint, byte*, int>)function)(device, info) == Success ? Text(info + Offset) : null;
    }

    /// <summary>Processes that a function lists.</summary>
    /// <returns>Their numbers; null if not told.</returns>
    public IReadOnlyList<uint>? Processes(string name, nint device)
    {
        var function = Export(name);
        for (var room = ProcessesExpected; function != 0;)
        {
            var processes = new ProcessInfo[room];
            var count = (uint)room;
            int result;
            fixed (ProcessInfo* first = processes)
            {
                result = ((delegate* unmanaged<nint, uint*, ProcessInfo*, int>)function)(device, &count, first);
            }

            if (result == Success)
            {
                return [.. processes[..(int)count].Select(process => process.Id)];
            }

            // Others may start meanwhile: some room more than it says.
            if (result != InsufficientSize || count < room)
            {
                return null;
            }

            room = (int)count + ProcessesExpected;
        }

        return null;
    }

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

    private static string Text(byte* text) => Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text));

    private string Words(int result) =>
        Export("nvmlErrorString") is var function and not 0 && ((delegate* unmanaged<int, byte*>)function)(result) is var text and not null
            ? Text(text)
            : FormattableString.Invariant($"error {result}");

    private nint Export(string name) => NativeLibrary.TryGetExport(_library, name, out var function) ? function : 0;

    /// <summary>nvmlProcessInfo_t of version 3 of the functions.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct ProcessInfo
    {
        public uint Id;
        public ulong Memory;
        public uint GpuInstance;
        public uint ComputeInstance;
    }
}
