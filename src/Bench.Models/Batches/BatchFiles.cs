using Bench.Models.Files;
using Bench.Models.Onnx;
using Bench.Models.Signatures;
using Google.Protobuf;

namespace Bench.Models.Batches;

/// <summary>Finds or makes the ONNX file from which requests of several images are computed.</summary>
public static class BatchFiles
{
    /// <summary>Makes the file in a cache folder, or finds it there; a file whose axes have names is used as it is.</summary>
    /// <param name="source">The network's file.</param>
    /// <param name="axes">Where it counts images.</param>
    /// <param name="id">The model's name.</param>
    /// <param name="cache">The folder for files that Bench makes.</param>
    /// <returns>The file, and the names of the axes that count images.</returns>
    /// <exception cref="NotSupportedException">The network is too large to be read whole.</exception>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public static (ModelFile File, IReadOnlyList<string> Names) Make(ModelFile source, BatchAxes axes, string id, string cache)
    {
        if (BatchAxisNamer.NamesIn(OnnxSummary.Read(source.Path), axes) is { } own)
        {
            return (source, own);
        }

        Directory.CreateDirectory(cache);
        var recipe = FormattableString.Invariant(
            $"{source.Sha256} batch axis {BatchAxisNamer.Version} {Text(axes.Inputs)} {Text(axes.Outputs)}");
        var key = DerivedFile.Key(recipe);
        var path = Path.Combine(cache, $"{id}-{source.Numbers}-batch-{key}.onnx");
        if (!File.Exists(path))
        {
            var model = OnnxFile.Read(source.Path);
            BatchAxisNamer.Run(model, axes);
            DerivedFile.Write(path, model.WriteTo);
        }

        var made = ModelFiles.Hash(path);
        var batched = new ModelFile(ModelFormat.Onnx, source.Numbers, made.Path, made.Sha256, made.Length)
        {
            Origin = new ModelOrigin(source.Origin.Source, string.Join("; ", new[]
            {
                source.Origin.Recipe,
                FormattableString.Invariant($"the batch axis named by Bench (batches {BatchAxisNamer.Version})"),
            }.Where(text => text.Length > 0))),
        };
        return (batched, BatchAxisNamer.NamesIn(OnnxSummary.Read(path), axes)
            ?? throw new InvalidDataException($"{path} is not the file that Bench made; delete it."));
    }

    private static string Text(IReadOnlyDictionary<string, int> axes) =>
        string.Join(',', axes.OrderBy(axis => axis.Key, StringComparer.Ordinal).Select(axis => $"{axis.Key}:{axis.Value}"));
}
