using System.Text.Json.Serialization;

namespace Bench.Models.Cards;

/// <summary>What a model is, what goes in, what comes out, and how well it must do. One JSON file under <c>models/</c>, or a user's own.
/// What the network's file can tell need not stand here.</summary>
/// <remarks>The schema is <c>models/model-card.schema.json</c>. Paths are relative to the card.</remarks>
public sealed record ModelCard
{
    /// <summary>The name in cell ids: letters, digits, dots, hyphens and underscores; null for the name of the card's file.</summary>
    public string? Id { get; init; }

    /// <summary>One line for the report; null for the names of the network's files.</summary>
    public string? Title { get; init; }

    /// <summary>What the network does.</summary>
    public ModelTask Task { get; init; }

    /// <summary>Where the network comes from.</summary>
    public required NetworkSource Network { get; init; }

    /// <summary>What goes in, for a network with one input; null if the file tells, or if <see cref="Inputs"/> does.</summary>
    public InputSpec? Input { get; init; }

    /// <summary>What goes in, for a network with several inputs; those that need no word need not stand here.</summary>
    public IReadOnlyList<InputSpec> Inputs { get; init; } = [];

    /// <summary>What comes out and is judged; null if the file tells, and it is the first output.</summary>
    public OutputSpec? Output { get; init; }

    /// <summary>The images it is evaluated on; null to draw inputs.</summary>
    public EvaluationSource? Data { get; init; }

    /// <summary>From which images the ranges of an int8 file are read, where Bench makes one; null for what suits the data.</summary>
    public CalibrationSpec? Calibration { get; init; }

    /// <summary>How whole volumes are processed, where an input is a window of one; null where it is not.</summary>
    public VolumeSpec? Volume { get; init; }

    /// <summary>How well it does: see <see cref="ModelTasks.MetricsOf"/>; null for that.</summary>
    public string? Metric { get; init; }

    /// <summary>How far an image's score may be off and the outputs still count as equivalent, in the unit of the score; null for 0.01, or
    /// for a hundredth of the span of the labels where they are values.</summary>
    public double? EquivalenceMargin { get; init; }

    /// <summary>The share of evaluation images that may differ by more than the margin and the outputs still count as equivalent;
    /// null for 0.05.</summary>
    public double? ToleratedShare { get; init; }

    /// <summary>How much two outputs of one process for one image may differ, as a share of the largest magnitude in them; null for 0.001.
    /// Engines need not give the same bits twice; the largest difference is recorded.</summary>
    public double? RepeatTolerance { get; init; }

    /// <summary>The licence of the weights, as an SPDX identifier or a sentence; null if nobody says.</summary>
    public string? Licence { get; init; }

    /// <summary>Whatever else a reader should know, for example how it was trained.</summary>
    public string? Notes { get; init; }

    /// <summary>The schema that an editor applies; not read.</summary>
    [JsonPropertyName("$schema")]
    public string? Schema { get; init; }

    /// <summary>What the card says of inputs, wherever it says it.</summary>
    [JsonIgnore]
    public IReadOnlyList<InputSpec> AllInputs => Input is { } input ? [input] : Inputs;

    /// <summary>What the card says of an input.</summary>
    /// <param name="name">The input's name.</param>
    /// <param name="isOnly">Whether the network has no other input: then the card need not name it.</param>
    /// <returns>It; nothing but the name if the card does not speak of it.</returns>
    public InputSpec InputOf(string name, bool isOnly) =>
        AllInputs.FirstOrDefault(input => input.Name == name || (input.Name is null && isOnly)) ?? new InputSpec { Name = name };
}
