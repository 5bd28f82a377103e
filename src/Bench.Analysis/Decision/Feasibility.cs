using System.Text.Json.Serialization;
using Bench.Analysis.Json;

namespace Bench.Analysis.Decision;

/// <summary>Whether a latency meets a limit.</summary>
[JsonConverter(typeof(EnumNames<Feasibility>))]
public enum Feasibility
{
    /// <summary>It is shown to.</summary>
    Feasible,

    /// <summary>It is shown not to.</summary>
    Infeasible,

    /// <summary>Neither is shown: the limit lies within what is uncertain.</summary>
    Undecided,
}
