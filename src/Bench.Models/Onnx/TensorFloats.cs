using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Bench.Models.Onnx;

/// <summary>The numbers of tensors of 32-bit floats.</summary>
internal static class TensorFloats
{
    /// <summary>Reads them.</summary>
    /// <param name="tensor">A tensor of 32-bit floats that lies in the file.</param>
    public static float[] Of(TensorProto tensor)
    {
        if (!tensor.HasRawData)
        {
            return [.. tensor.FloatData];
        }

        var numbers = MemoryMarshal.Cast<byte, float>(tensor.RawData.Span).ToArray();
        if (!BitConverter.IsLittleEndian)
        {
            var words = MemoryMarshal.Cast<float, int>(numbers.AsSpan());
            BinaryPrimitives.ReverseEndianness(words, words);
        }

        return numbers;
    }
}
