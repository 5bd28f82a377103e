using System.Runtime.InteropServices;

namespace Bench.Arrays.Npy;

/// <summary>An array of numbers with its shape, as kept in a <c>.npy</c> file.</summary>
/// <remarks>Little-endian, C order. The first axis counts images wherever Bench writes or reads one.</remarks>
public sealed class NpyArray
{
    private readonly byte[] _data;

    private NpyArray(ElementType elementType, int[] shape, byte[] data)
    {
        ElementType = elementType;
        Shape = shape;
        _data = data;
    }

    /// <summary>The type of the elements.</summary>
    public ElementType ElementType { get; }

    /// <summary>The length of each axis; empty for a single number.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>How many elements there are: the product of <see cref="Shape"/>.</summary>
    public int Count => _data.Length / ElementType.Size();

    /// <summary>The elements as they lie in the file.</summary>
    public ReadOnlySpan<byte> Bytes => _data;

    /// <summary>Makes an array of 32-bit floats.</summary>
    /// <param name="values">The elements, the last axis fastest. They are copied.</param>
    /// <param name="shape">The length of each axis; the product is the number of values.</param>
    /// <returns>The array.</returns>
    /// <exception cref="ArgumentException">The shape does not hold as many values.</exception>
    public static NpyArray FromSingles(ReadOnlySpan<float> values, params ReadOnlySpan<int> shape) =>
        From(ElementType.Float32, MemoryMarshal.AsBytes(values), shape);

    /// <summary>Makes an array of 64-bit floats.</summary>
    /// <param name="values">The elements, the last axis fastest. They are copied.</param>
    /// <param name="shape">The length of each axis; the product is the number of values.</param>
    /// <returns>The array.</returns>
    /// <exception cref="ArgumentException">The shape does not hold as many values.</exception>
    public static NpyArray FromDoubles(ReadOnlySpan<double> values, params ReadOnlySpan<int> shape) =>
        From(ElementType.Float64, MemoryMarshal.AsBytes(values), shape);

    /// <summary>Makes an array of bytes.</summary>
    /// <param name="values">The elements, the last axis fastest. They are copied.</param>
    /// <param name="shape">The length of each axis; the product is the number of values.</param>
    /// <returns>The array.</returns>
    /// <exception cref="ArgumentException">The shape does not hold as many values.</exception>
    public static NpyArray FromBytes(ReadOnlySpan<byte> values, params ReadOnlySpan<int> shape) =>
        From(ElementType.UInt8, values, shape);

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The array.</returns>
    /// <exception cref="NpyFormatException">The file is damaged or of a kind that Bench does not read.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static NpyArray Read(string path)
    {
        using var stream = File.OpenRead(path);
        if (stream.Length > Array.MaxLength)
        {
            throw new NpyFormatException(path, $"found {stream.Length} bytes; expected at most {Array.MaxLength}. Split it.");
        }

        // The head first: what is no array, or no whole one, is not read to its end.
        var head = new byte[(int)Math.Min(stream.Length, NpyHeader.MaximumLength)];
        stream.ReadExactly(head);
        var header = NpyHeader.Parse(head, path);
        CheckLength(header, stream.Length - header.DataOffset, path);
        var data = new byte[(int)stream.Length - header.DataOffset];
        stream.Position = header.DataOffset;
        stream.ReadExactly(data);
        return new NpyArray(header.ElementType, header.Shape, data);
    }

    /// <summary>Reads an array from the contents of a file.</summary>
    /// <param name="file">The contents.</param>
    /// <param name="source">What the data are called in messages.</param>
    /// <returns>The array.</returns>
    /// <exception cref="NpyFormatException">The data are damaged or of a kind that Bench does not read.</exception>
    public static NpyArray Parse(ReadOnlySpan<byte> file, string source)
    {
        var header = NpyHeader.Parse(file, source);
        var data = file[header.DataOffset..];
        CheckLength(header, data.Length, source);
        return new NpyArray(header.ElementType, header.Shape, data.ToArray());
    }

    /// <summary>Writes the array to a file; a file that stands there is replaced only once the new one is whole.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Write(string path)
    {
        var partial = path + ".partial";
        using (var stream = File.Create(partial))
        {
            stream.Write(NpyHeader.Format(ElementType, [.. Shape]));
            stream.Write(_data);
        }

        File.Move(partial, path, overwrite: true);
    }

    /// <summary>The contents of the file that holds the array.</summary>
    /// <returns>Head and elements.</returns>
    public byte[] ToFile() => [.. NpyHeader.Format(ElementType, [.. Shape]), .. _data];

    /// <summary>The elements as 32-bit floats; integers and wider floats are rounded to nearest.</summary>
    /// <returns>A new array.</returns>
    public float[] ToSingles()
    {
        var values = new float[Count];
        ElementConversion.ToSingles(_data, ElementType, values);
        return values;
    }

    /// <summary>The elements as 64-bit floats; 64-bit integers are rounded to nearest.</summary>
    /// <returns>A new array.</returns>
    public double[] ToDoubles()
    {
        var values = new double[Count];
        ElementConversion.ToDoubles(_data, ElementType, values);
        return values;
    }

    private static void CheckLength(NpyHeader header, long length, string source)
    {
        var expected = (Int128)header.ElementType.Size();
        foreach (var axis in header.Shape)
        {
            // Once nothing fits any more, stop: the product of 32 axes would overflow even 128 bits.
            expected = expected > Array.MaxLength ? expected : expected * axis;
        }

        if (length != expected)
        {
            throw new NpyFormatException(
                source,
                $"found {length} bytes of data; shape ({string.Join(", ", header.Shape)}) of {header.ElementType.Descr()} needs "
                + $"{expected}. "
                + (length < expected ? "The file is truncated." : "The file has something behind its array."));
        }
    }

    private static NpyArray From(ElementType type, ReadOnlySpan<byte> data, ReadOnlySpan<int> shape)
    {
        long count = type.Size();
        foreach (var length in shape)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(length, nameof(shape));
            count = checked(count * length);
        }

        return count == data.Length
            ? new NpyArray(type, shape.ToArray(), data.ToArray())
            : throw new ArgumentException(
                $"Found {data.Length / type.Size()} values for the shape ({string.Join(", ", shape.ToArray())}).", nameof(shape));
    }
}
