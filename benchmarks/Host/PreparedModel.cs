using Bench.Benchmarks.Inference;
using Bench.Models;
using Bench.Models.Cards;
using Bench.Models.Files;

namespace Bench.Benchmarks.Host;

/// <summary>A model with its files made and checked, or why that was not possible.</summary>
/// <param name="Name">The name in cell ids; that of the card's file if the card cannot be read.</param>
/// <param name="Card">The card; null if it cannot be read.</param>
/// <param name="Files">The ONNX file by precision; a precision that the model does not come in is missing.</param>
/// <param name="Data">The evaluation images; null if something failed.</param>
/// <param name="Failure">What failed; null if nothing did.</param>
internal sealed record PreparedModel(
    string Name, ModelCard? Card, IReadOnlyDictionary<Precision, HashedFile> Files, EvaluationFiles? Data, string? Failure)
{
    /// <summary>What a benchmark process needs to know of the model. Only for one that could be prepared.</summary>
    /// <param name="evaluatedImages">How many images, from the first, are evaluated.</param>
    public PlannedModel Plan(int evaluatedImages) => new(
        Files.ToDictionary(file => file.Key.Id(), file => file.Value.Path),
        Card!.Input.Name,
        Card.Input.Shape,
        Card.Output.Name,
        Card.Output.Shape,
        Data!.InputsPath,
        Data.IsNhwc,
        Card.Input.Mean,
        Card.Input.Scale,
        evaluatedImages);

    /// <summary>Makes and checks a model's files.</summary>
    /// <param name="cardPath">The model's card.</param>
    /// <param name="precisions">The precisions that are wanted.</param>
    /// <param name="cache">The folder for files that Bench makes.</param>
    public static PreparedModel Prepare(string cardPath, IEnumerable<Precision> precisions, string cache)
    {
        ModelCard? card = null;
        try
        {
            card = ModelCardReader.Read(cardPath);
            var files = new Dictionary<Precision, HashedFile>();
            foreach (var precision in precisions)
            {
                if (ModelFiles.Find(card, cardPath, precision, cache) is { } file)
                {
                    files.Add(precision, file);
                }
            }

            return new PreparedModel(card.Id, card, files, EvaluationFiles.Find(card, cardPath, cache), null);
        }
        catch (Exception e) when (e is ModelCardException or IOException or UnauthorizedAccessException)
        {
            var name = card?.Id ?? Path.GetFileNameWithoutExtension(cardPath);
            return new PreparedModel(name, card, new Dictionary<Precision, HashedFile>(), null, e.Message);
        }
    }
}
