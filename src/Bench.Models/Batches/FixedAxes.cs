using Bench.Models.Files;
using Bench.Models.Onnx;
using Google.Protobuf;

namespace Bench.Models.Batches;

/// <summary>Writes the lengths of named axes into a network's file, for engines that cannot be told them when they load it.</summary>
public static class FixedAxes
{
    private const int Version = 1;

    /// <summary>Makes the file in a cache folder, or finds it there.</summary>
    /// <param name="path">The ONNX file.</param>
    /// <param name="sha256">Its SHA-256 in lower-case hex.</param>
    /// <param name="lengths">The lengths by the names of axes; at least one.</param>
    /// <param name="cache">The folder for files that Bench makes.</param>
    /// <returns>The file's path.</returns>
    /// <exception cref="NotSupportedException">The network is too large to be read whole.</exception>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public static string Make(string path, string sha256, IReadOnlyDictionary<string, int> lengths, string cache)
    {
        Directory.CreateDirectory(cache);
        var text = string.Join(',', lengths.OrderBy(axis => axis.Key, StringComparer.Ordinal).Select(axis => $"{axis.Key}={axis.Value}"));
        var recipe = FormattableString.Invariant($"{sha256} fixed axes {Version} {text}");
        var key = DerivedFile.Key(recipe);
        var made = Path.Combine(cache, $"{Path.GetFileNameWithoutExtension(path)}-fixed-{key}.onnx");
        if (!File.Exists(made))
        {
            var model = OnnxFile.Read(path);
            foreach (var value in model.Graph.Input.Concat(model.Graph.Output).Concat(model.Graph.ValueInfo))
            {
                Fix(value, lengths);
            }

            DerivedFile.Write(made, model.WriteTo);
        }

        return made;
    }

    private static void Fix(ValueInfoProto value, IReadOnlyDictionary<string, int> lengths)
    {
        foreach (var axis in value.Type?.TensorType?.Shape?.Dim ?? [])
        {
            if (lengths.TryGetValue(axis.DimParam, out var length))
            {
                axis.DimValue = length;
            }
        }
    }
}
