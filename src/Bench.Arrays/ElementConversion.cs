using System.Buffers.Binary;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Bench.Arrays;

/// <summary>Turns the elements of arrays into floating-point numbers and back. Allocates nothing.</summary>
public static class ElementConversion
{
    /// <summary>Converts elements to 32-bit floats; integers and wider floats are rounded to nearest.</summary>
    /// <param name="source">The elements as they lie in a file.</param>
    /// <param name="type">Their type.</param>
    /// <param name="destination">Receives one number for each element.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public static void ToSingles(ReadOnlySpan<byte> source, ElementType type, Span<float> destination)
    {
        Check(source, type, destination.Length);
        switch (type)
        {
            case ElementType.Boolean or ElementType.UInt8:
                TensorPrimitives.ConvertTruncating(source, destination);
                break;
            case ElementType.Float16:
                TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<byte, Half>(source), destination);
                break;
            case ElementType.Float32:
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
    public static void ToDoubles(ReadOnlySpan<byte> source, ElementType type, Span<double> destination)
    {
        Check(source, type, destination.Length);
        for (var i = 0; i < destination.Length; i++)
        {
            destination[i] = Element(source, type, i);
        }
    }

    /// <summary>Converts 32-bit floats to elements of a type of floats, rounded to nearest.</summary>
    /// <param name="source">The floats.</param>
    /// <param name="type">The type of the elements; one of floats.</param>
    /// <param name="destination">Receives the elements, little-endian.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or it is no type of floats.</exception>
    public static void FromSingles(ReadOnlySpan<float> source, ElementType type, Span<byte> destination)
    {
        Check(destination, type, source.Length);
        switch (type)
        {
            case ElementType.Float32:
                MemoryMarshal.AsBytes(source).CopyTo(destination);
                break;
            case ElementType.Float16:
                TensorPrimitives.ConvertToHalf(source, MemoryMarshal.Cast<byte, Half>(destination));
                break;
            case ElementType.Float64:
                TensorPrimitives.ConvertTruncating(source, MemoryMarshal.Cast<byte, double>(destination));
                break;
            default:
                throw new ArgumentException($"Found the type {type.Name()}; expected one of floats.", nameof(type));
        }
    }

    /// <summary>Converts 64-bit floats to elements; for whole numbers they are cut off, and what is too large becomes the
    /// largest.</summary>
    /// <param name="source">The floats.</param>
    /// <param name="type">The type of the elements.</param>
    /// <param name="destination">Receives the elements, little-endian.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public static void FromDoubles(ReadOnlySpan<double> source, ElementType type, Span<byte> destination)
    {
        Check(destination, type, source.Length);
        var size = type.Size();
        for (var i = 0; i < source.Length; i++)
        {
            var value = source[i];
            var element = destination.Slice(i * size, size);
            switch (type)
            {
                case ElementType.Boolean:
                    element[0] = value != 0 ? (byte)1 : (byte)0;
                    break;
                case ElementType.UInt8:
                    element[0] = byte.CreateSaturating(value);
                    break;
                case ElementType.Int8:
                    element[0] = (byte)sbyte.CreateSaturating(value);
                    break;
                case ElementType.UInt16:
                    BinaryPrimitives.WriteUInt16LittleEndian(element, ushort.CreateSaturating(value));
                    break;
                case ElementType.Int16:
                    BinaryPrimitives.WriteInt16LittleEndian(element, short.CreateSaturating(value));
                    break;
                case ElementType.Int32:
                    BinaryPrimitives.WriteInt32LittleEndian(element, int.CreateSaturating(value));
                    break;
                case ElementType.Int64:
                    BinaryPrimitives.WriteInt64LittleEndian(element, long.CreateSaturating(value));
                    break;
                case ElementType.Float16:
                    BinaryPrimitives.WriteHalfLittleEndian(element, (Half)value);
                    break;
                case ElementType.Float32:
                    BinaryPrimitives.WriteSingleLittleEndian(element, (float)value);
                    break;
                default:
                    BinaryPrimitives.WriteDoubleLittleEndian(element, value);
                    break;
            }
        }
    }

    private static double Element(ReadOnlySpan<byte> source, ElementType type, int index)
    {
        var size = type.Size();
        var element = source.Slice(index * size, size);
        return type switch
        {
            ElementType.Boolean or ElementType.UInt8 => element[0],
            ElementType.Int8 => (sbyte)element[0],
            ElementType.UInt16 => BinaryPrimitives.ReadUInt16LittleEndian(element),
            ElementType.Int16 => BinaryPrimitives.ReadInt16LittleEndian(element),
            ElementType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(element),
            ElementType.Int64 => BinaryPrimitives.ReadInt64LittleEndian(element),
            ElementType.Float16 => (double)BinaryPrimitives.ReadHalfLittleEndian(element),
            ElementType.Float32 => BinaryPrimitives.ReadSingleLittleEndian(element),
            _ => BinaryPrimitives.ReadDoubleLittleEndian(element),
        };
    }

    private static void Check(ReadOnlySpan<byte> source, ElementType type, int count)
    {
        if (source.Length != (long)count * type.Size())
        {
            throw new ArgumentException($"Found {source.Length} bytes for {count} elements of {type.Size()} bytes each.", nameof(source));
        }
    }
}
