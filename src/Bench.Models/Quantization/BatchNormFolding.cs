using System.Runtime.InteropServices;
using Bench.Models.Onnx;
using Google.Protobuf;

namespace Bench.Models.Quantization;

/// <summary>Takes normalisations over the batch into the convolutions before them, whose weights they scale.</summary>
internal static class BatchNormFolding
{
    private const float DefaultEpsilon = 1e-5f;

    /// <summary>Folds all that can be.</summary>
    /// <param name="graph">The graph, all weights in it; changed.</param>
    /// <returns>How many were.</returns>
    public static int Fold(GraphProto graph)
    {
        var weights = graph.Initializer.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        var uses = graph.Node.SelectMany(node => node.Input).Concat(graph.Output.Select(output => output.Name))
            .GroupBy(name => name, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        var producers = graph.Node
            .SelectMany(node => node.Output.Where(output => output.Length > 0).Select(output => (output, node)))
            .ToDictionary(entry => entry.output, entry => entry.node, StringComparer.Ordinal);
        var folded = 0;
        foreach (var normalisation in graph.Node
            .Where(node => node.OpType == "BatchNormalization" && node.Domain is "" or "ai.onnx").ToList())
        {
            if (normalisation.Input.Count == 5 && normalisation.Output.Count == 1
                && normalisation.Input.Skip(1).All(name => weights.TryGetValue(name, out var of) && of.DataType == OnnxTypes.Float)
                && producers.TryGetValue(normalisation.Input[0], out var convolution) && convolution.OpType == "Conv"
                && uses[normalisation.Input[0]] == 1 && weights.TryGetValue(convolution.Input[1], out var kernel)
                && kernel.DataType == OnnxTypes.Float && uses[convolution.Input[1]] == 1
                && (convolution.Input.Count < 3 || weights.ContainsKey(convolution.Input[2])))
            {
                Fold(graph, convolution, normalisation, weights);
                folded++;
            }
        }

        return folded;
    }

    private static void Fold(GraphProto graph, NodeProto convolution, NodeProto normalisation, Dictionary<string, TensorProto> weights)
    {
        float[] Of(int input) => TensorFloats.Of(weights[normalisation.Input[input]]);
        var (scale, shift, mean, variance) = (Of(1), Of(2), Of(3), Of(4));
        var epsilon = normalisation.Attribute.FirstOrDefault(attribute => attribute.Name == "epsilon")?.F ?? DefaultEpsilon;
        var kernel = weights[convolution.Input[1]];
        var numbers = TensorFloats.Of(kernel);
        var bias = convolution.Input.Count > 2 ? TensorFloats.Of(weights[convolution.Input[2]]) : new float[scale.Length];
        var inner = numbers.Length / scale.Length;
        var folded = new float[scale.Length];
        for (var channel = 0; channel < scale.Length; channel++)
        {
            var factor = scale[channel] / Math.Sqrt((double)variance[channel] + epsilon);
            for (var i = 0; i < inner; i++)
            {
                numbers[(channel * inner) + i] = (float)(numbers[(channel * inner) + i] * factor);
            }

            folded[channel] = (float)(((bias[channel] - (double)mean[channel]) * factor) + shift[channel]);
        }

        kernel.FloatData.Clear();
        kernel.RawData = Raw(numbers);
        var name = $"{normalisation.Output[0]}_folded_bias";
        var tensor = new TensorProto { Name = name, DataType = OnnxTypes.Float, RawData = Raw(folded) };
        tensor.Dims.Add(folded.Length);
        graph.Initializer.Add(tensor);
        weights[name] = tensor;
        if (convolution.Input.Count > 2)
        {
            convolution.Input[2] = name;
        }
        else
        {
            convolution.Input.Add(name);
        }

        convolution.Output[0] = normalisation.Output[0];
        graph.Node.Remove(normalisation);
    }

    private static ByteString Raw(float[] numbers) => ByteString.CopyFrom(MemoryMarshal.AsBytes(numbers.AsSpan()));
}
