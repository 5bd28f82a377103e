using System.Text.Json.Serialization;
using Bench.Analysis.Json;

namespace Bench.Analysis.Comparison;

/// <summary>What one number stands for a launch.</summary>
[JsonConverter(typeof(EnumNames<TimeStatistic>))]
public enum TimeStatistic
{
    /// <summary>The median of its iterations: what is typical, whatever disturbs a few of them.</summary>
    Median,

    /// <summary>Their mean: what a million of them cost.</summary>
    Mean,
}

/// <summary>What an interval of a ratio rests on, from the strongest to the weakest.</summary>
[JsonConverter(typeof(EnumNames<Evidence>))]
public enum Evidence
{
    /// <summary>Four or more launches a side: Hodges–Lehmann, free of assumptions on their distribution.</summary>
    Launches,

    /// <summary>Two or three launches on a side: Welch's t on logarithms.</summary>
    FewLaunches,

    /// <summary>Iterations of a single process on a side: how processes differ is not known.</summary>
    Iterations,

    /// <summary>Means and half-widths as printed.</summary>
    Summary,

    /// <summary>A single number on a side: no interval.</summary>
    None,
}
