using Bench.Benchmarks.Preparing;
using Bench.Models.Files;
using Bench.Models.Inputs;
using Bench.Models.Signatures;

namespace Bench.Benchmarks.Host;

/// <summary>Reads which models are measured, and what is said of their inputs and outputs.</summary>
internal static class ModelOptions
{
    /// <summary>The cards in Bench's folder.</summary>
    public static IReadOnlyList<string> KnownCards(BenchPaths paths) => Directory.Exists(paths.Models)
        ? [.. Directory.GetFiles(paths.Models, "*.json")
            .Where(file => !file.EndsWith(".schema.json", StringComparison.Ordinal)).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>The models that are named.</summary>
    /// <param name="text">Names of cards in Bench's folder, and paths of cards and ONNX files.</param>
    /// <param name="paths">Bench's own folders.</param>
    /// <param name="faults">Takes what is wrong.</param>
    public static IReadOnlyList<ModelSource> Models(string text, BenchPaths paths, List<string> faults)
    {
        var known = KnownCards(paths);
        var chosen = new List<string>();
        foreach (var name in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var isPath = name.EndsWith(".json", StringComparison.OrdinalIgnoreCase)
                || name.EndsWith(ModelSource.OnnxEnding, StringComparison.OrdinalIgnoreCase);
            if (name == MeasureOptions.All)
            {
                chosen.AddRange(known);
            }
            else if (isPath && File.Exists(name))
            {
                chosen.Add(Path.GetFullPath(name));
            }
            else if (known.FirstOrDefault(card => Path.GetFileNameWithoutExtension(card) == name) is { } card)
            {
                chosen.Add(card);
            }
            else
            {
                var names = known.Select(Path.GetFileNameWithoutExtension).Prepend(MeasureOptions.All);
                faults.Add(isPath
                    ? $"--models: found no file {name}; expected the path of an ONNX file (*.onnx) or of a model card (*.json)."
                    : $"--models: found '{name}'; expected {string.Join(", ", names)}, "
                        + "or the path of an ONNX file (*.onnx) or of a model card (*.json).");
            }
        }

        if (chosen.Count == 0 && faults.Count == 0)
        {
            faults.Add($"--models: found no model card in {paths.Models}; expected at least one *.json.");
        }

        // Files of one model that are named one by one are one model.
        return [.. chosen.Distinct().Select(path => new ModelSource(path))
            .DistinctBy(source => source.IsBare ? (Path.GetDirectoryName(source.Path), source.Id) : (source.Path, string.Empty))];
    }

    /// <summary>What is said of inputs and outputs.</summary>
    /// <param name="given">What stands on the command line.</param>
    /// <param name="faults">Takes what is wrong.</param>
    public static NetworkQuestions Questions(GivenOptions given, List<string> faults)
    {
        var shapes = new Dictionary<string, IReadOnlyList<int>>();
        foreach (var (name, text) in Pairs("--shape", given.Result.GetValue(given.Options.Shape) ?? [], "input=1x3x224x224", faults))
        {
            if (ShapeText.TryParse(text, out var shape))
            {
                shapes[name] = shape;
            }
            else
            {
                faults.Add($"--shape: found '{text}' for {name}; expected lengths above 0 with x between them, as in 1x3x224x224.");
            }
        }

        var inputs = new Dictionary<string, GivenInput>();
        foreach (var (name, text) in Pairs("--input", given.Result.GetValue(given.Options.Input) ?? [], "tokens=ints:0..30521", faults))
        {
            if (DrawnValues.IsMeant(text))
            {
                inputs[name] = new GivenInput(null, DrawnValues.TryParse(text, out var drawn) ? drawn : null);
                if (drawn is null)
                {
                    faults.Add($"--input: found '{text}' for {name}; expected {DrawnValues.Expected}, the smaller number first.");
                }
            }
            else if (File.Exists(text) || Directory.Exists(text))
            {
                inputs[name] = new GivenInput(Path.GetFullPath(text), null);
            }
            else
            {
                faults.Add($"--input: found '{text}' for {name}, which is no file; expected a .npy or .npz file, a folder of images, "
                    + $"{DrawnValues.Expected}.");
            }
        }

        return new NetworkQuestions { Shapes = shapes, Inputs = inputs, Judged = given.Result.GetValue(given.Options.OutputJudged) };
    }

    private static IEnumerable<(string Name, string Value)> Pairs(string option, string[] texts, string example, List<string> faults)
    {
        foreach (var text in texts)
        {
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && equals < text.Length - 1)
            {
                yield return (text[..equals], text[(equals + 1)..]);
            }
            else
            {
                faults.Add($"{option}: found '{text}'; expected the name of an input and what is said of it, as in {example}.");
            }
        }
    }
}
