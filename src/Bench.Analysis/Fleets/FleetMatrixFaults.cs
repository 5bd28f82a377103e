using System.Text.RegularExpressions;

namespace Bench.Analysis.Fleets;

/// <summary>What makes no sense in a matrix, whatever program measures it.</summary>
internal static partial class FleetMatrixFaults
{
    private const int MostUnits = 10_000;
    private const int MostMinutes = 7 * 24 * 60;

    /// <summary>One sentence for each fault.</summary>
    public static IEnumerable<string> Of(FleetMatrix matrix) =>
    [
        .. OfMatrix(matrix),
        .. matrix.Machines.SelectMany((machine, i) => MachineKindFaults.Of(machine).Select(
            fault => FormattableString.Invariant($"machines[{i}]: {fault}"))),
        .. OfPlace(matrix.Kubernetes),
    ];

    private static IEnumerable<string> OfMatrix(FleetMatrix matrix)
    {
        if (matrix.Models.Count == 0)
        {
            yield return "models: found none; expected names from the program's folder models.";
        }

        // Where a folder lies is no part of a plan: it may lie elsewhere on another machine.
        foreach (var model in matrix.Models.Where(model => model.StartsWith('/')))
        {
            yield return $"models: found '{model}'; expected a name from the program's folder models, or a path from where workers start.";
        }

        foreach (var fault in FleetWords.Faults("models", matrix.Models).Concat(FleetWords.Faults("backends", matrix.Backends))
            .Concat(FleetWords.Faults("precisions", matrix.Precisions)).Concat(FleetWords.OfSet(matrix.Set))
            .Concat(FleetWords.Faults("profile", [matrix.Profile])).Concat(FleetWords.Faults("limit", FleetWords.Some(matrix.Limit)))
            .Concat(FleetWords.Faults("quantile", FleetWords.Some(matrix.Quantile))))
        {
            yield return fault;
        }

        if (matrix.Machines.Count == 0)
        {
            yield return "machines: found none; expected at least one kind of machine.";
        }

        foreach (var twice in matrix.Machines.GroupBy(machine => machine.Name).Where(same => same.Count() > 1))
        {
            yield return $"machines: found the name '{twice.Key}' twice; names must be unique.";
        }

        foreach (var fault in FleetWords.Outside(
            ("replicates", matrix.Replicates, 1, MachineKindFaults.MostReplicates), ("minutes", matrix.Minutes, 1, MostMinutes),
            ("launches", matrix.Launches, 1, int.MaxValue)))
        {
            yield return fault;
        }

        var units = matrix.Machines.Sum(machine => (long)(machine.Replicates ?? matrix.Replicates) * matrix.Models.Count);
        if (units > MostUnits)
        {
            yield return FormattableString.Invariant($"found {units} pieces of work; expected at most {MostUnits}.");
        }
    }

    private static IEnumerable<string> OfPlace(KubernetesPlace? place)
    {
        if (place is null)
        {
            yield break;
        }

        if (!Image().IsMatch(place.Image))
        {
            yield return $"kubernetes: image: found '{place.Image}'; expected one with its digest, as in registry/bench@sha256:..., "
                + "since a tag may mean another program tomorrow.";
        }

        foreach (var (what, name) in new[] { ("claim", place.Claim), ("namespace", place.Namespace ?? "default") })
        {
            if (!ClusterName().IsMatch(name))
            {
                yield return $"kubernetes: {what}: found '{name}'; expected at most 63 lower-case letters, digits, hyphens and dots.";
            }
        }
    }

    [GeneratedRegex(@"\A[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?\z")]
    private static partial Regex ClusterName();

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9._/:-]*@sha256:[0-9a-f]{64}\z")]
    private static partial Regex Image();
}
