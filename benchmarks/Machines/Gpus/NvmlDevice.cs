using System.Runtime.InteropServices;

namespace Bench.Benchmarks.Machines.Gpus;

/// <summary>A device that NVIDIA's management library knows. What it does not tell is null.</summary>
/// <param name="nvml">The library, which is not closed before the last question.</param>
/// <param name="handle">The library's name of the device.</param>
internal sealed unsafe class NvmlDevice(Nvml nvml, nint handle)
{
    private const int InsufficientSize = 7;
    private const int ProcessesExpected = 64;

    /// <summary>Asks a device for a number: functions of a device and a place for 32 bits.</summary>
    public uint? UInt(string name)
    {
        uint value;
        return nvml.Export(name) is var function and not 0
            && ((delegate* unmanaged<nint, uint*, int>)function)(handle, &value) == Nvml.Success ? value : null;
    }

    /// <summary>The same with a choice: which clock, which sensor.</summary>
    public uint? UInt(string name, int choice)
    {
        uint value;
        return nvml.Export(name) is var function and not 0
            && ((delegate* unmanaged<nint, int, uint*, int>)function)(handle, choice, &value) == Nvml.Success ? value : null;
    }

    /// <summary>Functions of a device and two places for 32 bits; the first counts.</summary>
    public uint? FirstOfTwo(string name)
    {
        var values = stackalloc uint[2];
        return nvml.Export(name) is var function and not 0
            && ((delegate* unmanaged<nint, uint*, uint*, int>)function)(handle, values, values + 1) == Nvml.Success ? values[0] : null;
    }

    /// <summary>Functions of a device and a place for a structure of numbers; its first one counts.</summary>
    public ulong? First(string name)
    {
        // The longest is nvmlMemory_t: three times 64 bits.
        var values = stackalloc ulong[8];
        return nvml.Export(name) is var function and not 0
            && ((delegate* unmanaged<nint, ulong*, int>)function)(handle, values) == Nvml.Success ? values[0] : null;
    }

    /// <summary>Memory errors: corrected (0) or not (1), since the driver was loaded (0) or ever (1).</summary>
    public ulong? Errors(int type, int counter)
    {
        ulong value;
        return nvml.Export("nvmlDeviceGetTotalEccErrors") is var function and not 0
            && ((delegate* unmanaged<nint, int, int, ulong*, int>)function)(handle, type, counter, &value) == Nvml.Success ? value : null;
    }

    /// <summary>Texts of a device: its name, its UUID.</summary>
    public string? Text(string name)
    {
        var text = stackalloc byte[Nvml.TextLength];
        return nvml.Export(name) is var function and not 0
            && ((delegate* unmanaged<nint, byte*, uint, int>)function)(handle, text, Nvml.TextLength) == Nvml.Success
                ? Nvml.Text(text)
                : null;
    }

    /// <summary>Where a device is plugged in, as <c>00000000:17:00.0</c>.</summary>
    public string? PciBusId()
    {
        // nvmlPciInfo_t: a short id of 16 bytes, five numbers, then the long id of 32.
        const int Offset = 16 + (5 * sizeof(uint));
        var info = stackalloc byte[Offset + 32];
        return nvml.Export("nvmlDeviceGetPciInfo_v3") is var function and not 0
            && ((delegate* unmanaged<nint, byte*, int>)function)(handle, info) == Nvml.Success ? Nvml.Text(info + Offset) : null;
    }

    /// <summary>Processes that a function lists.</summary>
    /// <returns>Their numbers; null if not told.</returns>
    public IReadOnlyList<uint>? Processes(string name)
    {
        var function = nvml.Export(name);
        for (var room = ProcessesExpected; function != 0;)
        {
            var processes = new ProcessInfo[room];
            var count = (uint)room;
            int result;
            fixed (ProcessInfo* first = processes)
            {
                result = ((delegate* unmanaged<nint, uint*, ProcessInfo*, int>)function)(handle, &count, first);
            }

            if (result == Nvml.Success)
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
