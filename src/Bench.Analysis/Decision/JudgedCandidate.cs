using System.Text.Json.Serialization;
using Bench.Analysis.Cost;
using Bench.Analysis.Measurements;

namespace Bench.Analysis.Decision;

/// <summary>A candidate, and what is said of it.</summary>
public sealed record JudgedCandidate
{
    internal JudgedCandidate(Candidate candidate) => Candidate = candidate;

    /// <summary>The candidate.</summary>
    [JsonIgnore]
    public Candidate Candidate { get; }

    /// <summary>Its cell, with its load if that is open.</summary>
    public MeasurementId Cell => Candidate.Measurement;

    /// <summary>Its hardware.</summary>
    public string Hardware => Candidate.Hardware;

    /// <summary>Its run.</summary>
    public string Run => Candidate.RunId;

    /// <summary>What tells it from the others.</summary>
    public string Label => Candidate.Label;

    /// <summary>How many images a request has.</summary>
    public int Batch => Candidate.Cell.Batch;

    /// <summary>How many requests are in flight.</summary>
    public int Streams => Candidate.Cell.Streams;

    /// <summary>Threads of a stream; null if unknown.</summary>
    public int? Threads => Candidate.Threads;

    /// <summary>Why it must not be chosen whatever it costs; none if it may.</summary>
    public required IReadOnlyList<string> Objections { get; init; }

    /// <summary>Whether it meets the limit, and holds the rate of images; feasible if neither is asked for.</summary>
    public required Feasibility Feasibility { get; init; }

    /// <summary>Whether it holds the rate of images; null if none is asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Feasibility? HoldsRate { get; init; }

    /// <summary>What is known of the latency of a request.</summary>
    public LatencyBound Latency => Candidate.Latency;

    /// <summary>How many images the machine processes in a second.</summary>
    public ThroughputEstimate Throughput => Candidate.Throughput;

    /// <summary>What a million images cost.</summary>
    public CostEstimate Cost => Candidate.Cost;

    /// <summary>What an hour costs.</summary>
    public HourlyPrice Price => Candidate.Price;

    /// <summary>Task metric less that of the reference; null if unknown.</summary>
    public double? MetricChange => Candidate.MetricChange;

    /// <summary>What is known of its outputs, in a word or two, for example <c>quality kept, outputs different</c>.</summary>
    public string Outputs => Candidate.OutputAnswer;

    /// <summary>How likely it is to be the cheapest acceptable candidate that meets the limit, in [0, 1];
    /// null if it is not acceptable, or nothing is known of what is uncertain.</summary>
    public double? ProbabilityCheapest { get; init; }

    /// <summary>What would make it the choice; null for the choice itself, or if it is not acceptable or its latency is not known
    /// well enough to say.</summary>
    public WouldWin? WouldWin { get; init; }

    /// <summary>
    /// The acceptable candidates that cost no less and whose cost nothing tells from its own, by their position in the list;
    /// empty for one that is the choice at no limit.
    /// </summary>
    public IReadOnlyList<int> TiedWith { get; init; } = [];

    /// <summary>Whether it may be chosen.</summary>
    [JsonIgnore]
    public bool IsAcceptable => Objections.Count == 0;
}

/// <summary>What would make a loser the choice, everything else being equal.</summary>
/// <param name="UsdPerHour">Below which price of an hour it would be the cheapest; null if it does not meet the limit whatever it costs,
/// or if it shares the price of the choice.</param>
/// <param name="SpeedUp">How many times faster it would have to be to meet the limit and to be the cheapest, above 1;
/// null if no speed would do, because its start alone costs more.</param>
public sealed record WouldWin(double? UsdPerHour, double? SpeedUp);
