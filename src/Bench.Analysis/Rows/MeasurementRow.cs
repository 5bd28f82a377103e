using System.Text.Json.Serialization;
using Bench.Analysis.Cost;
using Bench.Analysis.Equivalence;
using Bench.Analysis.Measurements;
using Bench.Analysis.Runs;

namespace Bench.Analysis.Rows;

/// <summary>All that is known of one measurement of one run: what the run recorded of it, its latency, its cost and its outputs.</summary>
/// <remarks>The order of the members is that of the rows of <c>report.json</c>.</remarks>
public sealed record MeasurementRow
{
    internal MeasurementRow(CellFacts facts) => Facts = facts;

    /// <summary>What the run recorded.</summary>
    [JsonIgnore]
    public CellFacts Facts { get; }

    /// <summary>The run.</summary>
    public required string RunId { get; init; }

    /// <summary>The cell.</summary>
    public CellId CellId => Facts.Id;

    /// <summary>The rate at which requests arrived; null for a closed load.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Load? Load => Facts.OpenLoad;

    /// <summary>How much was measured; null in runs of version 1.</summary>
    [JsonIgnore]
    internal MeasuringPlan? Plan { get; init; }

    /// <summary>What was measured: the cell under its load.</summary>
    [JsonIgnore]
    public MeasurementId Measurement => Facts.Measurement;

    /// <summary>What the row is called: the cell, and its machine or run where there are several.</summary>
    public required string Label { get; init; }

    /// <summary>Whether it was measured.</summary>
    public CellStatus Status => Facts.Status;

    /// <summary>Why not; null if it was.</summary>
    public string? Reason => Facts.Reason;

    /// <summary>Engine and version, and where it comes from; null if unavailable.</summary>
    public string? Engine => Facts.Engine is null ? null : $"{Facts.Engine} ({Facts.EngineSource})";

    /// <summary>What it ran on; null for the machine's processor, or if it was not measured.</summary>
    public string? Device => Facts.Device;

    /// <summary>Why its times must not be priced or compared; null if they may.</summary>
    public string? NotComparable => Facts.NotComparable;

    /// <summary>Nodes that ran elsewhere than on the backend, by operator.</summary>
    public IReadOnlyList<NodeFacts> NodesElsewhere => Facts.NodesElsewhere;

    /// <summary>Time that the engine took to build what it keeps for the network; null if it builds nothing.</summary>
    public double? EngineBuildMs => Facts.Launches.Select(launch => launch.EngineBuildMs).FirstOrDefault(build => build is not null);

    /// <summary>The precision that was asked for.</summary>
    public string Precision => Facts.Precision;

    /// <summary>The precision that the heavy nodes really had; null if not known.</summary>
    public string? EffectivePrecision => Facts.EffectivePrecision;

    /// <summary>Threads for one inference.</summary>
    public int? Threads => Facts.Threads;

    /// <summary>What is known of its latency; null if it was not measured.</summary>
    public LatencyEstimate? Latency { get; init; }

    /// <summary>How many images a request has.</summary>
    public int Batch => Facts.Id.Batch;

    /// <summary>How many requests are in flight.</summary>
    public int Streams => Facts.Id.Streams;

    /// <summary>How many images the machine processes in a second; null if it was not measured, or was overloaded.</summary>
    public ThroughputEstimate? Throughput { get; init; }

    /// <summary>What is known of its open load; null of a closed one, or if it was not measured.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public OpenLoadRow? Open { get; init; }

    /// <summary>Between which rates the highest one lies at which the limit is met; null if nobody looked for it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RateBand? Band => Facts.Band;

    /// <summary>Median time to load; null if it was not measured.</summary>
    public double? LoadMs { get; init; }

    /// <summary>Median time of the first inference; null if it was not measured.</summary>
    public double? FirstInferenceMs { get; init; }

    /// <summary>What a million images cost; null without timings or a price.</summary>
    public CostEstimate? Cost { get; init; }

    /// <summary>The machine's time for an image over that of the run's baseline for the same model; null without either, and of open loads,
    /// where it says how many requests came and not how quick the machine is.</summary>
    public double? TimeAgainstBaseline { get; init; }

    /// <summary>What int8 is worth here; null at other precisions, or where fp32 was not measured beside it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Int8Gain? Int8 { get; init; }

    /// <summary>The task metric; null without outputs.</summary>
    public double? Metric => Facts.TaskMetric?.Value;

    /// <summary>What was published of how its task metric differs from the reference's;
    /// null if nothing, or if it was measured.</summary>
    public double? PublishedMetricChange => Status == CellStatus.Published ? Facts.Published?.MetricChange : null;

    /// <summary>Whether this is the cell that others of its model are compared with.</summary>
    public bool IsReference { get; init; }

    /// <summary>Whether it is compared with the cell that has the role of the reference, or is that: only then is it known whether
    /// quality was lost.</summary>
    public bool HasQualityReference { get; init; }

    /// <summary>The outputs against those of the reference cell; null for that cell itself, or if either has no outputs.</summary>
    public OutputComparison? Comparison { get; init; }

    /// <summary>The largest absolute difference between its outputs and those of the same cell with one image in a request; null with one
    /// image, or if that was not measured beside it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? DifferenceFromBatch1 { get; init; }

    /// <summary>What should make a reader doubt the row.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Why it has no cost; null if it has one, or no time to be priced.</summary>
    public string? WhyNoCost { get; init; }

    /// <summary>Whether it has a time that may be priced and compared.</summary>
    [JsonIgnore]
    public bool HasComparableTime => this is { Latency: not null, NotComparable: null, Facts.WhyNoThroughput: null };

    /// <summary>What a cold start takes in ms; null if it is not known.</summary>
    [JsonIgnore]
    public double? StartMs => Facts.StartMs;
}
