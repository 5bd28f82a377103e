using System.Text.Json.Serialization;
using Bench.Analysis.Measurements;

namespace Bench.Analysis.Decision;

/// <summary>The choice.</summary>
public sealed record Choice
{
    internal Choice(Candidate candidate) => Candidate = candidate;

    /// <summary>The candidate.</summary>
    [JsonIgnore]
    public Candidate Candidate { get; }

    /// <summary>Its cell, with its load if that is open.</summary>
    public MeasurementId Cell => Candidate.Measurement;

    /// <summary>Its hardware.</summary>
    public string Hardware => Candidate.Hardware;

    /// <summary>What a million images cost.</summary>
    public double UsdPerMillionImages => Candidate.Cost.UsdPerMillionImages;

    /// <summary>Its run.</summary>
    public string Run => Candidate.RunId;

    /// <summary>The estimate of a request's latency in ms; null if there are too few to tell.</summary>
    public double? LatencyMs => Candidate.Latency.EstimateMs;

    /// <summary>The price of an hour.</summary>
    public double UsdPerHour => Candidate.Price.UsdPerHour;

    /// <summary>How likely it is to be the cheapest acceptable candidate that meets the limit, given what is uncertain of times,
    /// in [0, 1]; null if nothing is known of that.</summary>
    public double? ProbabilityCheapest { get; init; }

    /// <summary>The next cheapest that is shown to meet the limit; null if there is none. At a rate of images, where all that one machine
    /// can do costs the same, the next cheapest that costs more.</summary>
    public Candidate? RunnerUp { get; init; }

    /// <summary>What it saves against that, in USD per million images; null without one, or if they are tied.</summary>
    public double? SavingUsd { get; init; }

    /// <summary>The same as a share of the runner-up's cost; null without one.</summary>
    public double? Saving { get; init; }

    /// <summary>Candidates that are shown to meet the limit and whose cost nothing tells from that of the choice;
    /// empty if there are none.</summary>
    public IReadOnlyList<Candidate> TiedWith { get; init; } = [];
}
