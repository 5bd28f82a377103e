using Bench.Analysis.Measurements;

namespace Bench.Analysis.Runs;

/// <summary>What a process of its own found out about a cell before its first launch:
/// <c>launches/&lt;cell&gt;_inspection.json</c>.</summary>
public sealed record InspectionRecord
{
    /// <summary>The <see cref="Device"/> of networks that ran on the machine's processor.</summary>
    public const string OnProcessor = "processor";

    /// <summary>The version of the format.</summary>
    public int SchemaVersion { get; init; } = RunManifest.CurrentSchemaVersion;

    /// <summary>The cell.</summary>
    public required CellId Cell { get; init; }

    /// <summary>The device that the network ran on, as launches tell theirs, or <see cref="OnProcessor"/>; null where it was not asked.
    /// </summary>
    public string? Device { get; init; }

    /// <summary>Why the cell cannot be measured; null if it can.</summary>
    public LaunchFailure? Failure { get; init; }

    /// <summary>The precision that the convolutions and matrix products really had; empty where a network has none, null if the engine was
    /// not asked.</summary>
    public string? EffectivePrecision { get; init; }

    /// <summary>How many convolutions and matrix products computed in 8-bit integers; null at other precisions than int8, or if the engine
    /// does not tell.</summary>
    public int? IntegerNodes { get; init; }

    /// <summary>How many convolutions and matrix products there were; null where <see cref="IntegerNodes"/> is.</summary>
    public int? WeightyNodes { get; init; }

    /// <summary>Nodes that ran on another execution provider than asked.</summary>
    public IReadOnlyList<NodeFacts> NodesElsewhere { get; init; } = [];
}

/// <summary>What an engine said on standard error during a launch, as the program that started it heard it:
/// <c>launches/&lt;name&gt;.said.json</c>.</summary>
/// <param name="Complaints">Each kind of line once, the most frequent first.</param>
public sealed record SpokenRecord(IReadOnlyList<Complaint> Complaints);
