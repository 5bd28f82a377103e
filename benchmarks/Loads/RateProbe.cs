using Bench.Analysis.Statistics.Queueing;

namespace Bench.Benchmarks.Loads;

/// <summary>What a launch at one rate found.</summary>
internal sealed record RateProbe
{
    /// <summary>Requests per second that were offered.</summary>
    public required double Rate { get; init; }

    /// <summary>Whether the limit is shown to be met or missed at this rate, by this launch alone.</summary>
    public required LateVerdict Verdict { get; init; }

    /// <summary>The share of late requests, in [0, 1]; NaN if none was counted.</summary>
    public required double LateShare { get; init; }

    /// <summary>How many requests were counted.</summary>
    public required long Requests { get; init; }

    /// <summary>How many were asked for: those that come are as many on average.</summary>
    public required long Planned { get; init; }

    /// <summary>How long the launch took, in seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>Whether more came in than could be answered. Below saturation it takes a second launch to show a miss.</summary>
    public bool IsOverloaded { get; init; }

    /// <summary>Whether it was asked for as a confirmation.</summary>
    public bool IsConfirmation { get; init; }

    /// <summary>Whether it shows that the limit is met.</summary>
    public bool IsMet => !IsOverloaded && Verdict == LateVerdict.Met;

    /// <summary>Whether what was counted shows that the limit is missed.</summary>
    public bool IsMissed => !IsOverloaded && Verdict == LateVerdict.Missed;
}
