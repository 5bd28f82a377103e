using System.Text.Json.Serialization;
using Bench.Analysis.Cost;
using Bench.Analysis.Equivalence;
using Bench.Analysis.Runs;
using Bench.Analysis.Statistics;

namespace Bench.Analysis.Reports;

/// <summary>What one or more runs found, ready to be written as markdown or JSON.</summary>
/// <param name="SchemaVersion">The version of the JSON.</param>
/// <param name="Runs">The runs, in the order given.</param>
/// <param name="Models">A table for each model.</param>
/// <param name="CostModel">How times and prices became costs.</param>
public sealed record Report(int SchemaVersion, IReadOnlyList<RunSummary> Runs, IReadOnlyList<ModelReport> Models, CostModel CostModel)
{
    /// <summary>The version of <c>report.json</c> that this code writes.</summary>
    public const int CurrentSchemaVersion = 2;

    /// <summary>Whether any cell was measured.</summary>
    public bool HasMeasurements => Models.Any(model => model.Rows.Any(row => row.Status is CellStatus.Measured or CellStatus.Published));

    /// <summary>Whether every run ran to its end and every cell was measured or cannot run on its machine.</summary>
    public bool IsComplete => HasMeasurements && Runs.All(run => run.Complete)
        && Models.All(model => model.Rows.All(row => row.Status is CellStatus.Measured or CellStatus.Published or CellStatus.Unavailable));
}

/// <summary>Where a run was made, and what its machine costs.</summary>
/// <param name="Id">The run's id.</param>
/// <param name="Complete">Whether it ran to its end.</param>
/// <param name="Profile">Its profile.</param>
/// <param name="StartedUtc">When it started.</param>
/// <param name="SlowedDownBy">The largest share that inferences took longer on purpose; null in an honest run.</param>
/// <param name="Published">Where its figures were published; null if they were measured.</param>
/// <param name="Git">The state of Bench's source.</param>
/// <param name="Machine">The machine.</param>
/// <param name="Software">Versions by name.</param>
/// <param name="Engines">The engines that were measured.</param>
/// <param name="Prices">What an hour of each device costs that cells ran on, or why that is unknown.</param>
public sealed record RunSummary(
    string Id,
    bool Complete,
    string Profile,
    DateTimeOffset StartedUtc,
    double? SlowedDownBy,
    PublishedSource? Published,
    GitState Git,
    MachineFacts Machine,
    IReadOnlyDictionary<string, string> Software,
    IReadOnlyList<EngineSummary> Engines,
    IReadOnlyList<DevicePrice> Prices);

/// <summary>An engine that a backend was measured with.</summary>
/// <param name="Backend">The backend's name.</param>
/// <param name="Engine">Engine and version.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Device">What it ran on; null for the machine's processor.</param>
/// <param name="Settings">Its settings that are not its defaults, or that matter.</param>
public sealed record EngineSummary(
    string Backend, string Engine, string? Source, string? Device, IReadOnlyDictionary<string, string> Settings);

/// <summary>The cells of one model.</summary>
/// <param name="Id">The model's name.</param>
/// <param name="Title">One line on it.</param>
/// <param name="MetricName">What its task metric is called.</param>
/// <param name="GradedName">What its graded score is called.</param>
/// <param name="EvaluatedImages">How many images the first run evaluated; null if the model could not be prepared.</param>
/// <param name="DataImages">How many images the evaluation set has; null if the model could not be prepared.</param>
/// <param name="Margin">How far outputs may differ and still count as the same, in the unit of the graded score.</param>
/// <param name="ToleratedShare">The share of images that may differ by more and the outputs still count as the same.</param>
/// <param name="Rows">The cells.</param>
/// <param name="Warnings">What makes the runs hard to compare.</param>
public sealed record ModelReport(
    string Id,
    string Title,
    string MetricName,
    string GradedName,
    int? EvaluatedImages,
    int? DataImages,
    double Margin,
    double ToleratedShare,
    IReadOnlyList<CellRow> Rows,
    IReadOnlyList<string> Warnings);

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
/// <param name="HasQualityReference">Whether it is compared with <c>ort-cpu/fp32</c>, or is that: only then is it known whether
/// accuracy was lost.</param>
/// <param name="Comparison">The outputs against those of the reference cell; null for that cell itself,
/// or if either has no outputs.</param>
/// <param name="Warnings">What should make a reader doubt the row.</param>
public sealed record CellRow(
    string RunId,
    string CellId,
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
