using System.Text.Json.Serialization;
using Bench.Analysis.Json;

namespace Bench.Analysis.Comparison;

/// <summary>What is shown of the bytes that an operation allocates.</summary>
[JsonConverter(typeof(EnumNames<AllocationVerdict>))]
public enum AllocationVerdict
{
    /// <summary>The current side allocates less.</summary>
    Fewer,

    /// <summary>Both allocate the same, to the byte.</summary>
    Same,

    /// <summary>The current side does not allocate more than the threshold allows.</summary>
    Allowed,

    /// <summary>Both are rounded, so that neither more than allowed nor the contrary is shown.</summary>
    Inconclusive,

    /// <summary>The current side allocates more than the threshold allows.</summary>
    More,

    /// <summary>A side does not tell, or the sides cannot be compared.</summary>
    NotCompared,
}
