using System.Text.Json.Serialization;
using Bench.Analysis.Cost;
using Bench.Analysis.Decision;
using Bench.Analysis.Measurements;

namespace Bench.Analysis.Months;

/// <summary>A month's work done in one way: by machines of one kind that run one cell.</summary>
public sealed record MonthPlan
{
    internal MonthPlan(Candidate candidate) => Candidate = candidate;

    /// <summary>What runs on them.</summary>
    [JsonIgnore]
    public Candidate Candidate { get; }

    /// <summary>Its cell, with its load if that is open.</summary>
    public MeasurementId Cell => Candidate.Measurement;

    /// <summary>Its hardware.</summary>
    public string Hardware => Candidate.Hardware;

    /// <summary>Its run.</summary>
    public string Run => Candidate.RunId;

    /// <summary>Why it must not be chosen; none if it may.</summary>
    public required IReadOnlyList<string> Objections { get; init; }

    /// <summary>Whether one request alone is shown to meet the limit; feasible without one.</summary>
    public required Feasibility Feasibility { get; init; }

    /// <summary>Hours of work in the month, all machines together.</summary>
    public required double WorkHours { get; init; }

    /// <summary>How many machines the peak takes.</summary>
    public required int Machines { get; init; }

    /// <summary>How many would do the work of the peak if requests did not come at random moments.</summary>
    public required int FewestMachines { get; init; }

    /// <summary>How long a start takes, in ms.</summary>
    public required double StartMs { get; init; }

    /// <summary>The share of its time in which each machine works at the peak, in [0, 1].</summary>
    public required double BusyAtPeak { get; init; }

    /// <summary>How it is known how many it takes.</summary>
    public required CapacityBasis Basis { get; init; }

    /// <summary>How many hours of the month each machine is on: those in which images arrive, or without a limit those of its
    /// work.</summary>
    public required double HoursOn { get; init; }

    /// <summary>The bill of the month in USD: for what is really sold, for as long as it is on.</summary>
    public required double BillUsd { get; init; }

    /// <summary>The same for the machines' shares of what is sold, in USD.</summary>
    public required double SharesUsd { get; init; }

    /// <summary>For the hours of work and starts alone, in USD, all parts of what is sold sharing the work; null for a machine of one's
    /// own.</summary>
    public required double? ByUseUsd { get; init; }

    /// <summary>What of the bill is the energy of the work, in USD; 0 for what is rented.</summary>
    public double EnergyUsd => Candidate.Price.Own is { } own ? WorkHours * own.UsdOfEnergyPerHour : 0;

    /// <summary>What is really sold; null if the user gave the price, or the machine is one's own.</summary>
    public SoldAs? Offer { get; init; }

    /// <summary>How many of it.</summary>
    public int Offers { get; init; }

    /// <summary>Whether it may be chosen.</summary>
    [JsonIgnore]
    public bool IsAcceptable => Objections.Count == 0;

    /// <summary>Whether it is a machine of one's own.</summary>
    public bool IsOwn => Candidate.Price.Own is not null;
}
