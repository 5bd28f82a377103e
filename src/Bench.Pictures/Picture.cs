using System.Text.Json.Nodes;

namespace Bench.Pictures;

/// <summary>A picture: its name, and what Vega-Lite needs to draw it.</summary>
/// <param name="Model">The model that it is about.</param>
/// <param name="FileName">The name of its file, without folder: <c>inceptionv3-decision.svg</c>.</param>
/// <param name="Kind"><c>decision</c>, <c>pareto</c>, <c>cost</c>, <c>time</c>, <c>latency</c> or <c>tune</c>.</param>
/// <param name="Alternative">What it shows, for who cannot see it.</param>
/// <param name="Specification">The Vega-Lite specification, its data in it.</param>
public sealed record Picture(string Model, string FileName, string Kind, string Alternative, JsonObject Specification)
{
    /// <summary>Whether it shows which limits are met, and so depends on which latency must meet them.</summary>
    public bool ShowsLimits => Kind is "decision" or "pareto";
}
