using Bench.Benchmarks.Launches;
using Bench.Models;
using Bench.Models.Cards;
using Bench.Models.Files;

namespace Bench.Benchmarks.Host;

/// <summary>A model with its files made and checked, or why that was not possible.</summary>
/// <param name="Name">The name in cell ids; that of the card's file if the card cannot be read.</param>
/// <param name="Card">The card; null if it cannot be read.</param>
/// <param name="Files">The network's files; a precision or format that the model does not come in is missing.</param>
/// <param name="Problems">Files that should be there and are not, or are damaged, with the reason;
/// ONNX files' problems are the whole model's.</param>
/// <param name="Data">The evaluation images; null if something failed.</param>
/// <param name="Failure">What failed; null if nothing did.</param>
internal sealed record PreparedModel(
    string Name, ModelCard? Card, IReadOnlyList<ModelFile> Files, IReadOnlyList<FileProblem> Problems, EvaluationFiles? Data,
    string? Failure)
{
    private const double DefaultRepeatTolerance = 1e-3;

    /// <summary>What a benchmark process needs to know of the model. Only for one that could be prepared.</summary>
    /// <param name="evaluatedImages">How many images, from the first, are evaluated.</param>
    public PlannedModel Plan(int evaluatedImages) => new()
    {
        Files = Files,
        Input = Card!.Input,
        Output = Card.Output,
        Task = Card.Task,
        InputsPath = Data!.InputsPath,
        LabelsPath = Data.LabelsPath,
        IsNhwc = Data.IsNhwc,
        EvaluatedImages = evaluatedImages,
        RepeatTolerance = Card.RepeatTolerance ?? DefaultRepeatTolerance,
    };

    /// <summary>Makes and checks a model's files.</summary>
    /// <param name="cardPath">The model's card.</param>
    /// <param name="precisions">The precisions that are wanted.</param>
    /// <param name="formats">The formats that the engines load.</param>
    /// <param name="cache">The folder for files that Bench makes.</param>
    public static PreparedModel Prepare(
        string cardPath, IReadOnlyList<Precision> precisions, IReadOnlyList<ModelFormat> formats, string cache)
    {
        ModelCard? card = null;
        try
        {
            card = ModelCardReader.Read(cardPath);
            var files = new List<ModelFile>();
            var problems = new List<FileProblem>();
            foreach (var (format, precision) in formats.SelectMany(
                format => precisions.DistinctBy(precision => precision.File).Select(precision => (format, precision))))
            {
                try
                {
                    if (ModelFiles.Find(card, cardPath, format, precision, cache) is { } file)
                    {
                        files.Add(file);
                    }
                }
                catch (Exception e) when (format != ModelFormat.Onnx && e is ModelCardException or NotSupportedException)
                {
                    problems.Add(new FileProblem(format, precision, e.Message));
                }
            }

            return new PreparedModel(card.Id, card, files, problems, EvaluationFiles.Find(card, cardPath, cache), null);
        }
        catch (Exception e) when (e is ModelCardException or IOException or UnauthorizedAccessException)
        {
            var name = card?.Id ?? Path.GetFileNameWithoutExtension(cardPath);
            return new PreparedModel(name, card, [], [], null, e.Message);
        }
    }
}

/// <summary>A file of a network that could not be made or is damaged.</summary>
/// <param name="Format">Its format.</param>
/// <param name="Precision">Its precision.</param>
/// <param name="Reason">What is wrong with it.</param>
internal sealed record FileProblem(ModelFormat Format, Precision Precision, string Reason);
