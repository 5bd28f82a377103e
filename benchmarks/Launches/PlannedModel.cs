using Bench.Analysis.Measurements;
using Bench.Benchmarks.Preparing;
using Bench.Inference;
using Bench.Inference.Knobs;
using Bench.Models;
using Bench.Models.Cards;
using Bench.Models.Inputs;

namespace Bench.Benchmarks.Launches;

/// <summary>One model of a plan: its files, what goes in and comes out, and how outputs are scored.</summary>
internal sealed record PlannedModel
{
    /// <summary>The network's files.</summary>
    public required IReadOnlyList<PlannedFile> Files { get; init; }

    /// <summary>Where the numbers of each input come from, in the order of the network's inputs.</summary>
    public required IReadOnlyList<InputSource> Inputs { get; init; }

    /// <summary>The name of the output that is kept and scored; null if none is.</summary>
    public string? Judged { get; init; }

    public required ModelTask Task { get; init; }

    /// <summary>What the numbers of that output are; null if nobody said.</summary>
    public OutputValues? Values { get; init; }

    /// <summary>The <c>.npy</c> file with the truth; null if nobody gives it.</summary>
    public string? LabelsPath { get; init; }

    /// <summary>How many images, from the first, are evaluated.</summary>
    public required int EvaluatedImages { get; init; }

    /// <summary>How much two outputs of one image may differ, as a share of the largest magnitude in them.</summary>
    public required double RepeatTolerance { get; init; }

    /// <summary>The file that a backend loads for a cell.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="backend">The backend: its own format, if the model comes in it.</param>
    public PlannedFile FileOf(CellId cell, IBackend backend)
    {
        var precision = PrecisionOf(cell);
        return new[] { backend.OwnFormat, backend.Format }
            .Select(format => Files.FirstOrDefault(file =>
                file.File.Numbers == precision.File && file.File.Format == format && file.Serves(backend)))
            .First(file => file is not null)!;
    }

    /// <summary>What goes into a request of a cell and comes out.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="backend">The backend.</param>
    public RequestLayout Layout(CellId cell, IBackend backend)
    {
        var file = FileOf(cell, backend);
        return new RequestLayout(
            cell.Batch, file.Signature, cell.Batch == 1 ? file.Signature : file.Batches[cell.Batch].Signature);
    }

    /// <summary>What a backend loads for a cell.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="backend">The backend.</param>
    /// <param name="cache">A folder for what an engine builds once and keeps.</param>
    /// <param name="build">Which of several builds of the engine's own file is used.</param>
    public SessionRequest Request(CellId cell, IBackend backend, string cache, int build)
    {
        var planned = FileOf(cell, backend);
        var file = cell.Batch == 1 ? planned.File : planned.Batches[cell.Batch].File;
        var signature = Layout(cell, backend).Request;
        return new SessionRequest
        {
            ModelPath = file.Path,
            ModelSha256 = file.Sha256,
            Precision = PrecisionOf(cell),
            Knobs = KnobSettings.Of(cell.Variant),
            Inputs = signature.Inputs,
            Outputs = signature.Outputs,
            FreeDimensions = signature.FreeDimensions,
            Cache = cache,
            Build = build,
        };
    }

    private static Precision PrecisionOf(CellId cell) =>
        Precisions.TryParse(cell.Precision, out var found) ? found : throw new FormatException(cell.Precision);
}
