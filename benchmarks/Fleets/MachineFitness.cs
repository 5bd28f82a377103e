using Bench.Analysis.Fleets;
using Bench.Analysis.Runs;

namespace Bench.Benchmarks.Fleets;

/// <summary>Says whether a machine is what a plan asks for, and fit to be measured now.</summary>
internal static class MachineFitness
{
    // So much of other programs' work moves figures by more than nodes of a kind differ.
    private const double UsualOtherLoad = 0.1;
    private const double MostGpuLoad = 0.1;

    // A machine with 64 GiB shows its programs a little less.
    private const double ShownMemory = 0.9;
    private const double BytesPerGiB = 1L << 30;

    // A GPU that rests is slow for that alone.
    private static readonly string[] HarmlessReasons = ["idle", "application-clocks", "sync-boost", "display-clocks"];

    /// <summary>Holds it against the plan.</summary>
    /// <param name="kind">What the plan asks for.</param>
    /// <param name="machine">The machine.</param>
    /// <param name="state">What it does now.</param>
    /// <returns>What is wrong, a sentence each; none if it is fit.</returns>
    public static IEnumerable<string> Faults(MachineKind kind, MachineFacts machine, MachineState state) =>
        OfMachine(kind, machine).Concat(OfLoad(kind, state)).Concat(kind.GpuCount > 0 ? state.Gpus.SelectMany(OfGpu) : []);

    private static IEnumerable<string> OfMachine(MachineKind kind, MachineFacts machine)
    {
        if (kind.Cpu is { } cpu && !machine.Cpu.Contains(cpu, StringComparison.OrdinalIgnoreCase))
        {
            yield return $"found the processor '{machine.Cpu}'; expected '{cpu}' in its name.";
        }

        var name = kind.Gpu ?? string.Empty;
        if (machine.Gpus.Count(gpu => gpu.Name.Contains(name, StringComparison.OrdinalIgnoreCase)) < kind.GpuCount)
        {
            var found = machine.Gpus.Count == 0 ? "no GPU" : string.Join(" and ", machine.Gpus.Select(gpu => gpu.Name));
            yield return FormattableString.Invariant($"found {found}; expected {kind.GpuCount}")
                + (kind.Gpu is null ? " of them." : $" with '{name}' in the name.");
        }

        if (kind.Cores is { } cores && machine.CpuQuota < cores)
        {
            yield return FormattableString.Invariant($"found {machine.CpuQuota:0.##} cores that may be used; expected {cores}.");
        }

        if (kind.MemoryGiB is { } memory && machine.MemoryBytes < ShownMemory * memory * BytesPerGiB)
        {
            yield return FormattableString.Invariant($"found {machine.MemoryBytes / BytesPerGiB:0.#} GiB of memory; expected {memory}.");
        }

        if (machine.CompatibilityLayer is { } layer)
        {
            yield return $"the operating system is imitated by {layer}: times taken so say nothing.";
        }
    }

    private static IEnumerable<string> OfLoad(MachineKind kind, MachineState state)
    {
        var most = kind.MostOtherLoad ?? UsualOtherLoad;
        if (state.OtherLoadShare > most)
        {
            yield return FormattableString.Invariant($"other programs use {state.OtherLoadShare:0 %} of the machine; ")
                + FormattableString.Invariant($"expected {most:0 %} at most.");
        }

        if (state.StealShare > most)
        {
            yield return FormattableString.Invariant($"the hypervisor gives {state.StealShare:0 %} of the machine to others; ")
                + FormattableString.Invariant($"expected {most:0 %} at most.");
        }

        if (state.Throttling is { ThrottledPeriods: > 0 } throttling)
        {
            yield return "the quota of processor time stopped this machine's programs before anything was measured "
                + FormattableString.Invariant($"({throttling.ThrottledMs:0} ms).");
        }

        if (state.Heat is { } heat && Math.Max(heat.CoreThrottles ?? 0, heat.PackageThrottles ?? 0) > 0)
        {
            yield return "the processor lowers its clock for heat while it rests.";
        }
    }

    private static IEnumerable<string> OfGpu(GpuReading reading)
    {
        if (reading.Utilisation > MostGpuLoad || reading.OtherProcesses > 0)
        {
            yield return FormattableString.Invariant($"others compute on a GPU ({reading.OtherProcesses ?? 0} processes, ")
                + FormattableString.Invariant($"{reading.Utilisation ?? 0:0 %} of the time).");
        }

        if (reading.ThrottleReasons?.Except(HarmlessReasons).ToList() is { Count: > 0 } reasons)
        {
            yield return $"the clock of a GPU is held down: {string.Join(", ", reasons)}.";
        }

        if (reading.UncorrectedMemoryErrors > 0)
        {
            yield return "a GPU had memory errors that could not be corrected.";
        }
    }
}
