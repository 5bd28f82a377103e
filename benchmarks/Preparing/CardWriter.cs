using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Bench.Arrays;
using Bench.Benchmarks.Host;
using Bench.CommandLine;
using Bench.Models;
using Bench.Models.Inputs;
using Bench.Models.Signatures;

namespace Bench.Benchmarks.Preparing;

/// <summary>Writes a model card with all that a model's files tell, for the user to complete.</summary>
internal static partial class CardWriter
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Prepares the model and writes its card.</summary>
    /// <param name="path">The card.</param>
    /// <param name="options">Which model, and what is said of it.</param>
    /// <param name="paths">Bench's own folders.</param>
    /// <param name="console">Hears what was written, and what to do with it.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="ArgumentException">Something is said of an input or output that the model does not have.</exception>
    /// <exception cref="IOException">The card cannot be written.</exception>
    public static int Write(string path, BenchOptions options, BenchPaths paths, TextWriter console)
    {
        var model = ModelPreparation.Prepare(options.Models[0], ModelList.Options(options, paths, [ModelFormat.Onnx]));
        if (model.Failure is { } failure)
        {
            console.WriteLine(failure);
            return ExitCodes.Incomplete;
        }

        QuestionCheck.ThrowIfUnheard(options.Questions, [model]);
        var folder = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(folder);
        File.WriteAllText(path, Text(model, folder, paths).ReplaceLineEndings("\n"));
        console.WriteLine($"Wrote {path}.");
        console.WriteLine("Where you know the right answers, complete it: task, output.values, data.inputs and data.labels; "
            + "equivalenceMargin says how far outputs may differ.");
        console.WriteLine($"All that may stand in it: {Path.Combine(paths.Models, "model-card.schema.json")}");
        console.WriteLine($"Measure it with: {BenchCommand.Run} -- --models {path}");
        return ExitCodes.Success;
    }

    private static string Text(PreparedModel model, string folder, BenchPaths paths)
    {
        var network = model.Card!.Network;
        var from = Path.GetDirectoryName(Path.GetFullPath(model.Source.Path))!;
        var files = new JsonObject();
        foreach (var format in Enum.GetValues<ModelFormat>())
        {
            var named = format switch
            {
                ModelFormat.Onnx => network.Onnx,
                ModelFormat.TensorFlow => network.TensorFlow,
                _ => network.OpenVino,
            };
            if (named is not null)
            {
                files[format.ToString().ToLowerInvariant()] = new JsonObject(
                    named.Select(file => KeyValuePair.Create(file.Key, (JsonNode?)Relative(Path.Combine(from, file.Value), folder))));
            }
        }

        var card = new JsonObject
        {
            ["$schema"] = Relative(Path.Combine(paths.Models, "model-card.schema.json"), folder),
            ["id"] = model.Name,
            ["title"] = model.Card.Title,
            ["task"] = model.Card.Task.ToString().ToLowerInvariant(),
            ["network"] = files,
            ["inputs"] = new JsonArray([.. model.Files[0].Signature.Inputs.Zip(
                model.Data!.Inputs, (tensor, source) => (JsonNode)Input(tensor, source, folder))]),
        };
        if (model.Judged is { } judged)
        {
            card["output"] = new JsonObject { ["name"] = judged.Name, ["shape"] = Shape(judged) };
        }

        if (model.Data.IsDrawn)
        {
            card["data"] = new JsonObject { ["seed"] = model.Data.Inputs[0].Seed, ["count"] = model.Data.Count };
        }

        // Shapes on one line.
        return NumbersOnLines().Replace(card.ToJsonString(Indented), list => Spaces().Replace(list.Value, " ").Replace("[ ", "[",
            StringComparison.Ordinal).Replace(" ]", "]", StringComparison.Ordinal)) + "\n";
    }

    private static JsonObject Input(TensorSpec tensor, InputSource source, string folder)
    {
        var input = new JsonObject { ["name"] = tensor.Name, ["shape"] = Shape(tensor), ["type"] = tensor.Type.Name() };
        if (source.Given is { } given)
        {
            input["file"] = Relative(given, folder);
            if (source.Scale is [var scale])
            {
                input["scale"] = scale;
            }
        }
        else
        {
            input["draw"] = source.Drawn!.ToString();
        }

        return input;
    }

    private static JsonArray Shape(TensorSpec tensor) => [.. tensor.Shape.Select(axis => (JsonNode)axis)];

    [GeneratedRegex(@"\[[\s\d,-]+\]")]
    private static partial Regex NumbersOnLines();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    // With slashes, so that the card is the same on every operating system.
    private static string Relative(string path, string folder) => Path.GetRelativePath(folder, path).Replace('\\', '/');
}
