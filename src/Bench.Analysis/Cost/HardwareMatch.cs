using System.Globalization;
using System.IO.Enumeration;
using Bench.Analysis.Runs;

namespace Bench.Analysis.Cost;

/// <summary>Which hardware of the catalogue a machine is, by its own account.</summary>
/// <param name="Hardware">The one that it is; null if none, or if several are possible.</param>
/// <param name="Explanation">Why this one, or why none.</param>
public sealed record HardwareMatch(Hardware? Hardware, string Explanation)
{
    /// <summary>Matches a machine by the names of its graphics processors, or, where it has none, by the name and the number of its processors.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="known">The hardware of the catalogue.</param>
    /// <returns>The match.</returns>
    public static HardwareMatch Of(MachineFacts machine, IReadOnlyList<Hardware> known) => machine.Gpus.Count > 0 ? ByGpu(machine, known) : ByCpu(machine, known);

    private static HardwareMatch ByGpu(MachineFacts machine, IReadOnlyList<Hardware> known)
    {
        var names = machine.Gpus.Select(gpu => gpu.Name).Distinct().ToList();
        var matching = known.Where(hardware => hardware.Kind == HardwareKind.Gpu && names.Exists(name => IsCalled(hardware, name))).ToList();
        return Unique(matching, $"its GPU calls itself {Quoted(names)}")
            ?? new HardwareMatch(null, $"its GPU calls itself {Quoted(names)}, which no hardware of the catalogue does");
    }

    private static HardwareMatch ByCpu(MachineFacts machine, IReadOnlyList<Hardware> known)
    {
        var named = known.Where(hardware => hardware.Kind == HardwareKind.Cpu && IsCalled(hardware, machine.Cpu)).ToList();
        var what = string.Create(CultureInfo.InvariantCulture, $"its processor calls itself '{machine.Cpu}' and has {machine.LogicalCores} logical cores");
        var sizes = string.Join(", ", named.Select(hardware => string.Create(CultureInfo.InvariantCulture, $"{hardware.Key} ({hardware.VirtualCores})")));
        return Unique(named.Where(hardware => hardware.VirtualCores == machine.LogicalCores).ToList(), what)
            ?? new HardwareMatch(null, named.Count == 0 ? $"{what}, which no hardware of the catalogue does" : $"{what}; the catalogue has such processors with other numbers of them: {sizes}");
    }

    private static HardwareMatch? Unique(List<Hardware> matching, string what) => matching switch
    {
        [] => null,
        [var one] => new HardwareMatch(one, $"{what}, so it is {one.Key}"),
        _ => new HardwareMatch(null, $"{what}, which is ambiguous: {string.Join(" or ", matching.Select(hardware => hardware.Key))}"),
    };

    private static bool IsCalled(Hardware hardware, string name) =>
        hardware.Patterns.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: true));

    private static string Quoted(IEnumerable<string> names) => string.Join(" and ", names.Select(name => $"'{name}'"));
}
