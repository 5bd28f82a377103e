using Bench.Benchmarks.Launches;
using Bench.Models;
using Bench.Models.Cards;
using Bench.Models.Files;
using Bench.Models.Halves;
using Bench.Models.Quantization;
using Bench.Models.Signatures;

namespace Bench.Benchmarks.Preparing;

/// <summary>A model with its files made and checked, or why that was not possible.</summary>
internal sealed record PreparedModel
{
    private const double DefaultRepeatTolerance = 1e-3;

    /// <summary>The name in cell ids; that of the file if the card cannot be read.</summary>
    public required string Name { get; init; }

    /// <summary>Where it comes from.</summary>
    public required ModelSource Source { get; init; }

    /// <summary>The card; null if it cannot be read.</summary>
    public ModelCard? Card { get; init; }

    /// <summary>The precisions that it is measured at, those that it does not come in included.</summary>
    public IReadOnlyList<Precision> Precisions { get; init; } = [];

    /// <summary>The network's files; a precision or format that the model does not come in is missing.</summary>
    public IReadOnlyList<PlannedFile> Files { get; init; } = [];

    /// <summary>Files that should be there and are not, or are damaged, with the reason.</summary>
    public IReadOnlyList<FileProblem> Problems { get; init; } = [];

    /// <summary>The evaluation examples; null if something failed.</summary>
    public EvaluationData? Data { get; init; }

    /// <summary>The output that is compared and scored; null if there is none of known length.</summary>
    public TensorSpec? Judged { get; init; }

    /// <summary>What became of the network where Bench made its fp16 file; null where it did not.</summary>
    public HalfReport? Halves { get; init; }

    /// <summary>What became of the network where Bench made its int8 files; null where it did not.</summary>
    public Int8Note? Int8 { get; init; }

    /// <summary>What failed; null if nothing did.</summary>
    public string? Failure { get; init; }

    /// <summary>What a benchmark process needs to know of the model. Only for one that could be prepared.</summary>
    /// <param name="evaluatedImages">How many images, from the first, are evaluated.</param>
    public PlannedModel Plan(int evaluatedImages) => new()
    {
        Files = Files,
        Inputs = Data!.Inputs,
        Judged = Judged?.Name,
        Task = Card!.Task,
        Values = Card.Output?.Values,
        LabelsPath = Data.LabelsPath,
        EvaluatedImages = evaluatedImages,
        RepeatTolerance = Card.RepeatTolerance ?? DefaultRepeatTolerance,
    };
}

/// <summary>What became of a network that Bench quantised.</summary>
/// <param name="Report">What computes in integers.</param>
/// <param name="Method">What ranges are made of.</param>
/// <param name="Images">The images that they were read from.</param>
internal sealed record Int8Note(QuantizationReport Report, CalibrationMethod Method, CalibrationImages Images);

/// <summary>A file of a network that could not be made or is damaged.</summary>
/// <param name="Format">Its format.</param>
/// <param name="Precision">Its precision.</param>
/// <param name="Reason">What is wrong with it.</param>
internal sealed record FileProblem(ModelFormat Format, Precision Precision, string Reason);
