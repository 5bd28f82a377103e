using Bench.Analysis.Runs;

namespace Bench.Benchmarks.Machines.Gpus;

/// <summary>Reads clock, heat, power and load of one graphics processor of NVIDIA, from any thread, also while it computes.</summary>
internal sealed class GpuMeter : IDisposable
{
    private const int SmClock = 1;
    private const int MemoryClock = 2;
    private const int DieSensor = 0;
    private const int Uncorrected = 1;
    private const int SinceDriverWasLoaded = 0;
    private const double MilliwattsPerWatt = 1000;
    private const double Percent = 100;

    private readonly Nvml _nvml;
    private readonly NvmlDevice _device;
    private readonly uint _ownProcess;

    private GpuMeter(Nvml nvml, NvmlDevice device, uint ownProcess)
    {
        _nvml = nvml;
        _device = device;
        _ownProcess = ownProcess;
    }

    /// <summary>Finds a device by its identity: its place in a list says nothing, since CUDA has another order than the driver.</summary>
    /// <param name="id">Its PCI bus id (<c>0000:17:00.0</c>) or its UUID (<c>GPU-…</c>).</param>
    /// <param name="reason">Why it cannot be read, one sentence.</param>
    /// <returns>Null if it cannot be read.</returns>
    public static GpuMeter? Open(string id, out string? reason) =>
        Nvml.TryOpen(out reason) is { } nvml ? Open(nvml, id, (uint)Environment.ProcessId, out reason) : null;

    /// <param name="nvml">The library, which the meter disposes of.</param>
    /// <param name="ownProcess">The number of this process.</param>
    internal static GpuMeter? Open(Nvml nvml, string id, uint ownProcess, out string? reason)
    {
        var meter = nvml.Device(id, out reason) is { } device ? new GpuMeter(nvml, device, ownProcess) : null;
        if (meter is not null && (id.StartsWith("MIG-", StringComparison.Ordinal) || meter.IsDivided))
        {
            reason = $"The device {id} is divided into parts (MIG); its driver tells clock, power and load of the whole, not of the part "
                + "that is used.";
            meter = null;
        }

        if (meter is null)
        {
            nvml.Dispose();
        }

        return meter;
    }

    private bool IsDivided => _device.FirstOfTwo("nvmlDeviceGetMigMode") is > 0;

    /// <summary>Asks the driver. Takes some tens of microseconds, and allocates.</summary>
    public GpuReading Read() => new()
    {
        SmClockMHz = _device.UInt("nvmlDeviceGetClockInfo", SmClock),
        MaxSmClockMHz = _device.UInt("nvmlDeviceGetMaxClockInfo", SmClock),
        MemoryClockMHz = _device.UInt("nvmlDeviceGetClockInfo", MemoryClock),
        TemperatureCelsius = _device.UInt("nvmlDeviceGetTemperature", DieSensor),
        PowerWatts = _device.UInt("nvmlDeviceGetPowerUsage") / MilliwattsPerWatt,
        PowerLimitWatts = _device.UInt("nvmlDeviceGetEnforcedPowerLimit") / MilliwattsPerWatt,
        // The first is the name since 2023, the second the older one.
        ThrottleReasons = (_device.First("nvmlDeviceGetCurrentClocksEventReasons")
            ?? _device.First("nvmlDeviceGetCurrentClocksThrottleReasons")) is { } bits ? ThrottleReasons.Of(bits) : null,
        // nvmlUtilization_t: of the processor, then of its memory, 32 bits each.
        Utilisation = (uint?)(_device.First("nvmlDeviceGetUtilizationRates") & uint.MaxValue) / Percent,
        OtherProcesses = OtherProcesses(),
        UncorrectedMemoryErrors = (long?)_device.Errors(Uncorrected, SinceDriverWasLoaded),
    };

    public void Dispose() => _nvml.Dispose();

    /// <summary>
    /// Counts the processes that compute on the device, without this one. In a container this process may stand there under its number
    /// outside: then one of those that are listed may be it. Where nothing is listed, nothing is told.
    /// </summary>
    private int? OtherProcesses()
    {
        // On Windows every program with a window is in the list.
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        var computing = _device.Processes("nvmlDeviceGetComputeRunningProcesses_v3") ?? [];
        computing = [.. computing.Union(_device.Processes("nvmlDeviceGetMPSComputeRunningProcesses_v3") ?? [])];
        var drawing = _device.Processes("nvmlDeviceGetGraphicsRunningProcesses_v3") ?? [];
        return computing.Contains(_ownProcess) || drawing.Contains(_ownProcess) ? computing.Count(process => process != _ownProcess)
            : computing.Count > 0 ? computing.Count - 1
            : null;
    }
}
