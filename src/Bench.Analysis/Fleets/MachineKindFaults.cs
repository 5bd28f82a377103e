using System.Text.RegularExpressions;

namespace Bench.Analysis.Fleets;

/// <summary>What makes no sense in a kind of machine.</summary>
internal static partial class MachineKindFaults
{
    /// <summary>On how many nodes a block is measured at most.</summary>
    public const int MostReplicates = 100;

    private const int MostCores = 4096;
    private const int MostGpus = 64;
    private const int MostGiB = 1 << 20;
    private const int MostAtOnce = 10_000;

    /// <summary>One sentence for each fault.</summary>
    public static IEnumerable<string> Of(MachineKind machine)
    {
        if (!Name().IsMatch(machine.Name))
        {
            yield return $"found the name '{machine.Name}'; expected at most 40 lower-case letters, digits and hyphens, as in h100-pcie.";
        }

        foreach (var fault in FleetWords.Faults("backends", machine.Backends).Concat(FleetWords.Faults("precisions", machine.Precisions))
            .Concat(FleetWords.OfSet(machine.Set)).Concat(FleetWords.Faults("hardware", FleetWords.Some(machine.Hardware))))
        {
            yield return fault;
        }

        foreach (var (what, text) in new[] { ("constraint", machine.Constraint), ("partition", machine.Partition) })
        {
            if (text is not null && !Selector().IsMatch(text))
            {
                yield return $"{what}: found '{text}'; expected what sbatch takes, such as h100&nvme: letters, digits and -_.,&|*()[].";
            }
        }

        foreach (var (what, text) in new[] { ("cpu", machine.Cpu), ("gpu", machine.Gpu) })
        {
            if (text is not null && !Part().IsMatch(text))
            {
                yield return $"{what}: found '{text}'; expected a part of its name, in ASCII.";
            }
        }

        foreach (var (key, value) in machine.NodeSelector ?? new Dictionary<string, string>())
        {
            if (!LabelKey().IsMatch(key) || !LabelValue().IsMatch(value))
            {
                yield return $"nodeSelector: found '{key}: {value}'; expected a label such as nvidia.com/gpu.product: NVIDIA-H200.";
            }
        }

        foreach (var fault in FleetWords.Outside(
            ("replicates", machine.Replicates, 1, MostReplicates), ("cores", machine.Cores, 1, MostCores),
            ("memoryGiB", machine.MemoryGiB, 1, MostGiB), ("gpus", machine.Gpus, 0, MostGpus), ("atOnce", machine.AtOnce, 1, MostAtOnce)))
        {
            yield return fault;
        }

        if (machine is { Gpu: not null, Gpus: 0 })
        {
            yield return "gpus: found 0 beside the name of one; expected 1 or more.";
        }

        if (machine.MostOtherLoad is < 0 or > 1)
        {
            yield return FormattableString.Invariant($"mostOtherLoad: found {machine.MostOtherLoad}; expected a share from 0 to 1.");
        }

        if (machine.UsdPerHour is { } price && !(price > 0 && double.IsFinite(price)))
        {
            yield return FormattableString.Invariant($"usdPerHour: found {price}; expected a finite price above 0.");
        }

        if (machine is { Hardware: not null, UsdPerHour: not null })
        {
            yield return "found hardware and usdPerHour; expected one of them.";
        }
    }

    [GeneratedRegex(@"\A[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?\z")]
    private static partial Regex Name();

    [GeneratedRegex(@"\A[ -~]+\z")]
    private static partial Regex Part();

    [GeneratedRegex(@"\A[A-Za-z0-9_.,&|*()\[\]-]+\z")]
    private static partial Regex Selector();

    [GeneratedRegex(@"\A([a-z0-9]([a-z0-9.-]*[a-z0-9])?/)?[A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?\z")]
    private static partial Regex LabelKey();

    [GeneratedRegex(@"\A([A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)?\z")]
    private static partial Regex LabelValue();
}
