using Bench.Models.Onnx;

namespace Bench.Models.Tests.Onnx;

/// <summary>What small networks are put together from.</summary>
internal static class GraphParts
{
    /// <summary>A node with one output.</summary>
    public static NodeProto Node(string name, string[] inputs, string output)
    {
        var node = new NodeProto { OpType = name };
        node.Input.AddRange(inputs);
        node.Output.Add(output);
        return node;
    }

    /// <summary>A 32-bit value of a shape.</summary>
    public static ValueInfoProto Value(string name, params int[] shape)
    {
        var dimensions = new TensorShapeProto();
        dimensions.Dim.AddRange(shape.Select(axis => new TensorShapeProto.Types.Dimension { DimValue = axis }));
        return new ValueInfoProto
        {
            Name = name,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = OnnxTypes.Float, Shape = dimensions } },
        };
    }
}
