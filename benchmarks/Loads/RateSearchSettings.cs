namespace Bench.Benchmarks.Loads;

/// <summary>What a search for the highest rate knows from the start.</summary>
internal sealed record RateSearchSettings
{
    /// <summary>The highest throughput, in requests per second, as a closed load with all streams has shown it; above 0.</summary>
    public required double SaturationRate { get; init; }

    /// <summary>The quantile that the limit is for, in (0, 1).</summary>
    public required double Quantile { get; init; }

    /// <summary>How many seconds all launches may take together.</summary>
    public required double BudgetSeconds { get; init; }

    /// <summary>What a launch takes beside its requests, in seconds: start, warm-up, tail.</summary>
    public double LaunchSeconds { get; init; }

    /// <summary>The width of the band that is narrow enough, as a share of its upper end.</summary>
    public double Width { get; init; } = 0.05;

    /// <summary>How many launches there are at most.</summary>
    public int MostLaunches { get; init; } = 15;
}
