using Bench.Models.Onnx;
using Bench.Models.Quantization;
using Google.Protobuf;

namespace Bench.Models.Files;

/// <summary>Makes the int8 file of a network where there is an fp32 file alone.</summary>
public static class Int8Files
{
    /// <summary>Where ranges that were read here are kept: those of other images stand elsewhere.</summary>
    /// <param name="source">The fp32 file.</param>
    /// <param name="id">The model's name.</param>
    /// <param name="cache">The folder for files that Bench makes.</param>
    /// <param name="method">What they are made of.</param>
    /// <param name="hashes">What tells the images from others.</param>
    public static string RangesPath(
        ModelFile source, string id, string cache, CalibrationMethod method, IReadOnlyList<string> hashes) => Path.Combine(
            cache, $"{id}-{DerivedFile.Key($"{source.Sha256} {method.Name()} {string.Join(' ', hashes)}")}.calibration.json");

    /// <summary>Keeps ranges.</summary>
    /// <param name="calibration">The ranges.</param>
    /// <param name="path">Where.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Keep(Calibration calibration, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        DerivedFile.Write(path, stream => CalibrationFile.Write(calibration, stream));
    }

    /// <summary>Makes the file in a cache folder, or finds it there.</summary>
    /// <param name="source">The fp32 file.</param>
    /// <param name="id">The model's name.</param>
    /// <param name="cache">The folder for files that Bench makes.</param>
    /// <param name="calibration">The ranges of its values.</param>
    /// <param name="recipe">How it is quantised.</param>
    /// <param name="excluded">Nodes that stay in floats: see <see cref="QuantizationPlan.Of"/>.</param>
    /// <returns>The file, and what became of the network.</returns>
    /// <exception cref="NotSupportedException">The network has something that nothing is known of, nothing that can be quantised, or is too
    /// large.</exception>
    /// <exception cref="InvalidDataException">The fp32 file is damaged, or the ranges are not its own.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public static (ModelFile File, QuantizationReport Report) Make(
        ModelFile source, string id, string cache, Calibration calibration, QuantizationRecipe recipe, IReadOnlyList<string> excluded)
    {
        Directory.CreateDirectory(cache);
        // The ranges are in the name: those of other images make another file.
        using var written = new MemoryStream();
        CalibrationFile.Write(calibration, written);
        var traits = FormattableString.Invariant($"{recipe.Name}, {calibration.Method.Name()} of {calibration.Images.Hashes.Count} images")
            + FormattableString.Invariant($" ({calibration.Images.From}), quantiser {QuantizedNetwork.Version}")
            + (excluded.Count == 0 ? string.Empty : $", in fp32: {string.Join(", ", excluded)}");
        var key = DerivedFile.Key($"{source.Sha256} {traits} {System.Text.Encoding.UTF8.GetString(written.ToArray())}");
        var path = Path.Combine(cache, $"{id}-{Precision.Int8.File}-{recipe.Name}-{key}.onnx");
        var report = DerivedFile.WithReport(path, () =>
        {
            var plan = QuantizationPlan.Of(OnnxFile.Read(source.Path), recipe, excluded);
            if (calibration.WhyNot(source.Sha256, plan.Observed) is { } reason)
            {
                throw new InvalidDataException($"the calibration cannot be used: {reason}.");
            }

            var network = QuantizedNetwork.Write(plan, calibration.Ranges);
            return (QuantizationReport.Of(plan), (Action<Stream>)network.WriteTo);
        });
        var file = ModelFiles.Hash(path);
        return (new ModelFile(ModelFormat.Onnx, Precision.Int8.File, file.Path, file.Sha256, file.Length)
        {
            Origin = new ModelOrigin(source.Origin.Source, $"int8 made by Bench: {traits}"),
        }, report);
    }
}
