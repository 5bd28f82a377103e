using System.Runtime.InteropServices;
using Bench.Models.Onnx;
using Google.Protobuf;

namespace Bench.Models.Quantization;

/// <summary>What a quantised network is put together from: nodes that write integers and read them, and their scales and zeros.</summary>
internal static class QuantizedTensors
{
    /// <summary>ONNX's number for signed bytes.</summary>
    public const int Int8 = (int)TensorProto.Types.DataType.Int8;

    /// <summary>ONNX's number for 32-bit integers.</summary>
    public const int Int32 = (int)TensorProto.Types.DataType.Int32;

    private const int UInt8 = (int)TensorProto.Types.DataType.Uint8;

    public static NodeProto Pair(string operation, IEnumerable<string> inputs, string output, int? axis = null)
    {
        var node = new NodeProto { OpType = operation, Name = output, Output = { output } };
        node.Input.AddRange(inputs);
        if (axis is { } number)
        {
            node.Attribute.Add(new AttributeProto { Name = "axis", Type = AttributeProto.Types.AttributeType.Int, I = number });
        }

        return node;
    }

    public static TensorProto Scalar(string name, float value) =>
        new() { Name = name, DataType = OnnxTypes.Float, RawData = ByteString.CopyFrom(BitConverter.GetBytes(value)) };

    public static TensorProto Zero(string name, int value, QuantizationRecipe recipe) => new()
    {
        Name = name,
        DataType = recipe.IsSymmetric ? Int8 : UInt8,
        RawData = ByteString.CopyFrom([unchecked((byte)value)]),
    };

    public static TensorProto Vector(string name, float[] values)
    {
        var tensor = new TensorProto
        {
            Name = name,
            DataType = OnnxTypes.Float,
            RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(values.AsSpan())),
        };
        tensor.Dims.Add(values.Length);
        return tensor;
    }

    public static TensorProto Zeros(string name, int type, int count)
    {
        var tensor = new TensorProto
        {
            Name = name,
            DataType = type,
            RawData = ByteString.CopyFrom(new byte[count * (type == Int32 ? sizeof(int) : 1)]),
        };
        tensor.Dims.Add(count);
        return tensor;
    }
}
