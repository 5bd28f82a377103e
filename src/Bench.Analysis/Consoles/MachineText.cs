using System.Globalization;
using Bench.Analysis.Rendering;
using Bench.Analysis.Runs;

namespace Bench.Analysis.Consoles;

/// <summary>A machine in a line.</summary>
internal static class MachineText
{
    private const double BytesPerGiB = 1 << 30;

    /// <summary>Processor, cores, memory, graphics processors and operating system.</summary>
    public static string Of(MachineFacts machine)
    {
        var cores = machine.LogicalCores is { } logical
            ? string.Create(CultureInfo.InvariantCulture, $", {logical} cores")
                + (machine.CpuQuota is { } quota && quota < logical
                    ? string.Create(CultureInfo.InvariantCulture, $" (quota {quota:0.##})") : string.Empty)
            : string.Empty;
        var memory = machine.MemoryBytes is { } bytes ? $", {Figures.Text(bytes / BytesPerGiB, "0")} GiB" : string.Empty;
        var gpus = machine.Gpus.Count == 0 ? "no GPU" : string.Join(", ", machine.Gpus.Select(gpu => gpu.Name));
        return $"{machine.Cpu}{cores}{memory}; {gpus}; {machine.OsVersion}";
    }
}
