using System.Text.Json.Serialization;
using Bench.Analysis.Runs;

namespace Bench.Analysis.Rows;

/// <summary>The measurements of one model.</summary>
public sealed record ModelReport
{
    /// <summary>The model's name.</summary>
    public required string Id { get; init; }

    /// <summary>One line on it.</summary>
    public required string Title { get; init; }

    /// <summary>What its task metric is called; null without labels.</summary>
    public required string? MetricName { get; init; }

    /// <summary>What goes in; null in runs that did not record it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<InputFacts>? Inputs { get; init; }

    /// <summary>What comes out; null in runs that did not record it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<OutputFacts>? Outputs { get; init; }

    /// <summary>How whole volumes are processed; null where an input is no window of one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public VolumeFacts? Volume { get; init; }

    /// <summary>What else a reader must know of the network.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What its graded score is called.</summary>
    public required string GradedName { get; init; }

    /// <summary>How many images the first run evaluated; null if the model could not be prepared.</summary>
    public int? EvaluatedImages { get; init; }

    /// <summary>How many images the evaluation set has; null if the model could not be prepared.</summary>
    public int? DataImages { get; init; }

    /// <summary>How far outputs may differ and still count as the same, in the unit of the graded score.</summary>
    public required double Margin { get; init; }

    /// <summary>The share of images that may differ by more and the outputs still count as the same.</summary>
    public required double ToleratedShare { get; init; }

    /// <summary>The measurements.</summary>
    public required IReadOnlyList<MeasurementRow> Rows { get; init; }

    /// <summary>What makes the runs hard to compare.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
