namespace Bench.Models.Cards;

/// <summary>What may be wrong with what a card says of a network's files.</summary>
internal static class NetworkFaults
{
    public static IEnumerable<string> Of(NetworkSource network)
    {
        if (network.Architecture is null == network.Onnx is null)
        {
            yield return "expected network to give either architecture and weights, or onnx.";
        }

        if (network.Architecture is { } architecture && (network.Weights is null || !ModelCardReader.Architectures.Contains(architecture)))
        {
            yield return $"found architecture '{architecture}' with weights '{network.Weights}'; "
                + $"expected one of {string.Join(", ", ModelCardReader.Architectures)} and a file.";
        }

        foreach (var other in new[] { ("tensorflow", network.TensorFlow), ("openvino", network.OpenVino) })
        {
            if (other.Item2 is not null && network.Onnx is null)
            {
                yield return $"found network.{other.Item1} without network.onnx; "
                    + "the reference cell needs ONNX, and networks that Bench builds come in every format.";
            }
        }

        var files = Enum.GetValues<ModelFormat>().SelectMany(format =>
            (network.FilesOf(format) ?? new Dictionary<string, string>()).Select(file =>
                (Format: format, Precision: file.Key, File: file.Value)))
            .ToList();
        foreach (var (format, precision, _) in files.Where(file => !Precisions.Files.Contains(file.Precision)))
        {
            yield return $"found {format.ToString().ToLowerInvariant()} precision '{precision}'; "
                + $"expected {string.Join(" or ", Precisions.Files)}.";
        }

        foreach (var (name, value) in files.Select(file => KeyValuePair.Create(file.Precision, file.File)).Concat(network.Sha256))
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

        if (Enum.GetValues<ModelFormat>().Any(format => network.FilesOf(format) is { Count: 0 }))
        {
            yield return "found no file under network.onnx, network.tensorflow or network.openvino; expected at least one precision.";
        }
    }

    private static IEnumerable<string> OriginFaults(NetworkSource network)
    {
        if (network.Source is { } source && source != NetworkSource.OwnSource && network.File(source) is null)
        {
            yield return $"found network.source '{source}'; "
                + $"expected '{NetworkSource.OwnSource}', or one of the files under network.onnx, network.tensorflow and network.openvino.";
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
}
