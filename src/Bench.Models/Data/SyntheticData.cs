using Bench.Arrays;
using Bench.Arrays.Npy;

namespace Bench.Models.Data;

/// <summary>Writes the images of a generator, with their labels, to <c>.npy</c> files.</summary>
public static class SyntheticData
{
    /// <summary>Draws and writes images 0 to <paramref name="count"/> - 1.</summary>
    /// <param name="generator"><c>lesion-images</c> (classes) or <c>lesion-slices</c> (masks).</param>
    /// <param name="seed">The seed of the set.</param>
    /// <param name="count">How many.</param>
    /// <param name="imagesPath">Receives bytes of shape (count, height, width, channels).</param>
    /// <param name="labelsPath">Receives bytes: (count) classes or (count, 1, height, width) masks.</param>
    /// <exception cref="ArgumentException">There is no such generator, or the count is not above 0.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static void Write(string generator, ulong seed, int count, string imagesPath, string labelsPath)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        switch (generator)
        {
            case "lesion-images":
                WriteImages(new ClassificationImages(seed), count, imagesPath, labelsPath);
                break;
            case "lesion-slices":
                WriteSlices(new SegmentationSlices(seed), count, imagesPath, labelsPath);
                break;
            default:
                throw new ArgumentException($"Unknown generator '{generator}'.", nameof(generator));
        }
    }

    private static void WriteImages(ClassificationImages source, int count, string imagesPath, string labelsPath)
    {
        const int Size = ClassificationImages.DefaultSize;
        using var images = new NpyRowsWriter(imagesPath, ElementType.UInt8, count, Size, Size, ClassificationImages.Channels);
        using var labels = new NpyRowsWriter(labelsPath, ElementType.UInt8, count);
        Draw(
            count,
            () => new byte[source.ImageLength],
            (i, buffer) =>
            {
                labels.Write(i, [(byte)source.Draw(i, buffer)]);
                images.Write(i, buffer);
            });
        labels.Complete();
        images.Complete();
    }

    private static void WriteSlices(SegmentationSlices source, int count, string imagesPath, string labelsPath)
    {
        const int Size = SegmentationSlices.DefaultSize;
        using var images = new NpyRowsWriter(imagesPath, ElementType.UInt8, count, Size, Size, 1);
        using var masks = new NpyRowsWriter(labelsPath, ElementType.UInt8, count, 1, Size, Size);
        Draw(
            count,
            () => new byte[2 * source.ImageLength],
            (i, buffer) =>
            {
                source.Draw(i, buffer.AsSpan(0, source.ImageLength), buffer.AsSpan(source.ImageLength));
                images.Write(i, buffer.AsSpan(0, source.ImageLength));
                masks.Write(i, buffer.AsSpan(source.ImageLength));
            });
        masks.Complete();
        images.Complete();
    }

    private static void Draw(int count, Func<byte[]> buffer, Action<int, byte[]> draw)
    {
        try
        {
            Parallel.For(
                0,
                count,
                buffer,
                (i, _, b) =>
                {
                    draw(i, b);
                    return b;
                },
                _ => { });
        }
        catch (AggregateException e) when (e.InnerExceptions[0] is IOException)
        {
            throw new IOException(e.InnerExceptions[0].Message, e);
        }
    }
}
