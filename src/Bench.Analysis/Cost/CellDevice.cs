using System.Globalization;
using Bench.Analysis.Runs;

namespace Bench.Analysis.Cost;

/// <summary>What a cell ran on: one graphics processor, or the machine's processor, or the part of it that it may use.</summary>
/// <param name="Gpu">The graphics processor as it calls itself; null for the processor.</param>
/// <param name="Processor">The machine's processor.</param>
/// <param name="Cores">How many cores' time the cell may use: the container's quota, or all of them; null if unknown.</param>
/// <param name="LogicalCores">All logical cores of the machine; null if unknown.</param>
/// <param name="Gpus">How many graphics processors the machine lists.</param>
/// <param name="IsKnown">False for a cell of a graphics processor's backend that does not tell which one it was.</param>
internal sealed record CellDevice(string? Gpu, string Processor, double? Cores, int? LogicalCores, int Gpus, bool IsKnown)
{
    // What a session says that it took.
    private const string Processors = "processor";

    /// <summary>Whether it is a graphics processor.</summary>
    public bool IsGpu => Gpu is not null || !IsKnown;

    /// <summary>Whether it is a part of a graphics processor (NVIDIA's multi-instance GPU), which has no price of its own.</summary>
    public bool IsSlice => Gpu?.Contains(" MIG ", StringComparison.Ordinal) == true;

    /// <summary>What it is called in tables: what it is, since host names say nothing.</summary>
    public string Label => Gpu ?? (IsKnown ? CoresText is { } cores ? $"{ProcessorName}, {cores}" : ProcessorName : "an unknown GPU");

    private string? CoresText =>
        Cores is { } cores ? string.Create(CultureInfo.InvariantCulture, $"{cores:0.##} {(cores == 1 ? "core" : "cores")}") : null;

    private string ProcessorName => Processor
        .Replace("(R)", string.Empty, StringComparison.OrdinalIgnoreCase)
        .Replace("(TM)", string.Empty, StringComparison.OrdinalIgnoreCase)
        .Replace(" CPU", string.Empty, StringComparison.Ordinal)
        .Replace("  ", " ", StringComparison.Ordinal)
        .Trim();

    /// <summary>What a cell ran on.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="cell">A cell of a run on it.</param>
    /// <returns>The device by the cell's own account; "CUDA_VISIBLE_DEVICES" and its like change that, and not the
    /// machine's list.</returns>
    public static CellDevice Of(MachineFacts machine, CellFacts cell)
    {
        // "NVIDIA H200, driver for CUDA 13.0"
        var gpu = cell.Device?.Split(", ")[0];
        // A provider in a library of its own may compute on either.
        var isProcessor = IsOnProcessor(cell.Backend.Name) || cell.Resolved?.GetValueOrDefault("device") == Processors;
        return new CellDevice(
            gpu, machine.Cpu,
            Math.Min(machine.CpuQuota ?? double.PositiveInfinity, machine.LogicalCores ?? double.PositiveInfinity) is var cores
            && double.IsFinite(cores)
                ? cores
                : null,
            machine.LogicalCores, machine.Gpus.Count, gpu is not null || isProcessor);
    }

    private static bool IsOnProcessor(string backend) => backend.Split('-').Contains("cpu")
        && (!backend.StartsWith("ort-", StringComparison.Ordinal) || backend.StartsWith("ort-cpu", StringComparison.Ordinal));

    /// <summary>What a machine is called in tables.</summary>
    /// <param name="machine">The machine.</param>
    /// <returns>Its graphics processors, or else its processor and cores.</returns>
    public static string LabelOf(MachineFacts machine) => machine.Gpus.Count > 0
        ? string.Join(" and ", machine.Gpus.GroupBy(gpu => gpu.Name)
            .Select(same => same.Count() == 1 ? same.Key : string.Create(CultureInfo.InvariantCulture, $"{same.Count()} × {same.Key}")))
        : new CellDevice(null, machine.Cpu, machine.CpuQuota ?? machine.LogicalCores, machine.LogicalCores, 0, IsKnown: true).Label;
}
