using System.Text.Json;

namespace Bench.Models.Cards;

/// <summary>Reads and checks model cards.</summary>
public static class ModelCardReader
{
    /// <summary>The generators and the task that each is for.</summary>
    internal static readonly IReadOnlyDictionary<string, ModelTask> Generators = new Dictionary<string, ModelTask>
    {
        ["lesion-images"] = ModelTask.Classification,
        ["lesion-slices"] = ModelTask.Segmentation,
    };

    /// <summary>The networks that Bench builds.</summary>
    internal static readonly string[] Architectures = ["inceptionv3", "unet"];

    /// <summary>Reads a card.</summary>
    /// <param name="path">The JSON file.</param>
    /// <returns>The card; its id is that of the file's name if it gives none.</returns>
    /// <exception cref="ModelCardException">The card cannot be read, or says something impossible;
    /// all faults are reported together.</exception>
    public static ModelCard Read(string path)
    {
        ModelCard? card;
        try
        {
            card = JsonSerializer.Deserialize<ModelCard>(File.ReadAllBytes(path), ModelCardJson.Options);
        }
        catch (JsonException e)
        {
            throw new ModelCardException(path, [$"{CardJsonFaults.Of(e)} See models/model-card.schema.json."], e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelCardException(path, [e.Message], e);
        }

        if (card is null)
        {
            throw new ModelCardException(path, ["found null; expected a model card."]);
        }

        card = card.Id is null ? card with { Id = ModelId.Of(Path.GetFileNameWithoutExtension(path)) } : card;
        List<string> faults = [.. CardFaults.Of(card), .. NetworkFaults.Of(card.Network), .. DataFaults.Of(card),
            .. CalibrationFaults.Of(card)];
        return faults.Count == 0 ? card : throw new ModelCardException(path, faults);
    }
}
