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

    /// <summary>Why what was found out says nothing of a session: it is on another device, as one may be of an engine that chooses itself.
    /// </summary>
    /// <param name="device">The session's device; null for the machine's processor.</param>
    /// <returns>A few sentences; null if the device is the same, or was not asked.</returns>
    public string? WhyNotOf(string? device) => Device is not { } looked || looked == (device ?? OnProcessor) ? null
        : $"it was inspected on {Named(looked)}, and a launch was on {Named(device)}: where and in what precision it runs there is not "
            + "known. An engine that chooses the device itself may choose another one each time; measure by one that is told, such as "
            + "openvino-gpu instead of openvino.";

    /// <summary>A device in a sentence.</summary>
    /// <param name="device">Its name; null or <see cref="OnProcessor"/> for the machine's processor.</param>
    internal static string Named(string? device) => device is null or OnProcessor ? "the processor" : device;
}

/// <summary>What an engine said on standard error during a launch, as the program that started it heard it:
/// <c>launches/&lt;name&gt;.said.json</c>.</summary>
/// <param name="Complaints">Each kind of line once, the most frequent first.</param>
public sealed record SpokenRecord(IReadOnlyList<Complaint> Complaints);
