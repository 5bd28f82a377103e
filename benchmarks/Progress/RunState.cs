namespace Bench.Benchmarks.Progress;

/// <summary>How far a run is.</summary>
internal sealed record RunState
{
    /// <summary>Launches that the run has, over all cells, as far as is known.</summary>
    public required int LaunchCount { get; init; }

    /// <summary>Launches that have ended or were skipped.</summary>
    public int LaunchesDone { get; init; }

    public required int RoundCount { get; init; }

    /// <summary>The round of the launch that runs, from 1.</summary>
    public int Round { get; init; }

    /// <summary>The cell that is measured; empty before the first.</summary>
    public string Cell { get; init; } = string.Empty;

    /// <summary>Timed inferences of the launch that runs.</summary>
    public int Inferences { get; init; }

    /// <summary>The mean of the launch that runs, so far, in ms; null before its first timed inference.</summary>
    public double? MeanMs { get; init; }

    /// <summary>How long the run will still take; null before the first launch has ended.</summary>
    public TimeSpan? Left { get; init; }

    /// <summary>What engines said on standard error: how many lines, and of how many kinds.</summary>
    public (int Lines, int Kinds) Complaints { get; init; }
}

/// <summary>A launch that has ended.</summary>
/// <param name="Cell">Its cell.</param>
/// <param name="Round">Its round, from 1.</param>
/// <param name="MeanMs">The mean of its timed inferences in ms; null if it has none.</param>
/// <param name="Failure">Why it failed; null if it did not.</param>
internal sealed record EndedLaunch(string Cell, int Round, double? MeanMs, string? Failure);
