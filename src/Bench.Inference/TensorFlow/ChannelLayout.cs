using System.Runtime.InteropServices;

namespace Bench.Inference.TensorFlow;

/// <summary>Turns images between channels first, as cards give them, and channels last, as TensorFlow takes them on a processor.</summary>
internal static class ChannelLayout
{
    /// <summary>The shape with the channels last.</summary>
    /// <param name="shape">Batch, channels, rows, columns and so on; up to three axes have no channels, and stay as they are.</param>
    public static long[] ChannelsLast(IReadOnlyList<int> shape) =>
        shape.Count < 4 ? [.. shape.Select(axis => (long)axis)] : [shape[0], .. shape.Skip(2).Select(axis => (long)axis), shape[1]];

    /// <summary>Copies elements from channels first to channels last.</summary>
    /// <param name="source">The elements.</param>
    /// <param name="destination">Where to.</param>
    /// <param name="shape">The shape with the channels first.</param>
    /// <param name="size">Bytes of an element.</param>
    public static void ToChannelsLast(ReadOnlySpan<byte> source, Span<byte> destination, IReadOnlyList<int> shape, int size) =>
        Transpose(source, destination, Channels(shape), source.Length / size / Channels(shape), size);

    /// <summary>Copies elements from channels last to channels first.</summary>
    /// <param name="source">The elements.</param>
    /// <param name="destination">Where to.</param>
    /// <param name="shape">The shape with the channels first.</param>
    /// <param name="size">Bytes of an element.</param>
    public static void ToChannelsFirst(ReadOnlySpan<byte> source, Span<byte> destination, IReadOnlyList<int> shape, int size) =>
        Transpose(source, destination, source.Length / size / Channels(shape), Channels(shape), size);

    private static int Channels(IReadOnlyList<int> shape) => shape.Count < 4 ? 1 : shape[1];

    private static void Transpose(ReadOnlySpan<byte> source, Span<byte> destination, int rows, int columns, int size)
    {
        if (rows == 1 || columns == 1)
        {
            source.CopyTo(destination);
            return;
        }

        switch (size)
        {
            case sizeof(float):
                Transpose(MemoryMarshal.Cast<byte, uint>(source), MemoryMarshal.Cast<byte, uint>(destination), rows, columns);
                break;
            case sizeof(double):
                Transpose(MemoryMarshal.Cast<byte, ulong>(source), MemoryMarshal.Cast<byte, ulong>(destination), rows, columns);
                break;
            case sizeof(ushort):
                Transpose(MemoryMarshal.Cast<byte, ushort>(source), MemoryMarshal.Cast<byte, ushort>(destination), rows, columns);
                break;
            default:
                Transpose<byte>(source, destination, rows, columns);
                break;
        }
    }

    private static void Transpose<T>(ReadOnlySpan<T> source, Span<T> destination, int rows, int columns)
    {
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                destination[(column * rows) + row] = source[(row * columns) + column];
            }
        }
    }
}
