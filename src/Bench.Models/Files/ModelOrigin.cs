using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Bench.Models.Cards;
using Bench.Models.Onnx;
using Bench.Models.TensorFlow;

namespace Bench.Models.Files;

/// <summary>What a network's file was made from, and how: a model is its source, in whatever files it comes.</summary>
/// <param name="Source">SHA-256 in lower-case hex of the source network with its weights; the file's own if it was not made from another.
/// Of a network that Bench builds it is over the weights and what describes the network.</param>
/// <param name="Recipe">How the file was made from the source, in one line; empty for the source itself.</param>
public sealed record ModelOrigin(string Source, string Recipe)
{
    /// <summary>The origin of a file that was not made from another.</summary>
    /// <param name="file">The file.</param>
    public static ModelOrigin OfItself(HashedFile file) => new(file.Sha256, string.Empty);

    /// <summary>The origin of a file that Bench builds from weights.</summary>
    /// <param name="card">The model.</param>
    /// <param name="weights">Its weights.</param>
    /// <param name="format">The file's format.</param>
    /// <param name="precision">The file's precision.</param>
    internal static ModelOrigin OfWeights(ModelCard card, HashedFile weights, ModelFormat format, Precision precision)
    {
        // Without the batch and the names of values: those are how a file is written, not what the network is.
        var network = string.Create(CultureInfo.InvariantCulture,
            $"{weights.Sha256} {card.Network.Architecture} {Axes(card.Input!.KnownShape)} {Axes(card.Output!.KnownShape)}");
        var (name, version) = format == ModelFormat.Onnx ? ("ONNX", OnnxExporter.Version) : ("TensorFlow", GraphDefExporter.Version);
        return new ModelOrigin(
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(network))),
            string.Create(CultureInfo.InvariantCulture, $"built from weights, {name} {precision.File}, exporter {version}"));
    }

    /// <summary>The origin of a file of the user's: what the card says, or else its file at full precision.</summary>
    /// <param name="network">What the card says of files.</param>
    /// <param name="key">Which of them is meant, as <see cref="ModelFormats.Key"/> calls it.</param>
    /// <param name="file">The file.</param>
    /// <param name="find">Finds another file of the card, with what it refers to.</param>
    /// <exception cref="ModelCardException">The source is missing, damaged, or not the one that the card names.</exception>
    internal static ModelOrigin OfCard(NetworkSource network, string key, HashedFile file, Func<string, HashedFile> find) =>
        network.SourceKey is not { } source || source == key
            ? OfItself(file)
            : new ModelOrigin(
                find(source).Sha256,
                network.Recipes.GetValueOrDefault(key) ?? $"{key}; the card does not say how it was made from {source}");

    private static string Axes(IReadOnlyList<int> shape) => string.Join(',', shape.Skip(1));
}
