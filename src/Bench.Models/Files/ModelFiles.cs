using System.Security.Cryptography;
using Bench.Models.Cards;
using Bench.Models.Networks;
using Bench.Models.Onnx;
using Bench.Models.Weights;

namespace Bench.Models.Files;

/// <summary>A file and what it must hash to.</summary>
/// <param name="Path">The file.</param>
/// <param name="Sha256">Its SHA-256 in lower-case hex.</param>
/// <param name="Length">Its length in bytes.</param>
public sealed record HashedFile(string Path, string Sha256, long Length);

/// <summary>Makes the ONNX files of a model on first use, in a cache folder, and checks them against the card.</summary>
public static class ModelFiles
{
    /// <summary>Finds or makes the file of one precision.</summary>
    /// <param name="card">The model.</param>
    /// <param name="cardPath">The card's file; paths in the card are relative to it.</param>
    /// <param name="precision">Which precision.</param>
    /// <param name="cache">The folder for files that Bench makes.</param>
    /// <returns>The file, or null if the card's own ONNX files have none of this precision.</returns>
    /// <exception cref="ModelCardException">A file is missing, damaged, or not the one that the card names.</exception>
    public static HashedFile? Find(ModelCard card, string cardPath, Precision precision, string cache)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(cardPath))!;
        if (card.Network.Onnx is { } onnx)
        {
            return onnx.TryGetValue(precision.Id(), out var file)
                ? Hash(Path.Combine(folder, file), cardPath, card.Network.Sha256.GetValueOrDefault(precision.Id()))
                : null;
        }

        return Build(card, cardPath, Path.Combine(folder, card.Network.Weights!), precision, cache);
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

    private static HashedFile Build(ModelCard card, string cardPath, string weightsPath, Precision precision, string cache)
    {
        var expected = card.Network.Sha256.GetValueOrDefault(precision.Id());
        var weights = Hash(weightsPath, cardPath, card.Network.Sha256.GetValueOrDefault("weights"));
        // Everything that the file depends on is in its name.
        var recipe = $"{weights.Sha256} {card.Network.Architecture} {card.Output.Name} {string.Join(',', card.Input.Shape.Concat(card.Output.Shape))} {OnnxExporter.Version}";
        var key = Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(recipe)))[..12];
        var path = Path.Combine(cache, $"{card.Id}-{precision.Id()}-{key}.onnx");
        if (File.Exists(path) && Hash(path) is { } cached && (expected is null || cached.Sha256 == expected))
        {
            return cached;
        }

        try
        {
            var network = Describe(card);
            Directory.CreateDirectory(cache);
            var partial = $"{path}.{Environment.ProcessId}.partial";
            File.WriteAllBytes(partial, OnnxExporter.Export(network, SafetensorsFile.Read(weightsPath), precision, card.Output.Name));
            File.Move(partial, path, overwrite: true);
        }
        catch (WeightsFormatException e)
        {
            throw new ModelCardException(cardPath, [e.Message], e);
        }

        return Hash(path, cardPath, expected);
    }

    private static Network Describe(ModelCard card) => card.Network.Architecture switch
    {
        "inceptionv3" => InceptionV3.Describe(card.Output.Shape[1]),
        "unet" => UNet.Describe(card.Input.Shape[2]),
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
            : throw new ModelCardException(
                cardPath,
                [$"{path} has SHA-256 {file.Sha256}; the card says {expected}. The file is damaged, or the card is for another one."]);
    }
}
