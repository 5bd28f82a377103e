using System.Text.Json.Serialization;
using Bench.Analysis.Cost;
using Bench.Analysis.Equivalence;
using Bench.Analysis.Measurements;
using Bench.Analysis.Runs;

namespace Bench.Analysis.Rows;

/// <summary>One cell of one run.</summary>
/// <param name="RunId">The run.</param>
/// <param name="CellId">The cell.</param>
/// <param name="Label">What the row is called: the cell, and its machine or run where there are several.</param>
/// <param name="Status">Whether it was measured.</param>
/// <param name="Reason">Why not; null if it was.</param>
/// <param name="Engine">Engine and version, and where it comes from; null if unavailable.</param>
/// <param name="Device">What it ran on; null for the machine's processor, or if it was not measured.</param>
/// <param name="NotComparable">Why its times must not be priced or compared; null if they may.</param>
/// <param name="NodesElsewhere">Nodes that ran elsewhere than on the backend, by operator.</param>
/// <param name="EngineBuildMs">Time that the engine took to build what it keeps for the network; null if it builds nothing.</param>
/// <param name="Precision">The precision that was asked for.</param>
/// <param name="EffectivePrecision">The precision that the heavy nodes really had; null if not known.</param>
/// <param name="Threads">Threads for one inference.</param>
/// <param name="Latency">What is known of its latency; null if it was not measured.</param>
/// <param name="LoadMs">Median time to load; null if it was not measured.</param>
/// <param name="FirstInferenceMs">Median time of the first inference; null if it was not measured.</param>
/// <param name="Cost">What a million images cost; null without timings or a price.</param>
/// <param name="TimeAgainstBaseline">Mean latency over that of the unaccelerated FP32 baseline of the same run and model;
/// null without either.</param>
/// <param name="Metric">The task metric; null without outputs.</param>
/// <param name="PublishedMetricChange">What was published of how its task metric differs from the reference's;
/// null if nothing, or if it was measured.</param>
/// <param name="IsReference">Whether this is the cell that others of its model are compared with.</param>
/// <param name="HasQualityReference">Whether it is compared with the cell that has the role of the reference, or is that:
/// only then is it known whether
/// accuracy was lost.</param>
/// <param name="Comparison">The outputs against those of the reference cell; null for that cell itself,
/// or if either has no outputs.</param>
/// <param name="Warnings">What should make a reader doubt the row.</param>
public sealed record CellRow(
    string RunId,
    CellId CellId,
    string Label,
    CellStatus Status,
    string? Reason,
    string? Engine,
    string? Device,
    string? NotComparable,
    IReadOnlyList<NodeFacts> NodesElsewhere,
    double? EngineBuildMs,
    string Precision,
    string? EffectivePrecision,
    int? Threads,
    LatencyEstimate? Latency,
    double? LoadMs,
    double? FirstInferenceMs,
    CostEstimate? Cost,
    double? TimeAgainstBaseline,
    double? Metric,
    double? PublishedMetricChange,
    bool IsReference,
    bool HasQualityReference,
    OutputComparison? Comparison,
    IReadOnlyList<string> Warnings)
{
    /// <summary>Why it has no cost; null if it has one, or no time to be priced.</summary>
    public string? WhyNoCost { get; init; }

    /// <summary>Whether it has a time that may be priced and compared.</summary>
    [JsonIgnore]
    public bool HasComparableTime => this is { Latency: not null, NotComparable: null };
}
