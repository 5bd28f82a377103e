using Bench.Benchmarks.Processes;
using Bench.Models.Cards;
using Bench.Models.Files;
using Bench.Models.Inputs;
using Bench.Models.Onnx;
using Bench.Models.Quantization;
using Google.Protobuf;

namespace Bench.Benchmarks.Preparing;

/// <summary>Makes the int8 files of a network: finds the ranges of its values, or reads them, and writes a file for each recipe.</summary>
/// <param name="card">The model.</param>
/// <param name="path">The card, or the file that was named.</param>
/// <param name="source">The fp32 file, and what goes in and comes out of it.</param>
/// <param name="options">How models are prepared.</param>
internal sealed class Int8Preparation(ModelCard card, string path, PlannedFile source, PreparingOptions options)
{
    private readonly IReadOnlyList<string> _excluded = options.Int8.Exclude ?? card.Calibration?.Exclude ?? [];

    /// <summary>What became of the network, by the last recipe.</summary>
    public QuantizationReport? Report { get; private set; }

    /// <summary>The ranges; known after <see cref="Make"/>.</summary>
    public Calibration? Calibration { get; private set; }

    /// <summary>Makes the files.</summary>
    /// <param name="data">The images that are evaluated: none of them may have been calibrated with.</param>
    /// <returns>A file for each recipe.</returns>
    /// <exception cref="ModelCardException">There are no calibration images, or they are among those that are evaluated, or the ranges are
    /// not those of this network.</exception>
    /// <exception cref="NotSupportedException">The network cannot be quantised.</exception>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public IReadOnlyList<PlannedFile> Make(EvaluationData data)
    {
        Calibration = Given() ?? Measured();
        var evaluated = ExampleHash.Of(data.Inputs, source.Signature.Inputs, data.Count);
        if (Calibration.Images.SharedWith(evaluated) is > 0 and var shared)
        {
            throw new ModelCardException(path, [FormattableString.Invariant(
                $"{shared} of the {data.Count} images that it is evaluated on are calibration images ({Calibration.Images.From}): an ")
                + "evaluation with them says too much. Calibrate with others: --calibration FILE_OR_FOLDER, "
                + "or calibration in the model card."]);
        }

        return [.. options.Int8Recipes.Select(recipe =>
        {
            var (file, report) = Int8Files.Make(source.File, card.Id!, options.Cache, Calibration, recipe, _excluded);
            Report = report;
            return source with { File = file, Recipe = recipe.Name };
        })];
    }

    /// <summary>Ranges that somebody brought.</summary>
    private Calibration? Given()
    {
        // Other images or another method than the card's are a wish for other ranges.
        var named = options.Int8.Ranges ?? (options.Int8.Images.Count > 0 ? null : card.Calibration?.Ranges is { } file
            ? Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, file)
            : null);
        if (named is null)
        {
            return null;
        }

        var calibration = CalibrationFile.Read(named);
        if (options.Int8.Ranges is null && options.Int8.Method is { } method && method != calibration.Method)
        {
            return null;
        }

        return calibration.Source == source.File.Sha256 ? calibration : throw new ModelCardException(path,
            [$"{named} holds the ranges of a network with SHA-256 {calibration.Source}; {source.File.Path} has {source.File.Sha256}. "
                + "Ranges belong to one network: take its own, or leave them away to have them read."]);
    }

    /// <summary>Ranges that are read here, or were.</summary>
    private Calibration Measured()
    {
        var watched = WatchedNetwork.Of(source.File.Path);
        var inputs = source.Signature.Inputs;
        var images = CalibrationSource.Find(card, path, inputs, OnnxSummary.Read(source.File.Path).IndexBounds, options);
        var method = Method();
        var hashes = ExampleHash.Of(images.Sources, inputs, images.Count);
        var kept = Int8Files.RangesPath(source.File, card.Id!, options.Cache, method, hashes);
        if (File.Exists(kept))
        {
            return CalibrationFile.Read(kept);
        }

        options.Say?.Invoke(FormattableString.Invariant($"Reading the ranges of {card.Id} from {images.Count} images ({images.From}) ..."));
        var folder = Directory.CreateTempSubdirectory("bench-ranges-");
        try
        {
            var network = Path.Combine(folder.FullName, "watched.onnx");
            using (var stream = File.Create(network))
            {
                watched.Model.WriteTo(stream);
            }

            List<string> values = [.. watched.Inputs, .. watched.Values];
            var answer = RangeProcess.Run(
                new RangeRequest(network, inputs, images.Sources, images.Count, values, method, options.Libraries));
            if (answer.Failure is { } failure)
            {
                throw new InvalidDataException(failure.Replace(network, source.File.Path, StringComparison.Ordinal));
            }

            var calibration = new Calibration
            {
                Source = source.File.Sha256,
                Method = method,
                Engine = answer.Engine,
                Images = new CalibrationImages(images.From, hashes),
                Ranges = new OrderedDictionary<string, ActivationRange>(
                    answer.Ranges.Select(range => KeyValuePair.Create(range.Name, new ActivationRange(range.Min, range.Max)))),
            };
            Int8Files.Keep(calibration, kept);
            return calibration;
        }
        finally
        {
            TemporaryFiles.TryDelete(folder);
        }
    }

    private CalibrationMethod Method() => options.Int8.Method
        ?? (CalibrationMethods.TryParse(card.Calibration?.Method, out var method) ? method.Value : CalibrationMethod.MinMax);
}
