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
    private readonly nint _device;
    private readonly uint _ownProcess;

    private GpuMeter(Nvml nvml, nint device, uint ownProcess)
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

    private bool IsDivided => _nvml.FirstOfTwo("nvmlDeviceGetMigMode", _device) is > 0;

    /// <summary>Asks the driver. Takes some tens of microseconds, and allocates.</summary>
    public GpuReading Read() => new()
    {
        SmClockMHz = _nvml.UInt("nvmlDeviceGetClockInfo", _device, SmClock),
        MaxSmClockMHz = _nvml.UInt("nvmlDeviceGetMaxClockInfo", _device, SmClock),
        MemoryClockMHz = _nvml.UInt("nvmlDeviceGetClockInfo", _device, MemoryClock),
        TemperatureCelsius = _nvml.UInt("nvmlDeviceGetTemperature", _device, DieSensor),
        PowerWatts = _nvml.UInt("nvmlDeviceGetPowerUsage", _device) / MilliwattsPerWatt,
        PowerLimitWatts = _nvml.UInt("nvmlDeviceGetEnforcedPowerLimit", _device) / MilliwattsPerWatt,
        // The first is the name since 2023, the second the older one.
        ThrottleReasons = (_nvml.First("nvmlDeviceGetCurrentClocksEventReasons", _device)
            ?? _nvml.First("nvmlDeviceGetCurrentClocksThrottleReasons", _device)) is { } bits ? ThrottleReasons.Of(bits) : null,
        // nvmlUtilization_t: of the processor, then of its memory, 32 bits each.
        Utilisation = (uint?)(_nvml.First("nvmlDeviceGetUtilizationRates", _device) & uint.MaxValue) / Percent,
        OtherProcesses = OtherProcesses(),
        UncorrectedMemoryErrors = (long?)_nvml.Errors(_device, Uncorrected, SinceDriverWasLoaded),
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

        var computing = _nvml.Processes("nvmlDeviceGetComputeRunningProcesses_v3", _device) ?? [];
        computing = [.. computing.Union(_nvml.Processes("nvmlDeviceGetMPSComputeRunningProcesses_v3", _device) ?? [])];
        var drawing = _nvml.Processes("nvmlDeviceGetGraphicsRunningProcesses_v3", _device) ?? [];
        return computing.Contains(_ownProcess) || drawing.Contains(_ownProcess) ? computing.Count(process => process != _ownProcess)
            : computing.Count > 0 ? computing.Count - 1
            : null;
    }
}
