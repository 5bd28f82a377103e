using Bench.Analysis.Runs;
using static System.FormattableString;

namespace Bench.Analysis.Rows;

/// <summary>Says which conditions of launches should make a reader doubt a cell's figures.</summary>
internal static class ConditionRules
{
    /// <summary>Finds reasons for doubt.</summary>
    /// <param name="launches">The cell's launches; those without recorded conditions give none.</param>
    /// <returns>One sentence for each reason, with the launches that it is about.</returns>
    public static IEnumerable<string> Warnings(IReadOnlyList<LaunchFacts> launches)
    {
        var known = launches.Where(launch => launch.Conditions is not null).ToList();
        return
        [
            .. Throttled(known, "heat", ThrottleReasons.Heat), .. Throttled(known, "power", ThrottleReasons.Power), .. HeatOrPower(known),
            .. Processor(known), .. Shared(known), .. MemoryErrors(known),
            .. Differing(known, "ran at different priorities", Priority),
            .. Differing(known, "were allowed different processors", conditions => conditions.Process?.AllowedCpus),
            .. known.Select(launch => launch.Conditions!.GpuUnknown).OfType<string>().Distinct()
                .Select(reason => $"clock, heat and load of the GPU are not known: {reason}"),
        ];
    }

    private static IEnumerable<string> Throttled(List<LaunchFacts> launches, string cause, IReadOnlyList<string> reasons)
    {
        var found = launches.SelectMany(Reasons).Distinct().Where(reasons.Contains).ToList();
        var where = launches.Where(launch => Reasons(launch).Any(reasons.Contains)).ToList();
        return where.Count == 0
            ? []
            : [$"the GPU lowered its clock for {cause} in {Name(where, launches)} ({string.Join(", ", found)})."];
    }

    // The hardware's own slowdown comes with a reason on newer devices, and alone on older ones.
    private static IEnumerable<string> HeatOrPower(List<LaunchFacts> launches)
    {
        var where = launches.Where(launch => Reasons(launch).Contains(ThrottleReasons.HeatOrPower)
            && !Reasons(launch).Any(reason => ThrottleReasons.Heat.Contains(reason) || ThrottleReasons.Power.Contains(reason))).ToList();
        return where.Count == 0
            ? []
            : [$"the GPU lowered its clock for heat or power in {Name(where, launches)} ({ThrottleReasons.HeatOrPower})."];
    }

    private static IEnumerable<string> Processor(List<LaunchFacts> launches)
    {
        var hot = launches.Where(launch => launch.Conditions!.CpuHeat is { } heat && (heat.CoreThrottles > 0 || heat.PackageThrottles > 0));
        if (hot.ToList() is { Count: > 0 } where)
        {
            yield return $"the processor lowered its clock for heat in {Name(where, launches)}.";
        }

        var stopped = launches.Where(launch => launch.Conditions!.QuotaThrottling is { ThrottledPeriods: > 0 }).ToList();
        if (stopped.Count > 0)
        {
            var worst = stopped.Max(launch => launch.Conditions!.QuotaThrottling!.ThrottledMs);
            yield return $"the quota of processor time was used up in {Name(stopped, launches)}, and the process stopped"
                + Invariant($" (for up to {worst:0.#} ms of a launch, summed over processors).");
        }
    }

    private static IEnumerable<string> Shared(List<LaunchFacts> launches)
    {
        var where = launches.Where(launch => Others(launch) > 0).ToList();
        return where.Count == 0
            ? []
            : [Invariant($"other processes used the GPU in {Name(where, launches)} (at least {where.Max(Others)}).")];
    }

    private static IEnumerable<string> MemoryErrors(List<LaunchFacts> launches)
    {
        var where = launches
            .Where(launch => launch.Conditions!.GpuAfter?.UncorrectedMemoryErrors > launch.Conditions.GpuBefore?.UncorrectedMemoryErrors)
            .ToList();
        return where.Count == 0 ? [] : [$"the GPU's memory had errors that could not be corrected in {Name(where, launches)}."];
    }

    private static IEnumerable<string> Differing(List<LaunchFacts> launches, string how, Func<LaunchConditions, string?> value)
    {
        var groups = launches.Where(launch => value(launch.Conditions!) is not null).GroupBy(launch => value(launch.Conditions!)).ToList();
        return groups.Count < 2
            ? []
            : [$"launches {how}: {string.Join("; ", groups.Select(group => $"{group.Key} in {Name([.. group], launches)}"))}."];
    }

    private static string? Priority(LaunchConditions conditions) => conditions.Process is not { } process ? null
        : string.Join(", ", new[]
        {
            process.Nice is { } nice ? Invariant($"nice {nice}") : null, process.PriorityClass, process.Scheduler,
        }.OfType<string>()) is { Length: > 0 } text ? text : null;

    private static int Others(LaunchFacts launch) =>
        Readings(launch).Select(reading => reading.OtherProcesses ?? 0).DefaultIfEmpty().Max();

    private static IEnumerable<string> Reasons(LaunchFacts launch) => Readings(launch).SelectMany(reading => reading.ThrottleReasons ?? []);

    private static IEnumerable<GpuReading> Readings(LaunchFacts launch) =>
        new[] { launch.Conditions?.GpuBefore, launch.Conditions?.GpuAfter }.OfType<GpuReading>();

    private static string Name(List<LaunchFacts> some, List<LaunchFacts> all) => some.Count == all.Count && all.Count > 1
        ? "all launches"
        : $"launch {string.Join(", ", some.Select(launch => Invariant($"{launch.Round}")))}";
}
