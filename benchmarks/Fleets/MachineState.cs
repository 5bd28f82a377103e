using Bench.Analysis.Runs;
using Bench.Benchmarks.Machines;
using Bench.Benchmarks.Machines.Gpus;

namespace Bench.Benchmarks.Fleets;

/// <summary>What a machine does before anything is measured.</summary>
/// <param name="OtherLoadShare">Share of the machine's time that other programs use, in [0, 1]; null where it cannot be told.</param>
/// <param name="StealShare">Share of it that the hypervisor gives to other machines, in [0, 1]; null as before.</param>
/// <param name="Throttling">How often the quota of a control group stopped what runs here; null as before.</param>
/// <param name="Heat">How often the processor lowered its clock for heat; null where nothing counts it.</param>
/// <param name="Gpus">What the driver tells of each graphics processor.</param>
internal sealed record MachineState(
    double? OtherLoadShare, double? StealShare, QuotaThrottling? Throttling, CpuHeat? Heat, IReadOnlyList<GpuReading> Gpus)
{
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(2);

    /// <summary>Watches the machine for two seconds.</summary>
    /// <param name="machine">The machine.</param>
    public static MachineState Watch(MachineFacts machine)
    {
        var files = KernelFiles.Here;
        var (load, quota) = (LoadMeter.Start(files), ThrottleMeter.Start(files));
        var heat = HeatMeter.Start(files, ProcessProbe.AllowedCpus(files) ?? []);
        Thread.Sleep(Watched);
        load.Stop();
        return new MachineState(
            load.OtherLoadShare, load.StealShare, quota.Stop(), heat.Stop(), [.. machine.Gpus.Select(Read).OfType<GpuReading>()]);
    }

    private static GpuReading? Read(GpuFacts gpu)
    {
        using var meter = (gpu.PciBusId ?? gpu.Uuid) is { } id ? GpuMeter.Open(id, out _) : null;
        return meter?.Read();
    }
}
