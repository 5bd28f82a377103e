using Bench.Arrays;
using Bench.Inference.Knobs;
using Bench.Models;
using Bench.Models.Onnx;
using Bench.Models.Signatures;
using Google.Protobuf;

namespace Bench.Inference.Tests;

/// <summary>Networks of a few bytes, for what needs a real engine but no real network.</summary>
internal static class TinyModel
{
    /// <summary>One node from x [1, 3, 4, 4] to y.</summary>
    public static byte[] OneNode(string operation, int[] outputShape, TensorProto.Types.DataType type = TensorProto.Types.DataType.Float)
    {
        var graph = new GraphProto { Name = "tiny" };
        graph.Input.Add(Value("x", [1, 3, 4, 4], type));
        graph.Output.Add(Value("y", outputShape, type));
        graph.Node.Add(new NodeProto { OpType = operation, Name = "node", Input = { "x" }, Output = { "y" } });
        return new ModelProto { IrVersion = 8, OpsetImport = { new OperatorSetIdProto { Version = 17 } }, Graph = graph }.ToByteArray();
    }

    public static SessionRequest Request(string path) => new()
    {
        ModelPath = path,
        ModelSha256 = string.Empty,
        Precision = Precision.Fp32,
        Knobs = KnobSettings.Of([new("threads", "1")]),
        Inputs = [Tensor("x", 1, 3, 4, 4)],
        Outputs = [Tensor("y", 1, 3, 4, 4)],
        Cache = Path.GetDirectoryName(path)!,
    };

    /// <summary>32-bit floats of a shape.</summary>
    public static TensorSpec Tensor(string name, params int[] shape) => new(name, ElementType.Float32, shape);

    public static ValueInfoProto Value(string name, int[] shape, TensorProto.Types.DataType type = TensorProto.Types.DataType.Float)
    {
        var dimensions = new TensorShapeProto();
        dimensions.Dim.AddRange(shape.Select(axis => new TensorShapeProto.Types.Dimension { DimValue = axis }));
        return new ValueInfoProto
        {
            Name = name,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)type, Shape = dimensions } },
        };
    }
}
