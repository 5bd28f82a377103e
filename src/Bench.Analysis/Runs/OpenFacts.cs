using System.Text.Json.Serialization;
using Bench.Analysis.Statistics.Queueing;

namespace Bench.Analysis.Runs;

/// <summary>What a launch under an open load saw beside its latencies.</summary>
public sealed record OpenFacts
{
    /// <summary>The seed of the arrivals.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The rate that was drawn, in requests per second: the one that was offered.</summary>
    public required double OfferedRate { get; init; }

    /// <summary>How many requests were sent, those that are not counted included.</summary>
    public required int Sent { get; init; }

    /// <summary>How many of the first were not counted: the engine and its queue had to settle.</summary>
    public required int Uncounted { get; init; }

    /// <summary>Requests that were due and never answered; 0 unless it was overloaded.</summary>
    public required int Unanswered { get; init; }

    /// <summary>Why more came in than could be answered; null if all were answered in time.</summary>
    public string? Overload { get; init; }

    /// <summary>From the first counted request to the last, in seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>Counted requests that were answered within the limit; without a limit all that were answered.</summary>
    public required int InTime { get; init; }

    /// <summary>By how much requests that found a stream free were sent late in ms, the 99th percentile; null if there was none.</summary>
    public double? LagP99Ms { get; init; }

    /// <summary>The most requests that waited at a time.</summary>
    public required int LongestQueue { get; init; }

    /// <summary>At how many unanswered requests a cycle begins.</summary>
    public required int Level { get; init; }

    /// <summary>Whether the last cycle was cut off.</summary>
    public required bool IsCut { get; init; }

    /// <summary>The sums of its cycles; all zero without a limit.</summary>
    public required CycleSums Cycles { get; init; }

    /// <summary>Whether it was overloaded.</summary>
    [JsonIgnore]
    public bool IsOverloaded => Overload is not null;
}
