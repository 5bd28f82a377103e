using System.Text.Json.Serialization;
using Bench.Analysis.Json;

namespace Bench.Analysis.Statistics.Paired;

/// <summary>What becomes of pairs that do not differ.</summary>
[JsonConverter(typeof(EnumNames<ZeroMethod>))]
public enum ZeroMethod
{
    /// <summary>They take part in the ranking and are then left out. Pratt 1959, https://doi.org/10.1080/01621459.1959.10501526.</summary>
    Pratt,

    /// <summary>They are left out before the ranking, as Wilcoxon did. Where most pairs are equal, this throws most of
    /// the evidence away.</summary>
    Wilcox,

    /// <summary>They take part in the ranking, and half of their ranks goes to either side.</summary>
    ZSplit,
}

/// <summary>Where a p-value comes from.</summary>
public enum PValueMethod
{
    /// <summary>Exact where it can be had in no time, else normal.</summary>
    Auto,

    /// <summary>From all signs that the differences could have had.</summary>
    Exact,

    /// <summary>From the normal approximation, with the variance corrected for ties.</summary>
    Normal,
}

/// <summary>How the signed-rank test is done.</summary>
public sealed record SignedRankOptions
{
    /// <summary>What becomes of pairs that do not differ.</summary>
    public ZeroMethod ZeroMethod { get; init; } = ZeroMethod.Pratt;

    /// <summary>Where the p-value comes from.</summary>
    public PValueMethod Method { get; init; } = PValueMethod.Auto;

    /// <summary>Whether the normal approximation moves the statistic by half a unit towards its mean.
    /// An exact p-value needs no such thing.</summary>
    public bool Continuity { get; init; }
}
