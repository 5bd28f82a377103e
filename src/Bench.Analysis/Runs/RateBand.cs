using System.Text.Json.Serialization;
using Bench.Analysis.Json;
using Bench.Analysis.Measurements;
using Bench.Analysis.Statistics.Queueing;

namespace Bench.Analysis.Runs;

/// <summary>What a search for the highest rate found of a cell: <c>launches/&lt;cell&gt;_band.json</c>.</summary>
public sealed record RateBand
{
    /// <summary>The version of the format.</summary>
    public int SchemaVersion { get; init; } = RunManifest.CurrentSchemaVersion;

    /// <summary>The cell.</summary>
    public required CellId Cell { get; init; }

    /// <summary>The highest rate that is shown to meet the limit, in fresh launches; null if there is none.</summary>
    public double? Met { get; init; }

    /// <summary>The lowest rate that is shown to miss it; null if there is none.</summary>
    public double? Missed { get; init; }

    /// <summary>What the closed load of the cell gave, in requests per second.</summary>
    public required double SaturationRate { get; init; }

    /// <summary>Why the search ended.</summary>
    public required RateSearchEnd End { get; init; }

    /// <summary>What more there is to say of that; null if there is nothing.</summary>
    public string? Remark { get; init; }

    /// <summary>How long all its launches took, in seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>The launches, in their order.</summary>
    public required IReadOnlyList<RateTrial> Trials { get; init; }

    /// <summary>The width as a share of the upper end; null if an end is not known.</summary>
    [JsonIgnore]
    public double? Width => (Missed - Met) / Missed;
}

/// <summary>A launch of a search for the highest rate.</summary>
/// <param name="Rate">Requests per second.</param>
/// <param name="Round">Which launch at this rate, from 1.</param>
/// <param name="Requests">How many requests were counted.</param>
/// <param name="LateShare">The share of late ones; null if none was counted.</param>
/// <param name="Verdict">What is shown.</param>
/// <param name="IsOverloaded">Whether more came in than could be answered.</param>
/// <param name="IsConfirmation">Whether it decided alone.</param>
public sealed record RateTrial(
    double Rate, int Round, long Requests, double? LateShare, LateVerdict Verdict, bool IsOverloaded, bool IsConfirmation);

/// <summary>Why a search for the highest rate has ended.</summary>
[JsonConverter(typeof(EnumNames<RateSearchEnd>))]
public enum RateSearchEnd
{
    /// <summary>The band is narrow enough, and its lower end confirmed.</summary>
    Narrow,

    /// <summary>No launch that would help fits into what is left of the time.</summary>
    BudgetEnded,

    /// <summary>There were as many launches as there may be.</summary>
    LaunchesEnded,

    /// <summary>The limit is missed at every rate that was tried, down to a fiftieth of saturation.</summary>
    NothingMet,

    /// <summary>The limit is met up to a rate so near to saturation that the rest is no wider than the band may be.</summary>
    NothingMissed,

    /// <summary>A launch failed; the others showed what they showed.</summary>
    LaunchFailed,
}
