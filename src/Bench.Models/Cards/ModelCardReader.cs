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

    private static readonly string[] Architectures = ["inceptionv3", "unet"];

    /// <summary>Reads a card.</summary>
    /// <param name="path">The JSON file.</param>
    /// <returns>The card.</returns>
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
            throw new ModelCardException(path, [$"{e.Message} See models/model-card.schema.json."], e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelCardException(path, [e.Message], e);
        }

        if (card is null)
        {
            throw new ModelCardException(path, ["found null; expected a model card."]);
        }

        var faults = Faults(card).ToList();
        return faults.Count == 0 ? card : throw new ModelCardException(path, faults);
    }

    private static IEnumerable<string> Faults(ModelCard card)
    {
        if (card.Id.Length == 0 || !card.Id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
        {
            yield return $"found id '{card.Id}'; expected lower-case letters, digits and hyphens.";
        }

        var metric = card.Task == ModelTask.Classification ? "accuracy" : "dice";
        if (card.Metric != metric)
        {
            yield return $"found metric '{card.Metric}'; expected '{metric}' for {card.Task.ToString().ToLowerInvariant()}.";
        }

        if (card.ToleratedShare is not null and not (>= 0 and < 1))
        {
            yield return $"found toleratedShare {card.ToleratedShare}; expected a number of at least 0 and below 1.";
        }

        if (card.EquivalenceMargin is not null and not (> 0 and < 1))
        {
            yield return $"found equivalenceMargin {card.EquivalenceMargin}; expected a number above 0 and below 1.";
        }

        if (card.RepeatTolerance is not null and not (>= 0 and < 1))
        {
            yield return $"found repeatTolerance {card.RepeatTolerance}; expected a number of at least 0 and below 1.";
        }

        if (card.Input.Scale == 0 || !float.IsFinite(card.Input.Scale) || !float.IsFinite(card.Input.Mean))
        {
            yield return $"found input mean {card.Input.Mean} and scale {card.Input.Scale}; expected finite numbers, the scale not 0.";
        }

        foreach (var (name, shape) in new[] { ("input", card.Input.Shape), ("output", card.Output.Shape) })
        {
            if (shape.Count < 2 || shape[0] != 1 || shape.Any(axis => axis <= 0) || shape.Aggregate(1.0, (p, axis) => p * axis) > 1 << 28)
            {
                yield return $"found {name} shape [{string.Join(", ", shape)}]; "
                    + "expected 1 (the batch) and then at least one axis, each 1 or more.";
            }
        }

        if (card.Task == ModelTask.Segmentation && card.Output.Shape is not ([1, 1, _, _] or [1, _, _]))
        {
            yield return $"found output shape [{string.Join(", ", card.Output.Shape)}]; expected [1, 1, height, width] for segmentation.";
        }

        if (!FitsArchitecture(card))
        {
            yield return $"found input [{string.Join(", ", card.Input.Shape)}] and output [{string.Join(", ", card.Output.Shape)}] for "
                + $"{card.Network.Architecture}; "
                + "expected inceptionv3 with [1, 3, 299, 299] and [1, classes], or unet with [1, 1, size, size] and the same, "
                + "size a multiple of 16.";
        }

        foreach (var fault in NetworkFaults(card.Network).Concat(DataFaults(card)))
        {
            yield return fault;
        }
    }

    private static bool FitsArchitecture(ModelCard card) => card.Network.Architecture switch
    {
        "inceptionv3" => card.Input.Shape.SequenceEqual([1, 3, 299, 299]) && card.Output.Shape.Count == 2,
        "unet" => card.Input.Shape is [1, 1, var height, var width] && height == width
            && height % 16 == 0 && card.Output.Shape.SequenceEqual(card.Input.Shape),
        _ => true,
    };

    private static IEnumerable<string> NetworkFaults(NetworkSource network)
    {
        if (network.Architecture is null == network.Onnx is null)
        {
            yield return "expected network to give either architecture and weights, or onnx.";
        }

        if (network.Architecture is { } architecture && (network.Weights is null || !Architectures.Contains(architecture)))
        {
            yield return $"found architecture '{architecture}' with weights '{network.Weights}'; "
                + $"expected one of {string.Join(", ", Architectures)} and a file.";
        }

        if (network.TensorFlow is not null && network.Onnx is null)
        {
            yield return "found network.tensorflow without network.onnx; "
                + "the reference cell needs ONNX, and networks that Bench builds come in both.";
        }

        var onnx = (network.Onnx ?? new Dictionary<string, string>())
            .Select(file => (Format: "onnx", Precision: file.Key, File: file.Value));
        var tensorFlow = (network.TensorFlow ?? new Dictionary<string, string>())
            .Select(file => (Format: "tensorflow", Precision: file.Key, File: file.Value));
        foreach (var (format, precision, _) in onnx.Concat(tensorFlow).Where(file => !Precisions.Files.Contains(file.Precision)))
        {
            yield return $"found {format} precision '{precision}'; expected {string.Join(" or ", Precisions.Files)}.";
        }

        foreach (var (name, value) in onnx.Concat(tensorFlow)
            .Select(file => KeyValuePair.Create(file.Precision, file.File)).Concat(network.Sha256))
        {
            if (value is null)
            {
                yield return $"found null for '{name}' under network; expected a text.";
            }
        }

        var hashed = Enum.GetValues<ModelFormat>()
            .SelectMany(format => Precisions.Files.Select(file => format.Key(file))).Prepend("weights").ToList();
        foreach (var name in network.Sha256.Keys.Except(hashed))
        {
            yield return $"found '{name}' under network.sha256; expected some of {string.Join(", ", hashed)}.";
        }

        foreach (var fault in OriginFaults(network))
        {
            yield return fault;
        }

        if (network.Onnx is { Count: 0 } || network.TensorFlow is { Count: 0 })
        {
            yield return "found no file under network.onnx or network.tensorflow; expected at least one precision.";
        }
    }

    private static IEnumerable<string> OriginFaults(NetworkSource network)
    {
        if (network.Source is { } source && source != NetworkSource.OwnSource && network.File(source) is null)
        {
            yield return $"found network.source '{source}'; "
                + $"expected '{NetworkSource.OwnSource}', or one of the files under network.onnx and network.tensorflow.";
        }

        foreach (var (key, recipe) in network.Recipes)
        {
            if (network.File(key) is null || network.SourceKey is null || network.SourceKey == key)
            {
                yield return $"found '{key}' under network.recipes; expected files that were made from another one of the card.";
            }

            if (string.IsNullOrWhiteSpace(recipe) || recipe.Any(char.IsControl))
            {
                yield return $"found '{recipe}' for '{key}' under network.recipes; expected one line: how the file was made.";
            }
        }
    }

    private static IEnumerable<string> DataFaults(ModelCard card)
    {
        var data = card.Data;
        if (data.Generator is null == data.Inputs is null)
        {
            yield return "expected data to give either generator, seed and count, or inputs and labels.";
        }

        if (data.Generator is { } generator && (!Generators.TryGetValue(generator, out var task) || task != card.Task || data.Count <= 0))
        {
            yield return $"found generator '{generator}' of {data.Count} images for {card.Task.ToString().ToLowerInvariant()}; "
                + $"expected one of {string.Join(", ", Generators.Where(g => g.Value == card.Task).Select(g => g.Key))} and a count of 1 "
                + "or more.";
        }

        if (data.Inputs is not null && data.Labels is null)
        {
            yield return "found data.inputs without data.labels; expected both.";
        }

        if (data.Layout is not ("nchw" or "nhwc") || (data.Layout == "nhwc" && card.Input.Shape.Count != 4))
        {
            yield return $"found data layout '{data.Layout}'; expected 'nchw', or 'nhwc' for an input of four axes.";
        }
    }
}
