using System.Text.Json.Nodes;

namespace Bench.Pictures;

/// <summary>A picture: its name, and what Vega-Lite needs to draw it.</summary>
/// <param name="Model">The model that it is about.</param>
/// <param name="Kind"><c>decision</c>, <c>pareto</c>, <c>cost</c>, <c>time</c> or <c>latency</c>.</param>
/// <param name="Alternative">What it shows, for who cannot see it.</param>
/// <param name="Specification">The Vega-Lite specification, its data in it.</param>
public sealed record Picture(string Model, string Kind, string Alternative, JsonObject Specification)
{
    /// <summary>The name of its file, without folder, whatever the model is called: <c>inceptionv3-decision.svg</c>.</summary>
    public string FileName => $"{string.Concat(Model.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' ? letter : '_'))}-{Kind}.svg";
}
