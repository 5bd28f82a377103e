using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Bench.Models.Onnx;
using Google.Protobuf;

namespace Bench.Models.Halves;

/// <summary>Turns tensors of 32-bit floats into halves.</summary>
internal sealed class HalfTensors
{
    // The largest half.
    private const float Largest = 65504;

    // So large are numbers that stand for infinity, as in masks of attention: the largest half does as well.
    private const float Infinite = 1e30f;

    /// <summary>How many numbers are too large for a half, and became the largest one.</summary>
    public long CutOff { get; private set; }

    /// <summary>How many numbers other than zero were too small for a half, and became zero.</summary>
    public long Lost { get; private set; }

    /// <summary>The same tensor in halves. Infinities and NaN stay what they are.</summary>
    /// <param name="tensor">A tensor of 32-bit floats that lies in the file.</param>
    /// <param name="name">The new name.</param>
    public TensorProto Convert(TensorProto tensor, string name)
    {
        var floats = TensorFloats.Of(tensor);
        var halves = new byte[floats.Length * 2];
        var numbers = MemoryMarshal.Cast<byte, Half>(halves.AsSpan());
        TensorPrimitives.ConvertToHalf(floats, numbers);
        for (var i = 0; i < floats.Length; i++)
        {
            if (float.IsFinite(floats[i]) && !Half.IsFinite(numbers[i]))
            {
                numbers[i] = (Half)(floats[i] > 0 ? Largest : -Largest);
                CutOff++;
            }
            else if (floats[i] != 0 && numbers[i] == (Half)0)
            {
                Lost++;
            }
        }

        var half = new TensorProto
        {
            Name = name,
            DataType = OnnxTypes.Float16,
            RawData = UnsafeByteOperations.UnsafeWrap(halves),
        };
        half.Dims.AddRange(tensor.Dims);
        return half;
    }

    /// <summary>Whether halves can hold a tensor's numbers, those aside that stand for infinity.</summary>
    /// <param name="tensor">A tensor of 32-bit floats that lies in the file.</param>
    public static bool Fits(TensorProto tensor) =>
        Array.TrueForAll(TensorFloats.Of(tensor), number => Math.Abs(number) is <= Largest or >= Infinite or float.NaN);
}
