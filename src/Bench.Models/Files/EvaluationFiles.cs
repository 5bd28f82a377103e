using System.Security.Cryptography;
using Bench.Arrays.Npy;
using Bench.Models.Cards;
using Bench.Models.Data;
using Bench.Models.Metrics;

namespace Bench.Models.Files;

/// <summary>The evaluation images of a model as files, and how outputs on them are scored.</summary>
/// <param name="InputsPath">A <c>.npy</c> file with the stored images.</param>
/// <param name="IsNhwc">Whether the stored images have their channels last.</param>
/// <param name="Count">How many images there are.</param>
/// <param name="Sha256">SHA-256 of the elements of both, in lower-case hex.</param>
/// <param name="Metric">How outputs are scored.</param>
public sealed record EvaluationFiles(string InputsPath, bool IsNhwc, int Count, string Sha256, ITaskMetric Metric)
{
    /// <summary>Finds the images, or makes them in a cache folder, and checks them against the card.</summary>
    /// <param name="card">The model.</param>
    /// <param name="cardPath">The card's file; paths in the card are relative to it.</param>
    /// <param name="cache">The folder for files that Bench makes.</param>
    /// <returns>The files.</returns>
    /// <exception cref="ModelCardException">The images or labels are missing, damaged, empty, or do not fit the network.</exception>
    public static EvaluationFiles Find(ModelCard card, string cardPath, string cache)
    {
        var data = card.Data;
        var folder = Path.GetDirectoryName(Path.GetFullPath(cardPath))!;
        var (inputs, labels) = data.Generator is null
            ? (Path.Combine(folder, data.Inputs!), Path.Combine(folder, data.Labels!))
            : Make(data, cache);
        try
        {
            return Check(card, cardPath, inputs, labels);
        }
        catch (Exception e) when (e is NpyFormatException or IOException or UnauthorizedAccessException)
        {
            throw new ModelCardException(cardPath, [$"cannot use the evaluation data: {e.Message}"], e);
        }
    }

    private static (string Inputs, string Labels) Make(EvaluationSource data, string cache)
    {
        Directory.CreateDirectory(cache);
        var name = Path.Combine(cache, $"{data.Generator}-{data.Seed}-{data.Count}");
        var files = (name + ".images.npy", name + ".labels.npy");
        if (!File.Exists(files.Item1) || !File.Exists(files.Item2))
        {
            SyntheticData.Write(data.Generator!, data.Seed, data.Count, files.Item1, files.Item2);
        }

        return files;
    }

    private static EvaluationFiles Check(ModelCard card, string cardPath, string inputsPath, string labelsPath)
    {
        using var inputs = NpyRows.Open(inputsPath);
        var labels = NpyArray.Read(labelsPath);
        IReadOnlyList<int> shape = card.Data.Layout == "nhwc"
            ? [card.Input.Shape[2], card.Input.Shape[3], card.Input.Shape[1]]
            : [.. card.Input.Shape.Skip(1)];
        var faults = new List<string>();
        if (inputs.Count == 0)
        {
            faults.Add($"{inputsPath} holds no image; expected at least one.");
        }

        // Images that lie as the network takes them need no turning, whatever the card calls that.
        var lieAsTaken = inputs.Shape.Skip(1).SequenceEqual(card.Input.Shape.Skip(1));
        var isNhwc = card.Data.Layout == "nhwc" && inputs.Shape.Skip(1).SequenceEqual(shape);
        if (!lieAsTaken && !isNhwc)
        {
            var stored = card.Data.Layout == "nhwc" ? $", or with the channels last ({string.Join(", ", shape)})" : string.Empty;
            faults.Add(
                $"{inputsPath} has shape ({string.Join(", ", inputs.Shape)}); "
                + $"the network takes ({string.Join(", ", card.Input.Shape.Skip(1))}). "
                + $"Expected (images, {string.Join(", ", card.Input.Shape.Skip(1))}){stored}.");
        }

        var metric = MetricOf(card, labels, inputs.Count, labelsPath, faults);
        if (metric is null || faults.Count > 0)
        {
            throw new ModelCardException(cardPath, faults);
        }

        var sha256 = Hash(inputs, labels);
        return card.Data.Sha256 is { } expected && expected != sha256
            ? throw new ModelCardException(
                cardPath,
                [$"the images in {inputsPath} and labels in {labelsPath} have SHA-256 {sha256}; the card says {expected}. "
                    + "They are damaged or others than the card means; delete them if Bench made them."])
            : new EvaluationFiles(inputsPath, isNhwc, inputs.Count, sha256, metric);
    }

    private static ITaskMetric? MetricOf(ModelCard card, NpyArray labels, int count, string labelsPath, List<string> faults)
    {
        var values = labels.ToDoubles();
        var perImage = card.Task == ModelTask.Classification ? 1 : card.Output.Length;
        if (labels.Shape.Count == 0 || labels.Shape[0] != count || values.Length != (long)count * perImage)
        {
            faults.Add(
                $"{labelsPath} has shape ({string.Join(", ", labels.Shape)}); expected {perImage} values for each of {count} images.");
            return null;
        }

        if (card.Task == ModelTask.Segmentation)
        {
            return new SegmentationMetric(
                [.. values.Chunk(perImage).Select(mask => Array.ConvertAll(mask, v => v > 0 ? (byte)1 : (byte)0))], card.Output.Values);
        }

        var classes = card.Output.Length;
        if (values.Any(value => value != Math.Floor(value) || value < 0 || value >= classes))
        {
            faults.Add($"{labelsPath} holds {values.First(v => v != Math.Floor(v) || v < 0 || v >= classes)}; "
                + $"expected class numbers from 0 to {classes - 1}.");
            return null;
        }

        return new ClassificationMetric(Array.ConvertAll(values, value => (int)value), card.Output.Values);
    }

    private static string Hash(NpyRows inputs, NpyArray labels)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var row = new byte[inputs.RowLength];
        for (var i = 0; i < inputs.Count; i++)
        {
            inputs.Read(i, row);
            hash.AppendData(row);
        }

        hash.AppendData(labels.Bytes);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
