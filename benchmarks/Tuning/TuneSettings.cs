namespace Bench.Benchmarks.Tuning;

/// <summary>How a search spends its launches.</summary>
internal sealed record TuneSettings
{
    /// <summary>How many configurations are raced.</summary>
    public int Finalists { get; init; } = 8;

    /// <summary>How many rounds the race has, where time does not end it sooner.</summary>
    public int RaceRounds { get; init; } = 14;

    /// <summary>How many fresh launches winner, runner-up and default have in the end.</summary>
    public int Confirmations { get; init; } = 10;

    /// <summary>The fewest of them that a claim is made on.</summary>
    public const int FewestConfirmations = 8;

    /// <summary>The longest latency that is accepted, in ms; null for none.</summary>
    public double? LimitMs { get; init; }

    /// <summary>What is said of a configuration that is beyond the limit.</summary>
    public string BeyondLimit { get; init; } = "it takes longer than the limit";

    /// <summary>The settings with which nothing is dropped: every configuration has so many launches, however long that takes.</summary>
    /// <param name="launches">How many.</param>
    public TuneSettings Exhaustive(int launches) =>
        this with { Finalists = int.MaxValue, RaceRounds = launches, SearchSeconds = double.PositiveInfinity, IsExhaustive = true };

    /// <summary>Whether only what fails is dropped.</summary>
    public bool IsExhaustive { get; private init; }

    /// <summary>Decides the order of launches.</summary>
    public ulong Seed { get; init; }

    /// <summary>How long launches of the search are started, in seconds of launches; what is confirmed is not in it.</summary>
    public double SearchSeconds { get; init; } = double.PositiveInfinity;
}
