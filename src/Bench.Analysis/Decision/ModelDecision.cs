using System.Text.Json.Serialization;
using Bench.Analysis.Cost;
using Bench.Analysis.Json;
using Bench.Analysis.Measurements;

namespace Bench.Analysis.Decision;

/// <summary>What to buy for a model.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Quantile">Which latency must meet limits.</param>
/// <param name="Steps">From which limit on which candidate is the cheapest that is shown to meet it, by limit.</param>
/// <param name="NoSolutionBelowMs">
/// The limit in ms below which every acceptable candidate is shown not to meet it; null if of some that is never shown. Between it and the
/// first step nothing is decided.
/// </param>
/// <param name="NeverOptimal">Acceptable candidates that, by the estimates of their costs, are the choice at no limit.</param>
/// <param name="Choice">The choice at the limit that was asked for, or without one; null if there is none.</param>
/// <param name="LimitMs">The limit that was asked for in ms; null if none.</param>
/// <param name="Outcome">Whether there is a choice.</param>
/// <param name="ParetoFront">Acceptable candidates that no other beats in both latency and cost, by estimates, the fastest first.</param>
/// <param name="Candidates">All candidates, acceptable or not, the cheapest first.</param>
/// <param name="Remarks">What should be known besides.</param>
public sealed record ModelDecision(
    string Model,
    LatencyQuantile Quantile,
    IReadOnlyList<DecisionStep> Steps,
    double? NoSolutionBelowMs,
    IReadOnlyList<CandidateName> NeverOptimal,
    Choice? Choice,
    double? LimitMs,
    DecisionOutcome Outcome,
    IReadOnlyList<CandidateName> ParetoFront,
    IReadOnlyList<JudgedCandidate> Candidates,
    IReadOnlyList<string> Remarks);

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

/// <summary>Which candidate is meant: the same cell can be measured on several machines.</summary>
/// <param name="Cell">The cell's id.</param>
/// <param name="Hardware">The hardware, or the machine's name.</param>
/// <param name="Run">The run.</param>
public sealed record CandidateName(CellId Cell, string Hardware, string Run);

/// <summary>From a limit on, the cheapest acceptable candidate that is shown to meet it.</summary>
/// <param name="FromMs">The limit in ms.</param>
/// <param name="Cell">The cell's id.</param>
/// <param name="Hardware">The hardware, or the machine's name.</param>
/// <param name="UsdPerMillionImages">What a million images cost.</param>
/// <param name="Run">The run.</param>
/// <param name="LatencyMs">The latency's estimate in ms; <paramref name="FromMs"/> is what it does not exceed.</param>
/// <param name="UsdPerHour">The price of an hour.</param>
public sealed record DecisionStep(
    double FromMs, CellId Cell, string Hardware, double UsdPerMillionImages, string Run, double LatencyMs, double UsdPerHour);

/// <summary>The choice.</summary>
/// <param name="Cell">The cell's id.</param>
/// <param name="Hardware">The hardware, or the machine's name.</param>
/// <param name="UsdPerMillionImages">What a million images cost.</param>
/// <param name="Run">The run.</param>
/// <param name="LatencyMs">The latency's estimate in ms.</param>
/// <param name="UsdPerHour">The price of an hour.</param>
/// <param name="ProbabilityCheapest">How likely it is to be the cheapest acceptable candidate that meets the limit, given what is uncertain
/// of times, in [0, 1]; null if nothing is known of that.</param>
/// <param name="RunnerUp">The next cheapest that is shown to meet the limit; null if there is none.</param>
/// <param name="SavingUsd">What it saves against that, in USD per million images; null without one, or if they are tied.</param>
/// <param name="Saving">The same as a share of the runner-up's cost; null without one.</param>
public sealed record Choice(
    CellId Cell,
    string Hardware,
    double UsdPerMillionImages,
    string Run,
    double LatencyMs,
    double UsdPerHour,
    double? ProbabilityCheapest,
    CandidateName? RunnerUp,
    double? SavingUsd,
    double? Saving)
{
    /// <summary>Candidates that are shown to meet the limit and whose cost nothing tells from that of the choice;
    /// empty if there are none.</summary>
    public IReadOnlyList<CandidateName> TiedWith { get; init; } = [];
}

/// <summary>A candidate, and what is said of it.</summary>
/// <param name="Cell">The cell's id.</param>
/// <param name="Hardware">The hardware, or the machine's name.</param>
/// <param name="Run">The run.</param>
/// <param name="Label">What tells it from the others.</param>
/// <param name="Objections">Why it must not be chosen whatever it costs; none if it may.</param>
/// <param name="Feasibility">Whether it meets the limit; feasible if there is none.</param>
/// <param name="Latency">What is known of its latency.</param>
/// <param name="Cost">What a million images cost.</param>
/// <param name="Price">What an hour costs.</param>
/// <param name="MetricChange">Task metric less that of the reference; null if unknown.</param>
/// <param name="Outputs">What is known of its outputs, in a word or two, for example <c>quality kept, outputs different</c>.</param>
/// <param name="ProbabilityCheapest">How likely it is to be the cheapest acceptable candidate that meets the limit, in [0, 1];
/// null if it is not acceptable, or nothing is known of what is uncertain.</param>
/// <param name="WouldWin">What would make it the choice; null for the choice itself, or if it is not acceptable or its latency is not known
/// well enough to say.</param>
public sealed record JudgedCandidate(
    CellId Cell,
    string Hardware,
    string Run,
    string Label,
    IReadOnlyList<string> Objections,
    Feasibility Feasibility,
    LatencyBound Latency,
    CostEstimate Cost,
    HourlyPrice Price,
    double? MetricChange,
    string Outputs,
    double? ProbabilityCheapest,
    WouldWin? WouldWin)
{
    /// <summary>
    /// The acceptable candidates that cost no less and whose cost nothing tells from its own, by their position in the list;
    /// empty for one that is the choice at no limit.
    /// </summary>
    public IReadOnlyList<int> TiedWith { get; init; } = [];

    /// <summary>Whether it may be chosen.</summary>
    [JsonIgnore]
    public bool IsAcceptable => Objections.Count == 0;

    internal CandidateName Name => new(Cell, Hardware, Run);
}

/// <summary>What would make a loser the choice, everything else being equal.</summary>
/// <param name="UsdPerHour">Below which price of an hour it would be the cheapest; null if it does not meet the limit whatever it costs,
/// or if it shares the price of the choice.</param>
/// <param name="SpeedUp">How many times faster it would have to be to meet the limit and to be the cheapest, above 1;
/// null if no speed would do, because its start alone costs more.</param>
public sealed record WouldWin(double? UsdPerHour, double? SpeedUp);
