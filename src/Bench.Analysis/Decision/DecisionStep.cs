using System.Text.Json.Serialization;
using Bench.Analysis.Measurements;

namespace Bench.Analysis.Decision;

/// <summary>From a limit on, the cheapest acceptable candidate that is shown to meet it.</summary>
public sealed record DecisionStep
{
    internal DecisionStep(Candidate candidate) => Candidate = candidate;

    /// <summary>The candidate.</summary>
    [JsonIgnore]
    public Candidate Candidate { get; }

    /// <summary>The limit in ms: what its latency is shown not to exceed.</summary>
    public double FromMs => Candidate.Latency.UpperMs!.Value;

    /// <summary>Its cell, with its load if that is open.</summary>
    public MeasurementId Cell => Candidate.Measurement;

    /// <summary>Its hardware.</summary>
    public string Hardware => Candidate.Hardware;

    /// <summary>What a million images cost.</summary>
    public double UsdPerMillionImages => Candidate.Cost.UsdPerMillionImages;

    /// <summary>Its run.</summary>
    public string Run => Candidate.RunId;

    /// <summary>The latency's estimate in ms.</summary>
    public double LatencyMs => Candidate.Latency.EstimateMs!.Value;

    /// <summary>The price of an hour.</summary>
    public double UsdPerHour => Candidate.Price.UsdPerHour;
}
