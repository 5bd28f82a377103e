using Bench.Analysis.Measurements;

namespace Bench.Analysis.Runs;

/// <summary>How a measurement under an open load is made, decided once its closed load is known:
/// <c>launches/&lt;cell&gt;~&lt;rate&gt;_open.json</c>.</summary>
public sealed record OpenPlan
{
    /// <summary>The version of the format.</summary>
    public int SchemaVersion { get; init; } = RunManifest.CurrentSchemaVersion;

    /// <summary>The cell.</summary>
    public required CellId Cell { get; init; }

    /// <summary>The load.</summary>
    public required Load Load { get; init; }

    /// <summary>What the closed load of the cell gave, in requests per second: more than that is never answered for long.</summary>
    public required double SaturationRate { get; init; }

    /// <summary>The mean time of a request alone in ms, as far as the closed load tells: saturation × this = streams.</summary>
    public required double ServiceMs { get; init; }

    /// <summary>How many requests are counted in all launches together; 0 if none is made.</summary>
    public required long Requests { get; init; }

    /// <summary>How many of them each launch counts.</summary>
    public required long RequestsOfLaunch { get; init; }

    /// <summary>How many launches there are.</summary>
    public required int Launches { get; init; }

    /// <summary>How long they take in seconds, as far as is known beforehand.</summary>
    public required double Seconds { get; init; }

    /// <summary>Why no launch is made; null if launches are.</summary>
    public string? WhyNot { get; init; }

    /// <summary>Whether nothing is known because nothing was measured; otherwise <see cref="WhyNot"/> is an answer.</summary>
    public bool IsUndecided { get; init; }

    /// <summary>The offered rate as a share of saturation.</summary>
    internal double Utilisation => (Load.RequestsPerSecond ?? 0) / SaturationRate;
}
