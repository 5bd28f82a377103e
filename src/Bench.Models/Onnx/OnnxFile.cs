using Google.Protobuf;

namespace Bench.Models.Onnx;

/// <summary>Reads networks whole, weights included.</summary>
public static class OnnxFile
{
    // What a message of protocol buffers can have.
    private const long MostBytes = int.MaxValue;

    /// <summary>Reads a network with the weights that it keeps in other files.</summary>
    /// <param name="path">The network's own file.</param>
    /// <returns>The network, all weights in it.</returns>
    /// <exception cref="NotSupportedException">It is larger than one file of ONNX can be.</exception>
    /// <exception cref="InvalidDataException">The file is no network, or damaged, or weights are missing.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static ModelProto Read(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var length = new FileInfo(path).Length
            + ExternalData.Files(path).Sum(file => new FileInfo(Path.Combine(folder, file.Location)).Length);
        if (length > MostBytes)
        {
            throw new NotSupportedException(FormattableString.Invariant($"{path} has {length / 1e9:0.0} GB with its weights; ")
                + "networks of up to 2 GB are read whole.");
        }

        try
        {
            using var file = File.OpenRead(path);
            var model = ModelProto.Parser.ParseFrom(file);
            foreach (var tensor in Tensors(model.Graph))
            {
                Bring(tensor, folder);
            }

            return model;
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new InvalidDataException($"{path} is damaged or no ONNX file: {e.Message}", e);
        }
    }

    private static IEnumerable<TensorProto> Tensors(GraphProto graph) => graph.Initializer.Concat(graph.Node
        .SelectMany(node => node.Attribute)
        .SelectMany(attribute => (attribute.T is { } tensor ? [tensor] : Array.Empty<TensorProto>())
            .Concat(attribute.G is { } inner ? Tensors(inner) : []).Concat(attribute.Graphs.SelectMany(Tensors))));

    private static void Bring(TensorProto tensor, string folder)
    {
        if (tensor.DataLocation != TensorProto.Types.DataLocation.External)
        {
            return;
        }

        var entries = tensor.ExternalData.ToDictionary(entry => entry.Key, entry => entry.Value);
        using var file = File.OpenRead(Path.Combine(folder, entries.GetValueOrDefault("location", string.Empty)));
        var offset = Number(entries, "offset") ?? 0;
        var bytes = new byte[checked((int)(Number(entries, "length") ?? (file.Length - offset)))];
        file.Position = offset;
        try
        {
            file.ReadExactly(bytes);
        }
        catch (EndOfStreamException e)
        {
            throw new InvalidDataException($"{file.Name} ends before the weights '{tensor.Name}' do.", e);
        }

        tensor.RawData = UnsafeByteOperations.UnsafeWrap(bytes);
        tensor.ExternalData.Clear();
        tensor.ClearDataLocation();
    }

    private static long? Number(Dictionary<string, string> entries, string key) =>
        long.TryParse(entries.GetValueOrDefault(key), System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;
}
