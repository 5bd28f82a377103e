using System.Globalization;
using Bench.Analysis.Input;

namespace Bench.Analysis.Cost;

/// <summary>Which hardware of the catalogue a device is, by its own account.</summary>
/// <param name="Hardware">The one that it is; null if none, or if several are possible.</param>
/// <param name="Explanation">Why this one, or why none.</param>
internal sealed record HardwareMatch(Hardware? Hardware, string Explanation)
{
    /// <summary>Matches a graphics processor by its name, and a processor by its name; how many cores a price is for
    /// is settled later.</summary>
    /// <param name="device">What a cell ran on.</param>
    /// <param name="known">The hardware of the catalogue.</param>
    /// <returns>The match.</returns>
    public static HardwareMatch Of(CellDevice device, IReadOnlyList<Hardware> known) =>
        !device.IsKnown ? new HardwareMatch(null, "its backend does not tell on which GPU it ran")
        : device.IsSlice ? new HardwareMatch(null, $"it ran on a part of a GPU, '{device.Gpu}', and parts have no price of their own")
        : device.Gpu is { } gpu ? ByGpu(gpu, known)
        : ByProcessor(device, known);

    /// <summary>Whether a hardware calls itself so.</summary>
    internal static bool IsCalled(Hardware hardware, string name) =>
        hardware.Patterns.Any(pattern => CellPattern.Matches(pattern, name, ignoreCase: true));

    private static HardwareMatch ByGpu(string name, IReadOnlyList<Hardware> known)
    {
        var matching = known.Where(hardware => hardware.Kind == HardwareKind.Gpu && IsCalled(hardware, name)).ToList();
        return Unique(matching, $"its GPU calls itself '{name}'")
            ?? new HardwareMatch(null, $"its device calls itself '{name}', which no hardware of the catalogue does");
    }

    /// <summary>A processor is priced by the vCPU within its family, but one with the very number of cores goes first.</summary>
    private static HardwareMatch ByProcessor(CellDevice device, IReadOnlyList<Hardware> known)
    {
        var named = known.Where(hardware => hardware.Kind == HardwareKind.Cpu && IsCalled(hardware, device.Processor)).ToList();
        var cores = device.LogicalCores is { } logical
            ? string.Create(CultureInfo.InvariantCulture, $" and has {logical} logical cores")
            : string.Empty;
        var what = $"its processor calls itself '{device.Processor}'{cores}";
        return Unique(named.Where(hardware => hardware.VirtualCores == device.LogicalCores).ToList(), what)
            ?? Unique(named, what)
            ?? new HardwareMatch(null, $"{what}, which no hardware of the catalogue does");
    }

    private static HardwareMatch? Unique(List<Hardware> matching, string what) => matching switch
    {
        [] => null,
        [var one] => new HardwareMatch(one, $"{what}, so it is {one.Key}"),
        _ => new HardwareMatch(null, $"{what}, which is ambiguous: {string.Join(" or ", matching.Select(hardware => hardware.Key))}"),
    };
}
