using System.Text.Json.Serialization;

namespace Bench.Analysis.Fleets;

/// <summary>What is to be measured on many machines: <c>matrix.json</c>.</summary>
/// <remarks>The schema is <c>src/Bench.Analysis/Fleets/matrix.schema.json</c>.</remarks>
public sealed record FleetMatrix
{
    /// <summary>Where the schema is.</summary>
    [JsonPropertyName("$schema")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Schema { get; init; }

    /// <summary>The models, by their names in the program's folder <c>models</c>, or by paths from where workers start.</summary>
    public required IReadOnlyList<string> Models { get; init; }

    /// <summary>The backends; null for all that work on a machine.</summary>
    public IReadOnlyList<string>? Backends { get; init; }

    /// <summary>The precisions; null for those that suit an engine.</summary>
    public IReadOnlyList<string>? Precisions { get; init; }

    /// <summary>Values by knob: <c>batch</c>, <c>streams</c>, <c>threads</c>, and all that <c>--set</c> knows.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Set { get; init; }

    /// <summary>How much is measured: <c>smoke</c>, <c>gate</c>, <c>default</c> or <c>paper</c>.</summary>
    public string Profile { get; init; } = "default";

    /// <summary>Launches of every cell; null for the profile's own number.</summary>
    public int? Launches { get; init; }

    /// <summary>The longest latency of a request, as for <c>--limit</c>; null for none.</summary>
    public string? Limit { get; init; }

    /// <summary>The percentile that the limit is on, as for <c>--quantile</c>; null for the default.</summary>
    public string? Quantile { get; init; }

    /// <summary>On how many nodes of a kind each block is measured: 1 says nothing of how nodes differ.</summary>
    public int Replicates { get; init; } = 1;

    /// <summary>How long a worker may take, in minutes.</summary>
    public int Minutes { get; init; } = 120;

    /// <summary>The seed of everything random.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The kinds of machines.</summary>
    public required IReadOnlyList<MachineKind> Machines { get; init; }

    /// <summary>How the workers run with Kubernetes; null where nobody asks.</summary>
    public KubernetesPlace? Kubernetes { get; init; }
}

/// <summary>Where workers run with Kubernetes.</summary>
/// <param name="Image">The image, with its digest: <c>registry/bench@sha256:…</c>.</param>
/// <param name="Claim">The persistent volume claim that results are written to.</param>
/// <param name="Namespace">The namespace; null for that of who submits it.</param>
public sealed record KubernetesPlace(string Image, string Claim, string? Namespace = null);
