using System.Text.Json.Serialization;
using Bench.Analysis.Measurements;
using Bench.Inference;
using Bench.Inference.Knobs;
using Bench.Models;
using Bench.Models.Cards;
using Bench.Models.Files;

namespace Bench.Benchmarks.Launches;

/// <summary>One model of a plan: its files, what goes in and comes out, and how outputs are scored.</summary>
internal sealed record PlannedModel
{
    /// <summary>The network's files.</summary>
    public required IReadOnlyList<ModelFile> Files { get; init; }

    public required InputSpec Input { get; init; }

    public required OutputSpec Output { get; init; }

    public required ModelTask Task { get; init; }

    /// <summary>The <c>.npy</c> file with the stored images.</summary>
    public required string InputsPath { get; init; }

    /// <summary>The <c>.npy</c> file with the truth.</summary>
    public required string LabelsPath { get; init; }

    /// <summary>Whether the stored images have their channels last.</summary>
    public required bool IsNhwc { get; init; }

    /// <summary>How many images, from the first, are evaluated.</summary>
    public required int EvaluatedImages { get; init; }

    /// <summary>How much two outputs of one image may differ, as a share of the largest magnitude in them.</summary>
    public required double RepeatTolerance { get; init; }

    [JsonIgnore]
    public int InputLength => Input.Length;

    [JsonIgnore]
    public int OutputLength => Output.Length;

    /// <summary>What a backend loads for a cell.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="format">The kind of file that the backend loads.</param>
    /// <param name="cache">A folder for what an engine builds once and keeps.</param>
    /// <param name="build">Which of several builds of the engine's own file is used.</param>
    public SessionRequest Request(CellId cell, ModelFormat format, string cache, int build)
    {
        var precision = Precisions.TryParse(cell.Precision, out var found) ? found : throw new FormatException(cell.Precision);
        var file = Files.First(candidate => candidate.Numbers == precision.File && candidate.Format == format);
        return new SessionRequest
        {
            ModelPath = file.Path,
            ModelSha256 = file.Sha256,
            Precision = precision,
            Knobs = KnobSettings.Of(cell.Variant),
            InputName = Input.Name,
            InputShape = Input.Shape,
            OutputName = Output.Name,
            OutputShape = Output.Shape,
            Cache = cache,
            Build = build,
        };
    }
}
