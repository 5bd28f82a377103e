using System.Text.Json.Serialization;
using Bench.Analysis.Cost;
using Bench.Analysis.Equivalence;
using Bench.Analysis.Measurements;
using Bench.Analysis.Runs;

namespace Bench.Analysis.Decision;

/// <summary>Something that could be bought and run: a cell under a load on a priced machine. Cell, load and run tell it from all
/// others.</summary>
[JsonConverter(typeof(CandidateName))]
public sealed record Candidate
{
    /// <summary>The cell's id.</summary>
    public required CellId Cell { get; init; }

    /// <summary>How requests arrived.</summary>
    public Load Load { get; init; } = Load.Closed;

    /// <summary>The cell under its load.</summary>
    public MeasurementId Measurement => new(Cell, Load);

    /// <summary>The key of the hardware, or what it is called where only its price is known.</summary>
    public required string Hardware { get; init; }

    /// <summary>The run.</summary>
    public required string RunId { get; init; }

    /// <summary>What tells it from the other candidates.</summary>
    public required string Label { get; init; }

    /// <summary>What an hour costs.</summary>
    public required HourlyPrice Price { get; init; }

    /// <summary>What is known of the latency that must meet the limit.</summary>
    public required LatencyBound Latency { get; init; }

    /// <summary>How many images the machine processes in a second: what the cost follows from.</summary>
    public required ThroughputEstimate Throughput { get; init; }

    /// <summary>The time that the machine takes for an image in ms.</summary>
    public double ImageMs => Throughput.ImageMs;

    /// <summary>Threads of a stream; null if unknown.</summary>
    public int? Threads { get; init; }

    /// <summary>What it takes to load the network and to build the engine, in ms; 0 if starts do not count.</summary>
    public double StartMs { get; init; }

    /// <summary>What a million images cost.</summary>
    public required CostEstimate Cost { get; init; }

    /// <summary>Task metric less that of the reference; 0 for the reference itself, null if unknown.</summary>
    public double? MetricChange { get; init; }

    /// <summary>How much worse its task metric is than that of the reference; null if unknown.</summary>
    public double? MetricLoss => Comparison is { IsError: true } ? MetricChange : -MetricChange;

    /// <summary>What is known of its outputs; null for the reference, or if they were not compared.</summary>
    public OutputComparison? Comparison { get; init; }

    /// <summary>Whether it is the cell that others are compared with.</summary>
    public bool IsReference { get; init; }

    /// <summary>Which cell of its run would tell whether quality is lost.</summary>
    public CellRole ReferenceRole { get; init; } = RunRoles.Standard.Reference;

    /// <summary>The size of the network's files; null if unknown.</summary>
    public long? ModelBytes { get; init; }

    /// <summary>The time for an image of each launch in ms, by round; of each node, by its place, where <see cref="AreNodes"/>. Empty if
    /// only a mean was published.</summary>
    public IReadOnlyDictionary<int, double> LaunchImageMs { get; init; } = new Dictionary<int, double>();

    /// <summary>Whether the run is of several nodes of a kind, which differ as launches do.</summary>
    internal bool AreNodes { get; init; }

    /// <summary>Means and quantiles as they could have been, for simulation; null if too little is known of how launches differ.</summary>
    public LatencyDraws? Draws { get; init; }

    /// <summary>Whether only a mean was published, which is taken as it stands.</summary>
    public bool IsPublished { get; init; }

    /// <summary>What is known of its outputs, in a word or two.</summary>
    internal string OutputAnswer => IsReference ? "reference" : Comparison?.Answer ?? "not compared";

    /// <inheritdoc/>
    public bool Equals(Candidate? other) => other is not null && RunId == other.RunId && Cell == other.Cell && Load == other.Load;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(RunId, Cell, Load);
}
