using System.Security.Cryptography;
using Bench.Arrays.Npy;
using Bench.Models.Cards;
using Bench.Models.Data;
using Bench.Models.Metrics;

namespace Bench.Models.Files;

/// <summary>The evaluation images of a model, and the truth, as files.</summary>
/// <param name="InputsPath">A <c>.npy</c> file with the stored images.</param>
/// <param name="LabelsPath">A <c>.npy</c> file with a class or a mask for each.</param>
/// <param name="IsNhwc">Whether the stored images have their channels last.</param>
/// <param name="Count">How many images there are.</param>
/// <param name="Sha256">SHA-256 of the elements of both, in lower-case hex.</param>
public sealed record EvaluationFiles(string InputsPath, string LabelsPath, bool IsNhwc, int Count, string Sha256)
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
        using var labels = NpyRows.Open(labelsPath);
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

        CheckLabels(card, labels, inputs.Count, labelsPath, faults);
        if (faults.Count > 0)
        {
            throw new ModelCardException(cardPath, faults);
        }

        var sha256 = Hash(inputs, labels);
        return card.Data.Sha256 is { } expected && expected != sha256
            ? throw new ModelCardException(
                cardPath,
                [$"the images in {inputsPath} and labels in {labelsPath} have SHA-256 {sha256}; the card says {expected}. "
                    + "They are damaged or others than the card means; delete them if Bench made them."])
            : new EvaluationFiles(inputsPath, labelsPath, isNhwc, inputs.Count, sha256);
    }

    private static void CheckLabels(ModelCard card, NpyRows labels, int count, string labelsPath, List<string> faults)
    {
        var perImage = card.Task == ModelTask.Classification ? 1 : card.Output.Length;
        if (labels.Count != count || labels.RowElements != perImage)
        {
            faults.Add(
                $"{labelsPath} has shape ({string.Join(", ", labels.Shape)}); expected {perImage} values for each of {count} images.");
            return;
        }

        var classes = card.Output.Length;
        if (card.Task == ModelTask.Classification && TaskMetrics.Classes(labels) is var values
            && values.Any(value => value != Math.Floor(value) || value < 0 || value >= classes))
        {
            faults.Add($"{labelsPath} holds {values.First(v => v != Math.Floor(v) || v < 0 || v >= classes)}; "
                + $"expected class numbers from 0 to {classes - 1}.");
        }
    }

    private static string Hash(params ReadOnlySpan<NpyRows> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var rows in files)
        {
            var row = new byte[rows.RowLength];
            for (var i = 0; i < rows.Count; i++)
            {
                rows.Read(i, row);
                hash.AppendData(row);
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
