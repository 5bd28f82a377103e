using Bench.Analysis.Measurements;
using Bench.Analysis.Runs;
using static System.FormattableString;

namespace Bench.Analysis.Rows;

/// <summary>Says what should make a reader doubt a cell's figures.</summary>
internal static class TrustRules
{
    /// <summary>Above this share of standard deviation to mean a cell is called unstable.</summary>
    public const double CoefficientOfVariationLimit = 0.10;

    /// <summary>Above this M-value a distribution has several modes.
    /// Gregg, https://www.brendangregg.com/FrequencyTrails/modes.html.</summary>
    public const double ModalityLimit = 3.2;

    /// <summary>Above this share of time taken by the hypervisor or by other processes the machine was not ours.</summary>
    public const double ForeignTimeLimit = 0.02;

    /// <summary>Above this many bytes per inference the measuring loop itself is suspect.</summary>
    public const double AllocationLimit = 1024;

    private const int ComplaintsNamed = 3;

    /// <summary>Finds reasons for doubt.</summary>
    /// <param name="run">The run.</param>
    /// <param name="cell">The cell.</param>
    /// <param name="latency">Its latency; null if it was not measured.</param>
    /// <returns>One sentence for each reason.</returns>
    public static IEnumerable<string> Warnings(RunManifest run, CellFacts cell, LatencyEstimate? latency)
    {
        foreach (var warning in cell.Warnings)
        {
            yield return warning;
        }

        if (cell.NotComparable is { } imitation)
        {
            yield return $"not comparable: {imitation}";
        }

        foreach (var warning in latency is null ? []
            : (cell.OpenLoad is null ? ScatterWarnings(latency) : []).Concat(LatencyWarnings(latency))
                .Concat(PrecisionWarnings(run.Plan, latency)))
        {
            yield return warning;
        }

        if (cell.Threads > run.Machine.CpuQuota)
        {
            yield return Invariant($"{cell.Threads} threads on a quota of {run.Machine.CpuQuota:0.##} cores.");
        }

        if (cell.OutputShares.Select(share => share.MaxRepeatDifference).DefaultIfEmpty(0).Max() is > 0 and var repeat)
        {
            yield return Invariant(
                $"not bitwise reproducible: two outputs of one process for one image differed by up to {repeat:0.0e+0}.");
        }

        foreach (var warning in cell.Launches.Count > 0 ? LaunchWarnings(cell.Launches) : [])
        {
            yield return warning;
        }

        if (cell.NodesElsewhere.Count > 0)
        {
            var nodes = cell.NodesElsewhere.Select(node => $"{node.Count} {node.Operator} on {node.Provider}");
            yield return $"nodes ran elsewhere than asked: {string.Join(", ", nodes)}.";
        }

        if (cell.Complaints.Count > 0)
        {
            var kinds = cell.Complaints.Take(ComplaintsNamed).Select(complaint => Invariant($"{complaint.Count} × \"{complaint.Text}\""));
            var more = cell.Complaints.Count > ComplaintsNamed
                ? Invariant($" and {cell.Complaints.Count - ComplaintsNamed} other kinds (run.json)")
                : string.Empty;
            yield return $"the engine complained on standard error: {string.Join(", ", kinds)}{more}.";
        }

        if (cell.ComputedIn is { } computedIn)
        {
            yield return $"asked for {cell.Precision}, computed in {computedIn}.";
        }
        else if (cell.EffectivePrecision?.Contains("unknown", StringComparison.Ordinal) == true)
        {
            yield return $"asked for {cell.Precision}; the engine does not tell in what precision its fused kernels computed.";
        }
    }

    /// <summary>Of a closed load only: requests that arrive at random moments wait, and scatter by that.</summary>
    private static IEnumerable<string> ScatterWarnings(LatencyEstimate latency)
    {
        if (latency.CoefficientOfVariation > CoefficientOfVariationLimit)
        {
            yield return Invariant(
                $"unstable: coefficient of variation {latency.CoefficientOfVariation:P0} (limit {CoefficientOfVariationLimit:P0}).");
        }

        if (latency.ModalityValue > ModalityLimit)
        {
            yield return Invariant($"several modes: M-value {latency.ModalityValue:0.0} (limit {ModalityLimit:0.0}); ")
                + Invariant($"the mean describes none of them.");
        }
    }

    private static IEnumerable<string> LatencyWarnings(LatencyEstimate latency)
    {
        if (latency.SlowRounds.Count > 0)
        {
            yield return $"slower as a whole than the others: launch {string.Join(", ", latency.SlowRounds)}. "
                + "It is in every figure; was the machine somebody else's?";
        }

        if (latency.Nodes == 1)
        {
            yield return "one node of several has measured it: how nodes differ in it is unknown, so the mean has no interval.";
        }
        else if (latency.Nodes == 2)
        {
            yield return "two nodes: at 99 % they say little of how nodes differ, so the interval is very wide.";
        }
        else if (latency.Nodes > 0)
        {
            yield break;
        }
        else if (latency.Launches == 1)
        {
            yield return "one launch: how launches differ is unknown, so the mean has no interval.";
        }
        else if (latency.Launches == 2)
        {
            yield return "two launches: at 99 % they say little of how launches differ, so the interval is very wide.";
        }
    }

    private static IEnumerable<string> PrecisionWarnings(MeasuringPlan? plan, LatencyEstimate latency)
    {
        if (plan?.Until is { } until && latency.MeanInterval is { } interval && interval.HalfWidth > until * latency.MeanMs)
        {
            yield return Invariant($"the mean is known to ±{interval.HalfWidth / latency.MeanMs:P1} after {latency.Launches} launches; ")
                + Invariant($"--until asked for ±{until:P1}, and it was not reached.");
        }
    }

    private static IEnumerable<string> LaunchWarnings(IReadOnlyList<LaunchFacts> launches)
    {
        var steal = launches.Max(launch => launch.StealShare ?? launch.Conditions?.StealShare ?? 0);
        if (steal > ForeignTimeLimit)
        {
            yield return Invariant($"the hypervisor took {steal:P1} of the time of a launch.");
        }

        var load = launches.Max(launch => launch.OtherLoadShare ?? launch.Conditions?.OtherLoadShare ?? 0);
        if (load > ForeignTimeLimit)
        {
            yield return Invariant($"other processes used {load:P1} of the machine during a launch.");
        }

        var unsettled = launches.Count(launch => launch.Warmup is { IsStable: false });
        if (unsettled > 0)
        {
            yield return Invariant($"{unsettled} of {launches.Count} launches had not settled when their warm-up ended: ")
                + "the medians of its last two blocks are not shown to agree within 1 %.";
        }

        var collections = launches.Sum(launch => launch.GcCollections);
        if (collections > 0)
        {
            yield return Invariant($"{collections} garbage collections during timed iterations.");
        }

        var allocated = launches.Max(launch => launch.AllocatedBytesPerInference);
        if (allocated > AllocationLimit)
        {
            yield return Invariant($"{allocated:0} bytes allocated per inference (limit {AllocationLimit:0}).");
        }

        foreach (var warning in ConditionRules.Warnings(launches))
        {
            yield return warning;
        }
    }
}
