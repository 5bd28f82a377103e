using System.Text.Json.Serialization;
using Bench.Inference;
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

    public SessionRequest Request(Precision precision, ModelFormat format, int threads, string cache)
    {
        var file = Files.First(candidate => candidate.Precision == precision && candidate.Format == format);
        return new SessionRequest(
            file.Path, file.Sha256, precision, Input.Name, Input.Shape, Output.Name, Output.Shape, threads, cache);
    }
}
