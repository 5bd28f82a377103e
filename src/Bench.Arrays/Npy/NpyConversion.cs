using System.Buffers.Binary;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Bench.Arrays.Npy;

/// <summary>Turns the elements of <c>.npy</c> files into floating-point numbers. Allocates nothing.</summary>
public static class NpyConversion
{
    /// <summary>Converts elements to 32-bit floats; integers and wider floats are rounded to nearest.</summary>
    /// <param name="source">The elements as they lie in a file.</param>
    /// <param name="type">Their type.</param>
    /// <param name="destination">Receives one number for each element.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public static void ToSingles(ReadOnlySpan<byte> source, NpyElementType type, Span<float> destination)
    {
        Check(source, type, destination.Length);
        switch (type)
        {
            case NpyElementType.Boolean or NpyElementType.UInt8:
                TensorPrimitives.ConvertTruncating(source, destination);
                break;
            case NpyElementType.Float16:
                TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<byte, Half>(source), destination);
                break;
            case NpyElementType.Float32:
                MemoryMarshal.Cast<byte, float>(source).CopyTo(destination);
                break;
            default:
                for (var i = 0; i < destination.Length; i++)
                {
                    destination[i] = (float)Element(source, type, i);
                }

                break;
        }
    }

    /// <summary>Converts elements to 64-bit floats; 64-bit integers are rounded to nearest.</summary>
    /// <param name="source">The elements as they lie in a file.</param>
    /// <param name="type">Their type.</param>
    /// <param name="destination">Receives one number for each element.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public static void ToDoubles(ReadOnlySpan<byte> source, NpyElementType type, Span<double> destination)
    {
        Check(source, type, destination.Length);
        for (var i = 0; i < destination.Length; i++)
        {
            destination[i] = Element(source, type, i);
        }
    }

    private static double Element(ReadOnlySpan<byte> source, NpyElementType type, int index)
    {
        var size = type.Size();
        var element = source.Slice(index * size, size);
        return type switch
        {
            NpyElementType.Boolean or NpyElementType.UInt8 => element[0],
            NpyElementType.Int8 => (sbyte)element[0],
            NpyElementType.UInt16 => BinaryPrimitives.ReadUInt16LittleEndian(element),
            NpyElementType.Int16 => BinaryPrimitives.ReadInt16LittleEndian(element),
            NpyElementType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(element),
            NpyElementType.Int64 => BinaryPrimitives.ReadInt64LittleEndian(element),
            NpyElementType.Float16 => (double)BinaryPrimitives.ReadHalfLittleEndian(element),
            NpyElementType.Float32 => BinaryPrimitives.ReadSingleLittleEndian(element),
            _ => BinaryPrimitives.ReadDoubleLittleEndian(element),
        };
    }

    private static void Check(ReadOnlySpan<byte> source, NpyElementType type, int count)
    {
        if (source.Length != (long)count * type.Size())
        {
            throw new ArgumentException($"Found {source.Length} bytes for {count} elements of {type.Size()} bytes each.", nameof(source));
        }
    }
}
