using System.Globalization;
using Bench.Analysis.Runs;
using Bench.Models.Inputs;
using Bench.Models.Quantization;
using Bench.Models.Signatures;

namespace Bench.Benchmarks.Preparing;

/// <summary>Says in words what a model is: for people, and for the run's records.</summary>
internal static class ModelText
{
    /// <summary>Lines for a terminal.</summary>
    public static IEnumerable<string> Lines(PreparedModel model)
    {
        if (model.Failure is { } failure)
        {
            return [$"{model.Name,-22} failed: {failure}"];
        }

        var indent = new string(' ', 22);
        var inputs = Inputs(model).Select(input =>
            $"{indent} in   '{input.Name}' {input.Type} {TensorSpec.Text(input.Shape)}, {input.From}");
        var outputs = Outputs(model).Select(output => $"{indent} out  '{output.Name}' {output.Type} {TensorSpec.Text(output.Shape)}"
            + (!output.IsJudged ? string.Empty : model.Data!.LabelsPath is null ? ", compared between cells"
                : ", compared with the labels"));
        var examples = string.Create(CultureInfo.InvariantCulture,
            $"{indent} {model.Data!.Count} images, {(model.Data.LabelsPath is { } labels ? $"labels from {labels}" : "no labels")}");
        return [$"{model.Name,-22} {model.Card!.Title}", .. inputs, .. outputs, examples,
            .. Notes(model).Select(note => $"{indent} note: {note}")];
    }

    /// <summary>What goes in.</summary>
    public static IReadOnlyList<InputFacts> Inputs(PreparedModel model) =>
        [.. model.Files[0].Signature.Inputs.Zip(model.Data!.Inputs, (tensor, source) =>
            new InputFacts(tensor.Name, Arrays.ElementTypes.Name(tensor.Type), tensor.Shape, From(source)))];

    /// <summary>What comes out.</summary>
    public static IReadOnlyList<OutputFacts> Outputs(PreparedModel model) =>
        [.. model.Files[0].Signature.Outputs.Select(output =>
            new OutputFacts(output.Name, Arrays.ElementTypes.Name(output.Type), output.Shape, output.Name == model.Judged?.Name))];

    /// <summary>How whole volumes are processed; null where the card does not say.</summary>
    public static VolumeFacts? Volume(PreparedModel model)
    {
        if (model.Card!.Volume is not { } volume)
        {
            return null;
        }

        var window = volume.Window ?? [.. model.Files[0].Signature.Inputs[0].Shape.TakeLast(volume.Size.Count)];
        return new VolumeFacts(volume.Size, window, volume.Overlap, volume.Mirrors, volume.Folds, volume.Inferences(window));
    }

    /// <summary>What else a reader must know of the network.</summary>
    public static IReadOnlyList<string> Notes(PreparedModel model)
    {
        var first = model.Files[0];
        return
        [
            .. first.LeftOut.Count == 0 ? Array.Empty<string>()
                : [$"what it gives as {string.Join(", ", first.LeftOut.Select(name => $"'{name}'"))} is no array of numbers, "
                    + "and is left out."],
            .. first.Signature.Inputs is [{ Shape: [> 1 and var batch, ..] }, ..]
                ? [string.Create(CultureInfo.InvariantCulture,
                    $"a request is counted as one image, whatever its first axis of {batch} counts: "
                    + $"{first.WhyOneBatch ?? "this shape was given"}.")]
                : Array.Empty<string>(),
            .. first.WhyOneBatch is { } alone && first.Signature.Inputs is not [{ Shape: [> 1, ..] }, ..]
                ? [$"it takes one image at a time: {alone}."]
                : Array.Empty<string>(),
            .. model.Data!.Inputs.Where(input => input.IsGuess).Select(input =>
                $"nobody says what '{input.Name}' may be: it is {From(input)}; "
                + $"say it with --input {input.Name}=ints:LOW..HIGH, or with a number."),
            .. model.Halves is { } halves ? [$"its fp16 file was made by Bench of the fp32 one: {halves.Text}"] : Array.Empty<string>(),
            .. model.Int8 is { } int8
                ? [string.Create(CultureInfo.InvariantCulture, $"its int8 file was made by Bench of the fp32 one: {int8.Report.Text} ")
                    + string.Create(CultureInfo.InvariantCulture,
                        $"Ranges: {int8.Method.Name()} of {int8.Images.Hashes.Count} images ({int8.Images.From}), none of them evaluated.")]
                : Array.Empty<string>(),
            .. model.Data?.DerivedMargin is { } margin && model.Card!.EquivalenceMargin is null
                ? [string.Create(CultureInfo.InvariantCulture,
                    $"the margin of the absolute error, {margin:0.######}, is a hundredth of the span of the labels; the card may give "
                    + $"another (equivalenceMargin).")]
                : Array.Empty<string>(),
            .. model.Judged is null ? ["no output has a known length, so that none is compared."] : Array.Empty<string>(),
        ];
    }

    private static string From(InputSource source)
    {
        if (source.Given is not { } given)
        {
            return source.Drawn is { Kind: not DrawnKind.Normal } drawn && drawn.Low == drawn.High
                ? $"always {drawn}"
                : string.Create(CultureInfo.InvariantCulture, $"drawn ({source.Drawn}, seed {source.Seed})");
        }

        var scaled = source.Scale is [var scale] && Directory.Exists(given)
            ? string.Create(CultureInfo.InvariantCulture, $", divided by {scale}")
            : string.Empty;
        return $"from {Path.GetFileName(Path.TrimEndingDirectorySeparator(given))}{scaled}";
    }
}
