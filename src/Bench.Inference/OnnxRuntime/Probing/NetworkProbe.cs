using Bench.Inference.NativeRuntimes;
using Bench.Models.Onnx;
using Bench.Models.Signatures;
using Microsoft.ML.OnnxRuntime;

namespace Bench.Inference.OnnxRuntime.Probing;

/// <summary>Runs a network of which only the inputs are known, on ONNX Runtime's CPU provider, to see what comes out and whether it takes
/// other batches than one. Nothing is timed.</summary>
public static class NetworkProbe
{
    private const int OtherBatch = 2;

    /// <summary>Looks at a network.</summary>
    /// <param name="path">The ONNX file.</param>
    /// <param name="inputs">What goes in.</param>
    /// <param name="batchAxes">For each input that may have a batch of any length: on which axis.</param>
    /// <param name="examples">For each of some examples the bytes of every input; at least one.</param>
    /// <param name="runtimes">The native libraries to choose from.</param>
    /// <returns>What was seen.</returns>
    /// <exception cref="InferenceException">The network cannot be loaded, or does not run with these inputs; the message has the engine's
    /// own words and what to do.</exception>
    public static ProbeResult Run(
        string path, IReadOnlyList<TensorSpec> inputs, IReadOnlyDictionary<string, int> batchAxes,
        IReadOnlyList<IReadOnlyList<byte[]>> examples, RuntimeCatalogue runtimes)
    {
        var summary = OnnxSummary.Read(path);
        BackendCatalogue.Find(BackendCatalogue.ReferenceId, runtimes)!.Open();
        using var session = ProbeSession.Load(path, GraphOptimizationLevel.ORT_DISABLE_ALL,
            "Check that the file is whole, a valid ONNX model, and of operators that the CPU provider has.");
        var leftOut = summary.Outputs.Where(output => output.Type is null).Select(output => output.Name).ToList();
        var outputs = summary.Outputs.Where(output => output.Type is not null)
            .Select(output => new TensorSpec(output.Name, output.Type!.Value, [])).ToList();
        if (outputs.Count == 0)
        {
            throw new InferenceException(
                $"{path} gives {string.Join(", ", summary.Outputs)}; expected at least one array of numbers of a type that Bench has.");
        }

        var run = new ProbeRun(session, inputs, outputs);
        List<IReadOnlyList<IReadOnlyList<int>>> seen = [];
        foreach (var example in examples)
        {
            seen.Add(RunOne(run, example, inputs, path));
        }

        IReadOnlyList<TensorSpec> found = [.. outputs.Select((output, i) => output with
        {
            Shape = Shape(summary, output.Name, [.. seen.Select(shapesOfRun => shapesOfRun[i])]),
        })];
        var why = WhyOneBatch(run, examples[0], inputs, batchAxes, found, out var outputAxes);
        return new ProbeResult(found, leftOut, why) { OutputBatchAxes = outputAxes };
    }

    private static IReadOnlyList<IReadOnlyList<int>> RunOne(
        ProbeRun run, IReadOnlyList<byte[]> example, IReadOnlyList<TensorSpec> inputs, string path)
    {
        try
        {
            return run.Once(example, new Dictionary<string, (int, int)>());
        }
        catch (OnnxRuntimeException e)
        {
            var asked = string.Join(" ", inputs.Where(input => input.Shape.Count > 0).Select(input =>
                $"--shape {input.Name}={string.Join('x', input.Shape)}"));
            throw new InferenceException(
                $"{path} does not run with {string.Join(", ", inputs)}: {OrtWords.Of(e)}. "
                + $"If it takes other shapes or numbers, give them: {asked} (as tried), --input NAME=ints:LOW..HIGH or --input NAME=FILE.",
                    e);
        }
    }

    /// <summary>What all runs gave; an axis is open where they differ, or where the file leaves it open and has operators whose output
    /// depends on the numbers that go in.</summary>
    private static List<int> Shape(OnnxSummary summary, string name, IReadOnlyList<IReadOnlyList<int>> seen)
    {
        var declared = summary.Outputs.First(output => output.Name == name).Axes;
        return [.. seen[0].Select((length, axis) =>
            seen.Any(other => other.Count != seen[0].Count || other[axis] != length)
            // Some files declare the length that one example had.
            || (declared is not null && declared.Count == seen[0].Count && !declared[axis].IsOpen && declared[axis].Length != length)
            || (summary.MayHaveOpenOutputs && (declared is null || declared.Count <= axis || declared[axis] is { IsOpen: true } open
                && !open.IsNamedBatch && axis > 0))
                ? TensorSpec.Open
                : length)];
    }

    /// <summary>Why the network takes one image at a time although its file leaves the batch open, or as many as the file fixes.</summary>
    private static string? WhyOneBatch(
        ProbeRun run, IReadOnlyList<byte[]> example, IReadOnlyList<TensorSpec> inputs, IReadOnlyDictionary<string, int> batchAxes,
        IReadOnlyList<TensorSpec> outputs, out Dictionary<string, int> outputAxes)
    {
        outputAxes = [];
        if (batchAxes.Count == 0)
        {
            return inputs.FirstOrDefault(input => input.Shape.Count > 1) is { } first
                ? $"the file fixes the first axis at {first.Shape[0]}"
                : "no input has a batch";
        }

        try
        {
            var doubled = run.Once(example, batchAxes.ToDictionary(batch => batch.Key, batch => (batch.Value, OtherBatch)));
            foreach (var (shape, output) in doubled.Zip(outputs))
            {
                if (GrownAxis(output.Shape, shape) is var axis and >= 0)
                {
                    outputAxes[output.Name] = axis;
                }
            }

            return doubled.Zip(outputs).All(pair => pair.Second.IsFixed && pair.First.SequenceEqual(pair.Second.Shape))
                ? "its outputs are the same for one image and for two: the batch is baked into the network"
                : null;
        }
        catch (OnnxRuntimeException e)
        {
            return $"it does not run with {OtherBatch} images: {OrtWords.Of(e)}";
        }
    }

    /// <summary>The axis that counts images: the only one of known length that grew with them; -1 if there is none, or more than one.
    /// </summary>
    private static int GrownAxis(IReadOnlyList<int> one, IReadOnlyList<int> doubled)
    {
        if (one.Count != doubled.Count)
        {
            return -1;
        }

        var grown = Enumerable.Range(0, one.Count).Where(axis => one[axis] != TensorSpec.Open && one[axis] != doubled[axis]).ToList();
        return grown is [var only] && doubled[only] == one[only] * OtherBatch ? only : -1;
    }
}

/// <summary>What a probe saw.</summary>
/// <param name="Outputs">What comes out; an axis whose length depends on the numbers that go in is open.</param>
/// <param name="LeftOut">The names of outputs that are no arrays of numbers.</param>
/// <param name="WhyOneBatch">Why the network takes no other batch than the one that was tried; null if it takes others.</param>
public sealed record ProbeResult(IReadOnlyList<TensorSpec> Outputs, IReadOnlyList<string> LeftOut, string? WhyOneBatch)
{
    /// <summary>For each output that has a batch: on which axis.</summary>
    public IReadOnlyDictionary<string, int> OutputBatchAxes { get; init; } = new Dictionary<string, int>();
}
