using System.Text.Json.Serialization;
using Bench.Analysis.Json;

namespace Bench.Analysis.Decision;

/// <summary>What to buy for a model.</summary>
public sealed record ModelDecision
{
    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary>Which latency must meet limits.</summary>
    public required LatencyQuantile Quantile { get; init; }

    /// <summary>From which limit on which candidate is the cheapest that is shown to meet it, by limit.</summary>
    public required IReadOnlyList<DecisionStep> Steps { get; init; }

    /// <summary>The limit in ms below which every acceptable candidate is shown not to meet it; null if of some that is never shown.
    /// Between it and the first step nothing is decided.</summary>
    public double? NoSolutionBelowMs { get; init; }

    /// <summary>Acceptable candidates that, by the estimates of their costs, are the choice at no limit.</summary>
    public required IReadOnlyList<Candidate> NeverOptimal { get; init; }

    /// <summary>The choice at the limit that was asked for, or without one; null if there is none.</summary>
    public Choice? Choice { get; init; }

    /// <summary>The limit that was asked for in ms; null if none.</summary>
    public double? LimitMs { get; init; }

    /// <summary>How many images a second one machine has to process; null if that was not asked.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? ImagesPerSecond { get; init; }

    /// <summary>Whether there is a choice.</summary>
    public required DecisionOutcome Outcome { get; init; }

    /// <summary>Acceptable candidates that no other beats in both latency and cost, by estimates, the fastest first.</summary>
    public required IReadOnlyList<Candidate> ParetoFront { get; init; }

    /// <summary>All candidates, acceptable or not, the cheapest first.</summary>
    public required IReadOnlyList<JudgedCandidate> Candidates { get; init; }

    /// <summary>What of that is true of the runs, whatever is chosen.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> RunRemarks { get; init; } = [];

    /// <summary>What should be known besides.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>The acceptable candidate with the lowest estimate of those that are shown neither to meet the limit nor to miss it; null if
    /// there is none.</summary>
    internal JudgedCandidate? FastestUndecided => Candidates
        .Where(judged => judged is { IsAcceptable: true, Feasibility: Feasibility.Undecided, Latency.EstimateMs: not null })
        .MinBy(judged => judged.Latency.EstimateMs);
}

/// <summary>Whether there is a choice.</summary>
[JsonConverter(typeof(EnumNames<DecisionOutcome>))]
public enum DecisionOutcome
{
    /// <summary>An acceptable candidate is shown to meet the limit.</summary>
    Chosen,

    /// <summary>Every acceptable candidate is shown not to meet the limit, or there is none.</summary>
    NoSolution,

    /// <summary>No acceptable candidate is shown to meet the limit, but some may.</summary>
    Undecided,
}
