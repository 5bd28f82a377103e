using System.Runtime.InteropServices;
using Bench.Inference.NativeRuntimes;
using Bench.Models.Inputs;
using Bench.Models.Quantization;
using Bench.Models.Signatures;
using Microsoft.ML.OnnxRuntime;

namespace Bench.Inference.OnnxRuntime.Probing;

/// <summary>Reads which numbers the values of a network take, on ONNX Runtime's CPU provider, image by image: no more than what one image
/// gives is kept.</summary>
public static class RangeProbe
{
    /// <summary>Reads ranges.</summary>
    /// <param name="path">The file of a <see cref="WatchedNetwork"/>.</param>
    /// <param name="inputs">What goes in.</param>
    /// <param name="watched">The names of the 32-bit values that are read; inputs of the network may be among them.</param>
    /// <param name="examples">Gives the numbers of every input for each image.</param>
    /// <param name="count">How many images there are.</param>
    /// <param name="method">What ranges are made of.</param>
    /// <param name="runtimes">The native libraries to choose from.</param>
    /// <returns>The ranges, in the order of the names, and what computed them.</returns>
    /// <exception cref="InferenceException">The network cannot be loaded or run, or a value is not finite; the message says for which
    /// image.</exception>
    public static (IReadOnlyDictionary<string, ActivationRange> Ranges, string Engine) Read(
        string path, IReadOnlyList<TensorSpec> inputs, IReadOnlyList<string> watched, ExampleReader examples, int count,
        CalibrationMethod method, RuntimeCatalogue runtimes)
    {
        BackendCatalogue.Find(BackendCatalogue.ReferenceId, runtimes)!.Open();
        // Values inside the network are wanted as the file has them: nothing may be fused away. Constants are folded all the same.
        using var session = ProbeSession.Load(path, GraphOptimizationLevel.ORT_ENABLE_BASIC);
        var collectors = watched.ToDictionary(name => name, _ => new RangeCollector(method), StringComparer.Ordinal);
        var run = new ProbeRun(session, inputs, [.. watched.Except(inputs.Select(input => input.Name))
            .Select(name => new TensorSpec(name, Arrays.ElementType.Float32, []))]);
        for (var pass = 0; pass < RangeCollector.Passes(method); pass++)
        {
            for (var image = 0; image < count; image++)
            {
                Add(run, inputs, collectors, pass, image, examples.Read(image), path);
            }
        }

        return (collectors.ToDictionary(entry => entry.Key, entry => entry.Value.Range, StringComparer.Ordinal),
            $"ONNX Runtime {OrtLibrary.LoadedVersion}, CPU provider");
    }

    private static void Add(
        ProbeRun run, IReadOnlyList<TensorSpec> inputs, Dictionary<string, RangeCollector> collectors, int pass, int image,
        IReadOnlyList<byte[]> example, string path)
    {
        void Take(string name, ReadOnlySpan<float> numbers)
        {
            try
            {
                collectors[name].Add(pass, numbers);
            }
            catch (InvalidDataException e)
            {
                throw new InferenceException($"'{name}' in {path} cannot be quantised: for calibration image {image} {e.Message}", e);
            }
        }

        foreach (var (input, bytes) in inputs.Zip(example).Where(pair => collectors.ContainsKey(pair.First.Name)))
        {
            Take(input.Name, MemoryMarshal.Cast<byte, float>(bytes));
        }

        try
        {
            run.Each(example, (output, value) => Take(output.Name, value.GetTensorDataAsSpan<float>()));
        }
        catch (OnnxRuntimeException e)
        {
            throw new InferenceException($"{path} does not run with calibration image {image}: {OrtWords.Of(e)}.", e);
        }
    }
}
