using System.Runtime.InteropServices;
using Google.Protobuf;

namespace Bench.Models.TensorFlow;

/// <summary>Makes the constants of a graph.</summary>
internal static class GraphDefTensors
{
    public static TensorShapeProto Shape(params ReadOnlySpan<int> axes)
    {
        var shape = new TensorShapeProto();
        foreach (var axis in axes)
        {
            shape.Dim.Add(new TensorShapeProto.Types.Dim { Size = axis });
        }

        return shape;
    }

    /// <summary>Integers that say how, not what. One by one, since some readers take them in no other form.</summary>
    public static TensorProto Integers(int[] shape, params int[] values)
    {
        var tensor = new TensorProto { Dtype = DataType.DtInt32, TensorShape = Shape(shape) };
        tensor.IntVal.AddRange(values);
        return tensor;
    }

    /// <summary>Stored weights, their axes put in TensorFlow's order.</summary>
    /// <param name="fp16">The elements, the last axis fastest.</param>
    /// <param name="shape">Their shape.</param>
    /// <param name="order">Which of the axes comes first, second and so on.</param>
    /// <param name="type">What to widen them to, if to anything.</param>
    public static TensorProto Weights(ReadOnlySpan<byte> fp16, int[] shape, int[] order, DataType type)
    {
        var permuted = Permute(MemoryMarshal.Cast<byte, Half>(fp16), shape, order);
        var content = MemoryMarshal.AsBytes<Half>(permuted).ToArray();
        if (type == DataType.DtFloat)
        {
            content = new byte[permuted.Length * sizeof(float)];
            System.Numerics.Tensors.TensorPrimitives.ConvertToSingle(permuted, MemoryMarshal.Cast<byte, float>(content.AsSpan()));
        }

        return new TensorProto
        {
            Dtype = type,
            TensorShape = Shape([.. order.Select(axis => shape[axis])]),
            TensorContent = UnsafeByteOperations.UnsafeWrap(content),
        };
    }

    internal static T[] Permute<T>(ReadOnlySpan<T> source, int[] shape, int[] order)
    {
        var strides = new int[shape.Length];
        for (int axis = shape.Length - 1, stride = 1; axis >= 0; stride *= shape[axis--])
        {
            strides[axis] = stride;
        }

        var result = new T[source.Length];
        var index = new int[shape.Length];
        for (var i = 0; i < result.Length; i++)
        {
            var from = 0;
            for (var axis = 0; axis < index.Length; axis++)
            {
                from += index[axis] * strides[order[axis]];
            }

            result[i] = source[from];
            for (var axis = index.Length - 1; axis >= 0 && ++index[axis] == shape[order[axis]]; axis--)
            {
                index[axis] = 0;
            }
        }

        return result;
    }
}
