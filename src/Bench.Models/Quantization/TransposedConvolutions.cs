using System.Runtime.InteropServices;
using Bench.Models.Halves;
using Bench.Models.Onnx;
using Google.Protobuf;

namespace Bench.Models.Quantization;

/// <summary>Writes transposed convolutions whose blocks do not overlap as convolutions of one pixel, whose channels are then laid out as
/// blocks: the same products and sums, and processors have kernels for integers for them.</summary>
internal static class TransposedConvolutions
{
    /// <summary>Rewrites all that can be.</summary>
    /// <param name="graph">The graph, all weights in it; changed.</param>
    public static void Rewrite(GraphProto graph)
    {
        var weights = graph.Initializer.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        foreach (var node in graph.Node.Where(node => node.OpType == "ConvTranspose" && node.Domain is "" or "ai.onnx").ToList())
        {
            if (weights.TryGetValue(node.Input[1], out var kernel) && kernel.DataType == OnnxTypes.Float && Block(node, kernel) is { } block
                && (node.Input.Count < 3 || (weights.TryGetValue(node.Input[2], out var bias) && bias.DataType == OnnxTypes.Float)))
            {
                Rewrite(graph, node, kernel, node.Input.Count < 3 ? null : weights[node.Input[2]], block);
            }
        }
    }

    /// <summary>The side of a block; null where blocks overlap, have gaps, or are no squares.</summary>
    private static int? Block(NodeProto node, TensorProto kernel)
    {
        long[] Of(string name) => [.. ValueTypes.Attribute(node, name)?.Ints ?? []];
        return kernel.Dims is [_, _, var height, var width] && height == width && height > 1
            && Of("strides") is [var down, var right] && down == height && right == width
            && (ValueTypes.Attribute(node, "group")?.I ?? 1) == 1
            && Of("pads").All(pad => pad == 0) && Of("output_padding").All(pad => pad == 0) && Of("dilations").All(step => step == 1)
            && Of("output_shape").Length == 0 && (ValueTypes.Attribute(node, "auto_pad")?.S.ToStringUtf8() ?? "NOTSET") == "NOTSET"
                ? (int)height
                : null;
    }

    private static void Rewrite(GraphProto graph, NodeProto node, TensorProto kernel, TensorProto? bias, int block)
    {
        // [in, out, i, j] becomes [out × i × j, in, 1, 1].
        var (inputs, outputs, area) = ((int)kernel.Dims[0], (int)kernel.Dims[1], block * block);
        var numbers = TensorFloats.Of(kernel);
        var turned = new float[numbers.Length];
        for (var input = 0; input < inputs; input++)
        {
            for (var output = 0; output < outputs * area; output++)
            {
                turned[(output * inputs) + input] = numbers[(input * outputs * area) + output];
            }
        }

        var name = node.Output[0];
        var convolution = new NodeProto { OpType = "Conv", Name = $"{name}_blocks", Output = { $"{name}_blocks" } };
        convolution.Input.Add(node.Input[0]);
        convolution.Input.Add(Add(graph, $"{name}_blocks_weight", turned, outputs * area, inputs, 1, 1));
        if (bias is not null)
        {
            float[] repeated = [.. TensorFloats.Of(bias).SelectMany(number => Enumerable.Repeat(number, area))];
            convolution.Input.Add(Add(graph, $"{name}_blocks_bias", repeated, outputs * area));
        }

        var layOut = new NodeProto { OpType = "DepthToSpace", Name = node.Name, Input = { $"{name}_blocks" }, Output = { name } };
        layOut.Attribute.Add(new AttributeProto { Name = "blocksize", Type = AttributeProto.Types.AttributeType.Int, I = block });
        layOut.Attribute.Add(new AttributeProto
        {
            Name = "mode",
            Type = AttributeProto.Types.AttributeType.String,
            S = ByteString.CopyFromUtf8("CRD"),
        });
        var place = graph.Node.IndexOf(node);
        graph.Node[place] = convolution;
        graph.Node.Insert(place + 1, layOut);
    }

    private static string Add(GraphProto graph, string name, float[] numbers, params ReadOnlySpan<long> dims)
    {
        var tensor = new TensorProto
        {
            Name = name,
            DataType = OnnxTypes.Float,
            RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(numbers.AsSpan())),
        };
        tensor.Dims.AddRange(dims.ToArray());
        graph.Initializer.Add(tensor);
        return name;
    }
}
