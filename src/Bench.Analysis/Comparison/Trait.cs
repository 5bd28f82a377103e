using Bench.Analysis.Exports;
using Bench.Analysis.Rendering;
using Bench.Analysis.Runs;

namespace Bench.Analysis.Comparison;

/// <summary>Something that is known of one side: of its machine, its software, its protocol.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Value">What it says.</param>
/// <param name="MustMatch">Whether times of sides that differ in it say nothing of each other.</param>
public sealed record Trait(string Name, string Value, bool MustMatch)
{
    private static readonly string[] MustBeEqual =
        [MachineTraits.Processor, MachineTraits.Cores, MachineTraits.Architecture, MachineTraits.Configuration, MachineTraits.SystemFamily];

    /// <summary>What must be known of both sides, and equal, before a gate may say anything of their times.</summary>
    internal static readonly IReadOnlyList<string> MustBeKnown = [MachineTraits.SystemFamily, MachineTraits.Processor, MachineTraits.Cores];

    /// <summary>What is compared: of a processor's name what does not change from start to start.
    /// Null if the value says that nobody knows.</summary>
    internal string? Key => Name switch
    {
        MachineTraits.Processor => HostText.ProcessorKey(Value),
        MachineTraits.Architecture => Value.ToLowerInvariant(),
        _ => Value is Figures.None or "" ? null : Value,
    };

    /// <summary>What exports tell.</summary>
    internal static IReadOnlyList<Trait> Of(IReadOnlyDictionary<string, string> machine)
    {
        var traits = machine.Select(fact => new Trait(fact.Key, fact.Value, MustBeEqual.Contains(fact.Key)));
        return machine.TryGetValue(MachineTraits.System, out var system) && HostText.SystemFamily(system) is { } family
            ? [new Trait(MachineTraits.SystemFamily, family, MustMatch: true), .. traits]
            : [.. traits];
    }

    /// <summary>What a run tells.</summary>
    internal static IReadOnlyList<Trait> Of(RunManifest manifest)
    {
        var machine = manifest.Machine;
        var traits = new List<Trait>
        {
            new(MachineTraits.Processor, machine.Cpu, MustMatch: true),
            new(MachineTraits.Cores, Figures.Optional(machine.LogicalCores), MustMatch: true),
            new("quota of cores", Figures.Optional(machine.CpuQuota), MustMatch: true),
            new(MachineTraits.SystemFamily, HostText.SystemFamily(machine.Os) ?? machine.Os, MustMatch: true),
            new(MachineTraits.Architecture, machine.Architecture, MustMatch: true),
            new("imitated by", machine.CompatibilityLayer ?? "nothing", MustMatch: true),
            new("profile", manifest.Profile, MustMatch: true),
            new("GPU", machine.Gpus.Count == 0 ? "none" : string.Join(", ", machine.Gpus.Select(gpu => gpu.Name)), MustMatch: true),
            new("GPU driver", machine.Gpus.Count == 0 ? "none" : string.Join(", ", machine.Gpus.Select(gpu => gpu.Driver)),
                MustMatch: false),
            new(MachineTraits.System, machine.OsVersion, MustMatch: false),
            new("machine", machine.Name, MustMatch: false),
            new("Bench commit",
                manifest.Git.Commit[..Math.Min(7, manifest.Git.Commit.Length)]
                + (manifest.Git.Dirty ? " with uncommitted changes" : string.Empty),
                MustMatch: false),
        };
        traits.AddRange(manifest.Software.OrderBy(software => software.Key, StringComparer.Ordinal)
            .Select(software => new Trait(software.Key, software.Value, MustMatch: false)));
        return traits;
    }
}
