namespace Bench.Inference.TensorFlow;

/// <summary>Turns images between channels first, as cards give them, and channels last, as TensorFlow takes them on a processor.</summary>
internal static class ChannelLayout
{
    /// <summary>The shape with the channels last.</summary>
    /// <param name="shape">Batch, channels, rows, columns and so on; up to three axes have no channels, and stay as they are.</param>
    public static long[] ChannelsLast(IReadOnlyList<int> shape) =>
        shape.Count < 4 ? [.. shape.Select(axis => (long)axis)] : [shape[0], .. shape.Skip(2).Select(axis => (long)axis), shape[1]];

    /// <summary>Copies an image from channels first to channels last.</summary>
    public static void ToChannelsLast(ReadOnlySpan<float> source, Span<float> destination, IReadOnlyList<int> shape) =>
        Transpose(source, destination, Channels(shape), source.Length / Channels(shape));

    /// <summary>Copies an image from channels last to channels first.</summary>
    public static void ToChannelsFirst(ReadOnlySpan<float> source, Span<float> destination, IReadOnlyList<int> shape) =>
        Transpose(source, destination, source.Length / Channels(shape), Channels(shape));

    private static int Channels(IReadOnlyList<int> shape) => shape.Count < 4 ? 1 : shape[1];

    private static void Transpose(ReadOnlySpan<float> source, Span<float> destination, int rows, int columns)
    {
        if (rows == 1 || columns == 1)
        {
            source.CopyTo(destination);
            return;
        }

        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                destination[(column * rows) + row] = source[(row * columns) + column];
            }
        }
    }
}
