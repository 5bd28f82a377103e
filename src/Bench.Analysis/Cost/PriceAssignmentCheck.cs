using Bench.Analysis.Runs;

namespace Bench.Analysis.Cost;

/// <summary>Refuses what the user says of prices where it fits nothing, or more than was meant: all faults together.</summary>
/// <param name="price">What the user says.</param>
internal sealed class PriceAssignmentCheck(RunPrice price)
{
    private static readonly CellStatus[] HasTimes = [CellStatus.Measured, CellStatus.Published];

    /// <summary>Whether any cell of a run was computed on a graphics processor.</summary>
    public static bool UsedGpu(RunManifest manifest) =>
        manifest.Cells.Any(cell => cell.Device is not null && HasTimes.Contains(cell.Status));

    /// <exception cref="ArgumentException">Something does not fit.</exception>
    public void Check(IReadOnlyList<RunManifest> runs)
    {
        var faults = new List<string>();
        faults.AddRange(Targets("--hardware", price.HardwareOfRuns, runs));
        faults.AddRange(Targets("--usd-per-hour", price.UsdPerHourOfRuns, runs));
        if (faults.Count == 0)
        {
            faults.AddRange(Kinds(runs));
        }

        if (faults.Count > 0)
        {
            throw new ArgumentException(string.Join(" ", faults));
        }
    }

    private static IEnumerable<string> Targets<T>(
        string option, IReadOnlyList<PriceAssignment<T>> assignments, IReadOnlyList<RunManifest> runs)
    {
        foreach (var assignment in assignments)
        {
            var fitting = runs.Where(assignment.IsFor).ToList();
            var machines = fitting.GroupBy(MachineOf).ToList();
            if (fitting.Count == 0)
            {
                yield return $"{option}: found '{assignment.Target}'; expected the id or the machine of a run: "
                    + $"{string.Join(", ", runs.SelectMany(run => new[] { run.Id, run.Machine.Name }).Distinct())}.";
            }
            else if (machines.Count > 1 && !assignment.Run.Contains('*', StringComparison.Ordinal))
            {
                var named = machines.Select(
                    machine => $"{CellDevice.LabelOf(machine.First().Machine)} ({string.Join(", ", machine.Select(run => run.Id))})");
                yield return $"{option}: '{assignment.Run}' is the name of {machines.Count} machines: {string.Join(" and ", named)}; "
                    + "expected one. Give the run's id instead.";
            }
            else if (assignment.Cells is not null && !fitting.Exists(run => run.Cells.Any(cell => assignment.IsFor(run, cell))))
            {
                yield return $"{option}: '{assignment.Target}' matches no cell; "
                    + "expected a run and a pattern of its cells, such as 'RUN/*/ort-cpu/*'.";
            }
        }
    }

    private IEnumerable<string> Kinds(IReadOnlyList<RunManifest> runs)
    {
        foreach (var assignment in price.HardwareOfRuns)
        {
            if (price.KindOf(assignment.Value) is { } kind && price.UsdPerHourOfRuns.All(given => given.Target != assignment.Target))
            {
                var cells = runs.SelectMany(run => Cells(run)
                    .Where(entry => assignment.Cells is null ? assignment.IsFor(run) : assignment.IsFor(run, entry.Cell))).ToList();
                var given = $"{assignment.Target}={assignment.Value}";
                foreach (var fault in Fault(given, kind, cells, isPattern: assignment.Cells is not null)
                    .Concat(OfAnother(given, assignment.Value, cells)))
                {
                    yield return fault;
                }
            }
        }

        if (price is { Hardware: { } all, UsdPerHour: null } && price.KindOf(all) is { } kindOfAll)
        {
            List<(CellFacts Cell, CellDevice Device)> cells =
                [.. runs.Where(run => !price.HardwareOfRuns.Any(entry => entry.IsForAllOf(run))).SelectMany(Cells)];
            foreach (var fault in Fault(all, kindOfAll, cells, isPattern: false).Concat(OfAnother(all, all, cells)))
            {
                yield return fault;
            }
        }
    }

    /// <summary>A processor's key is never the price of a graphics processor, and the other way round. A key for a whole host may leave its
    /// processor's cells out.</summary>
    private static IEnumerable<string> Fault(
        string given, HardwareKind kind, List<(CellFacts Cell, CellDevice Device)> cells, bool isPattern)
    {
        var onGpu = cells.FindAll(entry => entry.Device.IsGpu);
        if (kind == HardwareKind.Cpu && onGpu.Count > 0)
        {
            yield return $"--hardware {given}: that is a processor, and {onGpu[0].Cell.Id} ran on {onGpu[0].Device.Label}. "
                + "Say which cells are meant, such as --hardware 'RUN/*/ort-cpu/*=KEY'.";
        }
        else if (kind == HardwareKind.Gpu && cells.Count > 0 && (isPattern ? onGpu.Count < cells.Count : onGpu.Count == 0))
        {
            var other = cells.Find(entry => !entry.Device.IsGpu);
            yield return $"--hardware {given}: that is a GPU, and {other.Cell.Id} ran on the processor ({other.Device.Label}).";
        }
    }

    /// <summary>Times of one graphics processor are not those of another one, whatever it costs.</summary>
    private IEnumerable<string> OfAnother(string given, string key, List<(CellFacts Cell, CellDevice Device)> cells)
    {
        var hardware = price.Prices.Hardware.FirstOrDefault(known => known.Key == key);
        foreach (var gpu in cells.Select(entry => entry.Device.Gpu).OfType<string>().Distinct())
        {
            if (hardware is { Kind: HardwareKind.Gpu, Patterns.Count: > 0 } && !HardwareMatch.IsCalled(hardware, gpu)
                && price.Prices.Hardware.FirstOrDefault(known => known.Kind == HardwareKind.Gpu && HardwareMatch.IsCalled(known, gpu))
                    is { } other)
            {
                yield return $"--hardware {given}: it was measured on '{gpu}', which is {other.Key}; its times are not those of {key}. "
                    + "Measure there, or give a price with --usd-per-hour.";
            }
        }
    }

    private static IEnumerable<(CellFacts Cell, CellDevice Device)> Cells(RunManifest run) =>
        run.Cells.Where(cell => cell.Status == CellStatus.Measured).Select(cell => (cell, CellDevice.Of(run.Machine, cell)));

    private static string MachineOf(RunManifest manifest) =>
        string.Join('|', [manifest.Machine.Cpu, manifest.Machine.LogicalCores, .. manifest.Machine.Gpus.Select(gpu => gpu.Name)]);
}
