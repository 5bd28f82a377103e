using System.Runtime.InteropServices;
using Bench.Models.Networks;
using Bench.Models.Weights;
using Google.Protobuf;

namespace Bench.Models.Onnx;

/// <summary>Turns a <see cref="Network"/> and its weights into an ONNX model.</summary>
/// <remarks>
/// Opset 17. The same bytes on every operating system. FP32 holds the stored FP16 weights widened, which is exact; FP16 keeps them as
/// they are and computes in FP16 between a cast at the input and one at the output.
/// </remarks>
public static class OnnxExporter
{
    /// <summary>Counts changes of what is written for the same network, so that files made before are made anew.</summary>
    public const int Version = 1;

    /// <summary>The version of ONNX's operator set that the models use.</summary>
    public const int Opset = 17;

    // The IR version that belongs to opset 17: https://github.com/onnx/onnx/blob/main/docs/Versioning.md.
    private const int IrVersion = 8;

    /// <summary>Builds the model.</summary>
    /// <param name="network">The layers.</param>
    /// <param name="weights">All weights that <see cref="Network.WeightShapes"/> names.</param>
    /// <param name="precision">What to compute in.</param>
    /// <param name="outputName">The name of the output value.</param>
    /// <returns>The contents of the <c>.onnx</c> file.</returns>
    /// <exception cref="WeightsFormatException">A weight is missing or has another shape.</exception>
    public static byte[] Export(Network network, SafetensorsFile weights, Precision precision, string outputName)
    {
        var graph = new GraphProto { Name = network.Name };
        var compute = precision.File == Precision.Fp16.File ? TensorProto.Types.DataType.Float16 : TensorProto.Types.DataType.Float;
        var last = network.Layers[^1];
        graph.Input.Add(Value(network.InputName, [1, network.Input.Channels, network.Input.Height, network.Input.Width]));
        graph.Output.Add(Value(
            outputName,
            last is LinearLayer ? [1, last.Output.Channels] : [1, last.Output.Channels, last.Output.Height, last.Output.Width]));
        foreach (var (name, shape) in network.WeightShapes)
        {
            graph.Initializer.Add(Tensor(name, shape, weights.Get(name, shape).Span, compute));
        }

        var nodes = new OnnxNodes(graph);
        if (precision.File == Precision.Fp16.File)
        {
            nodes.Rename(network.InputName, nodes.Cast(network.InputName, "input_fp16", compute));
        }

        foreach (var layer in network.Layers)
        {
            nodes.Add(layer);
        }

        nodes.Finish(last.Name, outputName, precision.File == Precision.Fp16.File);
        return new ModelProto
        {
            IrVersion = IrVersion,
            ProducerName = "Bench",
            OpsetImport = { new OperatorSetIdProto { Domain = string.Empty, Version = Opset } },
            Graph = graph,
        }.ToByteArray();
    }

    private static TensorProto Tensor(string name, int[] shape, ReadOnlySpan<byte> fp16, TensorProto.Types.DataType type)
    {
        var tensor = new TensorProto { Name = name, DataType = (int)type };
        tensor.Dims.AddRange(shape.Select(axis => (long)axis));
        if (type == TensorProto.Types.DataType.Float16)
        {
            tensor.RawData = ByteString.CopyFrom(fp16);
            return tensor;
        }

        var halves = MemoryMarshal.Cast<byte, Half>(fp16);
        var widened = new byte[halves.Length * sizeof(float)];
        System.Numerics.Tensors.TensorPrimitives.ConvertToSingle(halves, MemoryMarshal.Cast<byte, float>(widened.AsSpan()));
        tensor.RawData = UnsafeByteOperations.UnsafeWrap(widened);
        return tensor;
    }

    private static ValueInfoProto Value(string name, int[] shape)
    {
        var dimensions = new TensorShapeProto();
        dimensions.Dim.AddRange(shape.Select(axis => new TensorShapeProto.Types.Dimension { DimValue = axis }));
        return new ValueInfoProto
        {
            Name = name,
            Type = new TypeProto
            {
                TensorType = new TypeProto.Types.Tensor { ElemType = (int)TensorProto.Types.DataType.Float, Shape = dimensions },
            },
        };
    }
}
