using Bench.Models.Halves;
using Bench.Models.Onnx;
using Google.Protobuf;

namespace Bench.Models.Files;

/// <summary>Makes the fp16 file of a user's network where there is an fp32 file alone.</summary>
public static class HalfFiles
{
    /// <summary>Makes the file in a cache folder, or finds it there.</summary>
    /// <param name="source">The fp32 file.</param>
    /// <param name="id">The model's name.</param>
    /// <param name="cache">The folder for files that Bench makes.</param>
    /// <returns>The file, and what became of the network.</returns>
    /// <exception cref="NotSupportedException">The network has something that nothing is known of, or is too large.</exception>
    /// <exception cref="InvalidDataException">The fp32 file is damaged.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public static (ModelFile File, HalfReport Report) Make(ModelFile source, string id, string cache)
    {
        Directory.CreateDirectory(cache);
        var recipe = FormattableString.Invariant($"{source.Sha256} halves {HalfConverter.Version}");
        var key = DerivedFile.Key(recipe);
        var path = Path.Combine(cache, $"{id}-{Precision.Fp16.File}-{key}.onnx");
        var report = DerivedFile.WithReport(path, () =>
        {
            var model = OnnxFile.Read(source.Path);
            return (HalfConverter.Convert(model), (Action<Stream>)model.WriteTo);
        });
        var file = ModelFiles.Hash(path);
        return (new ModelFile(ModelFormat.Onnx, Precision.Fp16.File, file.Path, file.Sha256, file.Length)
        {
            Origin = new ModelOrigin(
                source.Origin.Source,
                    FormattableString.Invariant($"fp16 weights and arithmetic, made by Bench (halves {HalfConverter.Version})")),
        }, report);
    }
}
