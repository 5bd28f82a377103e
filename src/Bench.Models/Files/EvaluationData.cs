using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Bench.Arrays;
using Bench.Arrays.Npy;
using Bench.Models.Cards;
using Bench.Models.Data;
using Bench.Models.Inputs;
using Bench.Models.Onnx;
using Bench.Models.Signatures;

namespace Bench.Models.Files;

/// <summary>The examples that a model is evaluated on, and the truth where there is one.</summary>
/// <param name="Inputs">Where the numbers of each input come from, in the order of the network's inputs.</param>
/// <param name="LabelsPath">A <c>.npy</c> file with a class or a mask for each example; null if nobody gives the truth.</param>
/// <param name="Count">How many examples there are.</param>
/// <param name="Sha256">SHA-256 in lower-case hex of the elements of all files, or of how what is drawn is drawn.</param>
public sealed record EvaluationData(IReadOnlyList<InputSource> Inputs, string? LabelsPath, int Count, string Sha256)
{
    // Of the span of labels that are values, as of that of probabilities, which is 1.
    private const double DefaultMargin = 0.01;

    /// <summary>How far an image's score may be off where the card does not say: a hundredth of the span of labels that are values; null
    /// for
    /// other labels, or if all values are the same.</summary>
    public double? DerivedMargin { get; init; }

    /// <summary>The seed of what is drawn, where nobody says another.</summary>
    public const ulong DefaultSeed = 1910;

    /// <summary>How many examples are drawn, where nobody says how many.</summary>
    public const int DefaultCount = 256;

    private const int FewestDrawn = 8;

    // As much as examples with their outputs may take on a disk.
    private const double MostDrawnBytes = 1L << 30;

    /// <summary>How many examples are drawn where nobody says how many: fewer of large ones.</summary>
    /// <param name="bytes">How many bytes an example has, with what comes out for it.</param>
    public static int CountFor(double bytes) => (int)Math.Clamp(MostDrawnBytes / Math.Max(1, bytes), FewestDrawn, DefaultCount);

    /// <summary>Whether all numbers are drawn, so that there may be as many examples as anybody wants.</summary>
    public bool IsDrawn => Inputs.All(input => input.Path is null);

    /// <summary>Makes the images and labels of a card that names a generator, in a cache folder, and says where they are.</summary>
    /// <param name="card">The card.</param>
    /// <param name="cache">The folder for files that Bench makes.</param>
    /// <returns>The card with the files, as if it had named them itself; the same card if it names no generator.</returns>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static ModelCard WithFiles(ModelCard card, string cache)
    {
        if (card.Data is not { Generator: { } generator } data)
        {
            return card;
        }

        Directory.CreateDirectory(cache);
        var name = Path.GetFullPath(Path.Combine(cache, $"{generator}-{data.Seed ?? 0}-{data.Count}"));
        var (images, labels) = (name + ".images.npy", name + ".labels.npy");
        if (!File.Exists(images) || !File.Exists(labels))
        {
            SyntheticData.Write(generator, data.Seed ?? 0, data.Count!.Value, images, labels);
        }

        return card with { Data = data with { Inputs = images, Labels = labels } };
    }

    /// <summary>Finds out where the numbers of each input come from, and whether they fit.</summary>
    /// <param name="card">The model, from <see cref="WithFiles"/>.</param>
    /// <param name="stored">What is there for each of the network's inputs, in its order.</param>
    /// <param name="inputs">What the network takes.</param>
    /// <param name="bounds">What is known of inputs that are places in a table.</param>
    /// <param name="faults">Takes what is wrong, one sentence each.</param>
    /// <returns>Where the numbers come from; those that are at fault are missing.</returns>
    public static IReadOnlyList<InputSource> Fit(
        ModelCard card, IReadOnlyList<StoredInput> stored, IReadOnlyList<TensorSpec> inputs, IndexBounds bounds,
        List<string> faults)
    {
        List<InputSource> sources = [.. stored.Zip(inputs).Select((pair, index) => InputFit.Of(
            pair.First, pair.Second, index, card.Data, bounds.Of(pair.Second.Name), bounds.Likely(pair.Second.Name), faults))
            .OfType<InputSource>()];
        var counts = stored.Where(input => input.Path is not null).Select(input => (input.Source, Count: input.Shape[0])).ToList();
        if (counts.DistinctBy(file => file.Count).Count() > 1)
        {
            faults.Add($"found {string.Join(", ", counts.Select(file => $"{file.Count} examples in {file.Source}"))}; "
                + "expected as many for each input.");
        }

        if (counts.FirstOrDefault(file => file.Count == 0) is (not null, 0) empty)
        {
            faults.Add($"{empty.Source} holds no image; expected at least one.");
        }

        return sources;
    }

