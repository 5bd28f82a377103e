using System.Text.Json.Serialization;
using Bench.Analysis.Json;

namespace Bench.Analysis.Statistics.Queueing;

/// <summary>Whether a limit holds for the share of requests that it is meant for.</summary>
[JsonConverter(typeof(EnumNames<LateVerdict>))]
public enum LateVerdict
{
    /// <summary>Neither is shown.</summary>
    Undecided,

    /// <summary>At most the allowed share of requests is late.</summary>
    Met,

    /// <summary>More than the allowed share is late.</summary>
    Missed,
}
