using Bench.Models.Cards;
using Bench.Models.Files;
using Bench.Models.Inputs;
using Bench.Models.Onnx;
using Bench.Models.Quantization;
using Bench.Models.Signatures;

namespace Bench.Benchmarks.Preparing;

/// <summary>The images that ranges are read from: others than those that are evaluated.</summary>
/// <param name="Sources">Where the numbers of each input come from.</param>
/// <param name="Count">How many images are gone through.</param>
/// <param name="From">Where they come from, in a few words: no path.</param>
internal sealed record CalibrationSource(IReadOnlyList<InputSource> Sources, int Count, string From)
{
    /// <summary>Finds the images.</summary>
    /// <param name="card">The model.</param>
    /// <param name="cardPath">The card, or the file that was named.</param>
    /// <param name="inputs">What the network takes.</param>
    /// <param name="bounds">What is known of inputs that are places in a table.</param>
    /// <param name="options">How models are prepared; what the user says of calibration images.</param>
    /// <returns>The images.</returns>
    /// <exception cref="ModelCardException">There are none, or they do not fit.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public static CalibrationSource Find(
        ModelCard card, string cardPath, IReadOnlyList<TensorSpec> inputs, IndexBounds bounds, PreparingOptions options)
    {
        var spec = Spec(card, inputs, options.Int8);
        var count = spec.Count ?? CalibrationImages.DefaultCount;
        var other = Other(card, spec, inputs, count, options.Questions) ?? throw new ModelCardException(cardPath,
            ["there are no calibration images: the images that it is evaluated on must not be among them. Give others with "
                + "--calibration FILE_OR_FOLDER, or in the model card under calibration.inputs."]);
        var (withFiles, given) = (EvaluationData.WithFiles(other.Card, options.Cache), other.Given);
        var faults = new List<string>();
        var stored = StoredInput.Find(
            withFiles, cardPath, [.. inputs.Select(input => input.Name)], given, options.Cache, faults);
        if (faults.Count == 0)
        {
            stored = [.. stored.Zip(inputs, (input, tensor) => input.Fitted(tensor, options.Cache))];
        }

        var sources = faults.Count == 0 ? EvaluationData.Fit(withFiles, stored, inputs, bounds, faults) : [];
        if (faults.Count > 0)
        {
            throw new ModelCardException(cardPath, [.. faults.Select(fault => $"calibration images: {fault}")]);
        }

        return new CalibrationSource(sources, stored.Select(input => input.Count).OfType<int>().Append(count).Min(), other.From);
    }

    private static CalibrationSpec Spec(ModelCard card, IReadOnlyList<TensorSpec> inputs, Int8Options asked)
    {
        var spec = card.Calibration ?? new CalibrationSpec();
        return asked.Images.Count == 0 ? spec : spec with
        {
            Inputs = null,
            Files = asked.Images.ToDictionary(image => image.Key.Length > 0 ? image.Key : inputs[0].Name, image => image.Value),
        };
    }

    /// <summary>The same model with other images; null if nobody names any and those that are evaluated stand in files.</summary>
    private static (ModelCard Card, IReadOnlyDictionary<string, GivenInput> Given, string From)? Other(
        ModelCard card, CalibrationSpec spec, IReadOnlyList<TensorSpec> inputs, int count, NetworkQuestions questions)
    {
        var data = (card.Data ?? new EvaluationSource()) with { Labels = null, Sha256 = null };
        if (spec.HasImages)
        {
            var files = spec.Inputs is { } only ? new Dictionary<string, string> { [inputs[0].Name] = only } : spec.Files;
            var names = string.Join(", ", files.Values.Select(file => Path.GetFileName(Path.TrimEndingDirectorySeparator(file))));
            return (
                card with { Data = data with { Generator = null, Inputs = null }, Input = null, Inputs = [.. inputs.Select(WithFile)] },
                questions.Inputs.Where(input => !files.ContainsKey(input.Key)).ToDictionary(), names);

            InputSpec WithFile(TensorSpec input) => card.InputOf(input.Name, inputs.Count == 1) is var known
                && files.TryGetValue(input.Name, out var file) ? known with { Name = input.Name, File = file, Draw = null }
                : known with { Name = input.Name };
        }

        var seed = spec.Seed ?? CalibrationImages.DefaultSeed;
        var text = FormattableString.Invariant($"seed {seed}");
        if (data.Generator is { } generator && questions.Inputs.Values.All(input => input.Path is null))
        {
            return (card with { Data = data with { Seed = seed, Count = count } }, questions.Inputs, $"{generator}, {text}");
        }

        var isDrawn = data.Generator is null && data.Inputs is null
            && inputs.All(input => card.InputOf(input.Name, inputs.Count == 1).File is null || questions.Inputs.ContainsKey(input.Name))
            && questions.Inputs.Values.All(input => input.Path is null);
        return isDrawn ? (card with { Data = data with { Seed = seed, Count = count } }, questions.Inputs, $"drawn, {text}") : null;
    }
}