    /// <summary>Checks that labels fit a network and its examples.</summary>
    /// <param name="card">The model, from <see cref="WithFiles"/>.</param>
    /// <param name="cardPath">The card's file; paths in the card are relative to it.</param>
    /// <param name="stored">What is there for each of the network's inputs, in its order.</param>
    /// <param name="sources">Where the numbers come from, from <see cref="Fit"/>.</param>
    /// <param name="signature">What the network takes and gives.</param>
    /// <param name="judged">The output that labels belong to; null if none is judged.</param>
    /// <returns>The examples.</returns>
    /// <exception cref="ModelCardException">The labels are missing, damaged, or do not fit; all faults are named.</exception>
    public static EvaluationData Check(
        ModelCard card, string cardPath, IReadOnlyList<StoredInput> stored, IReadOnlyList<InputSource> sources,
        NetworkSignature signature, TensorSpec? judged)
    {
        var faults = new List<string>();
        var files = stored.Where(input => input.Path is not null).ToList();
        var bytes = signature.Inputs.Sum(input => (double)input.Bytes) + (judged?.Bytes ?? 0);
        var count = files.Count > 0 ? files[0].Shape[0] : card.Data?.Count ?? CountFor(bytes);
        var labels = card.Data?.Labels is { } truth
            ? Path.Combine(Path.GetDirectoryName(Path.GetFullPath(cardPath))!, truth)
            : null;
        try
        {
            if (labels is not null)
            {
                Labels.Check(labels, card.Task, judged, count, faults);
            }

            if (faults.Count > 0)
            {
                throw new ModelCardException(cardPath, faults);
            }

            var data = new EvaluationData(sources, labels, count, Hash(sources, labels, signature))
            {
                DerivedMargin = card.Task == ModelTask.Regression && labels is not null && Labels.Span(labels) is > 0 and var span
                    ? DefaultMargin * span
                    : null,
            };
            return card.Data?.Sha256 is { } expected && expected != data.Sha256
                ? throw new ModelCardException(
                    cardPath,
                    [$"the images in {string.Join(", ", files.Select(images => images.Path))} and labels in {labels} have SHA-256 "
                        + $"{data.Sha256}; the card says {expected}. "
                        + "They are damaged or others than the card means; delete them if Bench made them."])
                : data;
        }
        catch (Exception e) when (e is NpyFormatException or IOException or UnauthorizedAccessException)
        {
            throw new ModelCardException(cardPath, [.. faults, $"cannot use the evaluation data: {e.Message}"], e);
        }
    }

    private static string Hash(IReadOnlyList<InputSource> inputs, string? labels, NetworkSignature signature)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (input, tensor) in inputs.Zip(signature.Inputs))
        {
            if (input.Path is { } path)
            {
                AddRows(path);
            }
            else
            {
                hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
                    $"{input.Index} {input.Seed} {input.Drawn} {string.Join('x', tensor.Shape)} {tensor.Type.Name()}\n")));
            }
        }

        if (labels is not null)
        {
            AddRows(labels);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());

        void AddRows(string path)
        {
            using var rows = NpyRows.Open(path);
            var row = new byte[rows.RowLength];
            for (var i = 0; i < rows.Count; i++)
            {
                rows.Read(i, row);
                hash.AppendData(row);
            }
        }
    }
}
