using System.Text.Json.Serialization;

namespace Bench.Analysis.Fleets;

/// <summary>A kind of machine of a fleet: what selects it, what a worker expects of it, and what is measured on it alone.</summary>
public sealed record MachineKind
{
    /// <summary>Its name: lower-case letters, digits and hyphens.</summary>
    public required string Name { get; init; }

    /// <summary>What selects it with Slurm, as for <c>--constraint</c>; null where any node will do.</summary>
    public string? Constraint { get; init; }

    /// <summary>The partition of Slurm; null for the cluster's own default.</summary>
    public string? Partition { get; init; }

    /// <summary>The labels that select it with Kubernetes, such as those of node feature discovery; null where any node will do.</summary>
    public IReadOnlyDictionary<string, string>? NodeSelector { get; init; }

    /// <summary>What the processor's name must hold, in any case of letters; null if any will do.</summary>
    public string? Cpu { get; init; }

    /// <summary>What the name of a graphics processor must hold, in any case of letters; null if none is needed.</summary>
    public string? Gpu { get; init; }

    /// <summary>How many graphics processors a worker asks for; 1 where <see cref="Gpu"/> is named and nobody says.</summary>
    public int? Gpus { get; init; }

    /// <summary>How many cores a worker may use, at least: whole ones; null if nobody asks. Kubernetes reserves them.</summary>
    public int? Cores { get; init; }

    /// <summary>How much memory a worker may use, in GiB; null if nobody asks. Kubernetes reserves it.</summary>
    public int? MemoryGiB { get; init; }

    /// <summary>Its key in the price catalogue; null where the run finds it, or has a price.</summary>
    public string? Hardware { get; init; }

    /// <summary>What an hour of it costs in USD; null where the catalogue says it.</summary>
    public double? UsdPerHour { get; init; }

    /// <summary>What share of the machine other programs may use before it is measured, in [0, 1]; null for 0.1.</summary>
    public double? MostOtherLoad { get; init; }

    /// <summary>On how many nodes each block is measured; null for as many as the matrix says.</summary>
    public int? Replicates { get; init; }

    /// <summary>How many workers run at the same time; null for no limit.</summary>
    public int? AtOnce { get; init; }

    /// <summary>The backends that are measured on it; null for those of the matrix.</summary>
    public IReadOnlyList<string>? Backends { get; init; }

    /// <summary>The precisions that are measured on it; null for those of the matrix.</summary>
    public IReadOnlyList<string>? Precisions { get; init; }

    /// <summary>Values by knob that are measured on it; null for those of the matrix.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Set { get; init; }

    /// <summary>How many graphics processors it takes.</summary>
    [JsonIgnore]
    public int GpuCount => Gpus ?? (Gpu is null ? 0 : 1);
}
