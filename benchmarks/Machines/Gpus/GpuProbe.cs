using Bench.Analysis.Runs;

namespace Bench.Benchmarks.Machines.Gpus;

/// <summary>Lists the machine's graphics processors.</summary>
/// <remarks>Of NVIDIA only: no other maker's driver tells of all of them by one library that is always there.</remarks>
internal static class GpuProbe
{
    private const double MilliwattsPerWatt = 1000;

    /// <summary>By NVML; where it cannot be used, by nvidia-smi.</summary>
    public static IReadOnlyList<GpuFacts> Read()
    {
        using var nvml = Nvml.TryOpen(out _);
        return nvml is null ? FromProgram() : Read(nvml);
    }

    internal static IReadOnlyList<GpuFacts> Read(Nvml nvml)
    {
        var driver = nvml.DriverVersion ?? "unknown";
        return
        [
            .. from index in Enumerable.Range(0, nvml.Count)
               let device = nvml.Device(index)
               where device is not null
               select new GpuFacts(device.Text("nvmlDeviceGetName") ?? "unknown GPU", driver)
               {
                   PciBusId = device.PciBusId(),
                   Uuid = device.Text("nvmlDeviceGetUUID"),
                   MemoryBytes = (long?)device.First("nvmlDeviceGetMemoryInfo"),
                   PowerLimitWatts = device.UInt("nvmlDeviceGetEnforcedPowerLimit") / MilliwattsPerWatt,
                   IsDivided = device.FirstOfTwo("nvmlDeviceGetMigMode") is { } mode ? mode > 0 : null,
               },
        ];
    }

    private static List<GpuFacts> FromProgram()
    {
        var output = MachineProbe.Command("nvidia-smi", "--query-gpu=name,driver_version,pci.bus_id,uuid --format=csv,noheader");
        return [.. (output ?? string.Empty).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => line.Split(", "))
            .Where(fields => fields.Length == 4)
            .Select(fields => new GpuFacts(fields[0], fields[1]) { PciBusId = fields[2], Uuid = fields[3] })];
    }
}
