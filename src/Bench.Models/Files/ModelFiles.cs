using System.Security.Cryptography;
using Bench.Models.Cards;
using Bench.Models.Networks;
using Bench.Models.Onnx;
using Bench.Models.TensorFlow;
using Bench.Models.Weights;

namespace Bench.Models.Files;

/// <summary>A file and what it must hash to.</summary>
/// <param name="Path">The file.</param>
/// <param name="Sha256">Its SHA-256 in lower-case hex.</param>
/// <param name="Length">Its length in bytes.</param>
public sealed record HashedFile(string Path, string Sha256, long Length);

/// <summary>Makes the files of a model on first use, in a cache folder, and checks them against the card.</summary>
public static class ModelFiles
{
    /// <summary>Finds or makes the file that a precision is computed from.</summary>
    /// <param name="card">The model.</param>
    /// <param name="cardPath">The card's file; paths in the card are relative to it.</param>
    /// <param name="format">Which format.</param>
    /// <param name="precision">Which precision; those with the same <see cref="Precision.File"/> have the same file.</param>
    /// <param name="cache">The folder for files that Bench makes.</param>
    /// <returns>The file, or null if the card's own files have none of this format and precision.</returns>
    /// <exception cref="ModelCardException">A file is missing, damaged, or not the one that the card names.</exception>
    public static ModelFile? Find(ModelCard card, string cardPath, ModelFormat format, Precision precision, string cache)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(cardPath))!;
        if (card.Network.Architecture is not null)
        {
            var isBuilt = format != ModelFormat.OpenVino && precision.File != Precision.Int8.File;
            return !isBuilt ? null : Build(card, cardPath, Path.Combine(folder, card.Network.Weights!), format, precision, cache, batch: 1);
        }

        var key = format.Key(precision.File);
        if (card.Network.File(key) is null)
        {
            return null;
        }

        var file = OfUser(key);
        return Model(format, precision, file, ModelOrigin.OfCard(card.Network, key, file, OfUser));

        HashedFile OfUser(string name) => ModelFiles.OfUser(
            Path.Combine(folder, card.Network.File(name)!), cardPath, NetworkSource.FormatOf(name),
            card.Network.Sha256.GetValueOrDefault(name));
    }

    /// <summary>Finds or makes the TensorFlow graph of a network that Bench builds, for requests of several images.</summary>
    /// <param name="card">The model; one with an architecture.</param>
    /// <param name="cardPath">The card's file.</param>
    /// <param name="precision">Which precision.</param>
    /// <param name="cache">The folder for files that Bench makes.</param>
    /// <param name="batch">How many images, above 1.</param>
    /// <exception cref="ModelCardException">A file is missing, damaged, or not the one that the card names.</exception>
    public static ModelFile TensorFlowBatch(ModelCard card, string cardPath, Precision precision, string cache, int batch) => Build(
        card, cardPath, Path.Combine(Path.GetDirectoryName(Path.GetFullPath(cardPath))!, card.Network.Weights!), ModelFormat.TensorFlow,
        precision, cache, batch);

    /// <summary>Writes a network's file.</summary>
    /// <param name="network">The layers.</param>
    /// <param name="weights">Their weights.</param>
    /// <param name="format">Which format.</param>
    /// <param name="precision">Which precision.</param>
    /// <param name="outputName">The name of the output.</param>
    /// <param name="path">Where to write it; a file that stands there is replaced only once the new one is whole.</param>
    /// <param name="batch">How many images a request of a TensorFlow graph has; in ONNX it is 1.</param>
    /// <returns>The file, as one that was not made from another.</returns>
    /// <exception cref="WeightsFormatException">A weight is missing or has another shape.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static ModelFile Write(
        Network network, SafetensorsFile weights, ModelFormat format, Precision precision, string outputName, string path, int batch = 1)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        DerivedFile.Write(path, stream => stream.Write(format == ModelFormat.Onnx
            ? OnnxExporter.Export(network, weights, precision, outputName)
            : GraphDefExporter.Export(network, weights, precision, outputName, batch)));
        var file = Hash(path);
        return Model(format, precision, file, ModelOrigin.OfItself(file));
    }

    /// <summary>Hashes a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The file with its hash.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static HashedFile Hash(string path)
    {
        using var stream = File.OpenRead(path);
        return new HashedFile(path, Convert.ToHexStringLower(SHA256.HashData(stream)), stream.Length);
    }

    /// <summary>A network of the user's, with the files that it refers to: other weights are another network.</summary>
    private static HashedFile OfUser(string path, string cardPath, ModelFormat format, string? expected)
    {
        var own = Hash(path, cardPath, null);
        var together = Together(own, cardPath, Others(own, format));
        return expected is null || expected == own.Sha256 || expected == together.Sha256
            ? together
            : throw NotTheOne(own, cardPath, expected);
    }

    private static IReadOnlyList<ExternalFile> Others(HashedFile network, ModelFormat format)
    {
        try
        {
            return format switch
            {
                ModelFormat.Onnx => ExternalData.Files(network.Path),
                ModelFormat.OpenVino => [new ExternalFile(Path.GetFileNameWithoutExtension(network.Path) + ".bin", 0)],
                _ => [],
            };
        }
        catch (InvalidDataException)
        {
            // What is wrong with it is said when it is looked at.
            return [];
        }
    }

    private static HashedFile Together(HashedFile network, string cardPath, IReadOnlyList<ExternalFile> others)
    {
        if (others.Count == 0)
        {
            return network;
        }

        var folder = Path.GetDirectoryName(Path.GetFullPath(network.Path))!;
        var files = others
            .Select(other => (other.Location, File: OfWeights(Path.Combine(folder, other.Location), other, network, cardPath))).ToList();
        var content = string.Join('\n', files.Select(entry => $"{entry.File.Sha256} {entry.Location}").Prepend(network.Sha256));
        return new HashedFile(network.Path, Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(content))),
            network.Length + files.Sum(entry => entry.File.Length));
    }

    private static HashedFile OfWeights(string path, ExternalFile expected, HashedFile network, string cardPath)
    {
        if (!File.Exists(path))
        {
            throw new ModelCardException(cardPath, [$"{network.Path} keeps weights in {expected.Location}; found no file {path}. "
                + "Put it beside the network."]);
        }

        var file = Hash(path, cardPath, null);
        return file.Length >= expected.NeededBytes
            ? file
            : throw new ModelCardException(cardPath, [$"{path} has {file.Length} bytes; {network.Path} keeps weights there up to byte "
                + $"{expected.NeededBytes}. The file is cut off, or belongs to another network."]);
    }

    private static ModelFile Model(ModelFormat format, Precision precision, HashedFile file, ModelOrigin origin) =>
        new(format, precision.File, file.Path, file.Sha256, file.Length) { Origin = origin };

    private static ModelFile Build(
        ModelCard card, string cardPath, string weightsPath, ModelFormat format, Precision precision, string cache, int batch)
    {
        var expected = batch > 1 ? null : card.Network.Sha256.GetValueOrDefault(format.Key(precision.File));
        var weights = Hash(weightsPath, cardPath, card.Network.Sha256.GetValueOrDefault("weights"));
        var origin = ModelOrigin.OfWeights(card, weights, format, precision);
        // Everything that the file depends on is in its name.
        var recipe = $"{weights.Sha256} {card.Network.Architecture} {card.Output!.KnownName} "
            + $"{string.Join(',', card.Input!.KnownShape.Concat(card.Output.KnownShape))} "
            + $"{(format == ModelFormat.Onnx ? OnnxExporter.Version : GraphDefExporter.Version)}"
            + (batch > 1 ? FormattableString.Invariant($" batch {batch}") : string.Empty);
        var key = DerivedFile.Key(recipe);
        var path = Path.Combine(cache, $"{card.Id}-{precision.File}-{key}.{(format == ModelFormat.Onnx ? "onnx" : "pb")}");
        if (File.Exists(path) && Hash(path) is { } cached && (expected is null || cached.Sha256 == expected))
        {
            return Model(format, precision, cached, origin);
        }

        try
        {
            Write(Describe(card), SafetensorsFile.Read(weightsPath), format, precision, card.Output.KnownName, path, batch);
        }
        catch (WeightsFormatException e)
        {
            throw new ModelCardException(cardPath, [e.Message], e);
        }

        return Model(format, precision, Hash(path, cardPath, expected), origin);
    }

    private static Network Describe(ModelCard card) => card.Network.Architecture switch
    {
        "inceptionv3" => InceptionV3.Describe(card.Output!.KnownShape[1]),
        "unet" => UNet.Describe(card.Input!.KnownShape[2]),
        _ => throw new ArgumentException($"Unknown architecture '{card.Network.Architecture}'.", nameof(card)),
    };

    private static HashedFile Hash(string path, string cardPath, string? expected)
    {
        HashedFile file;
        try
        {
            file = Hash(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelCardException(cardPath, [$"cannot read the file it names: {e.Message}"], e);
        }

        return expected is null || file.Sha256 == expected
            ? file
            : throw NotTheOne(file, cardPath, expected);
    }

    private static ModelCardException NotTheOne(HashedFile file, string cardPath, string expected) =>
        new(cardPath,
            [$"{file.Path} has SHA-256 {file.Sha256}; the card says {expected}. The file is damaged, or the card is for another one."]);
}
