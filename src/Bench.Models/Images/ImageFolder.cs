using System.Security.Cryptography;
using System.Text;
using Bench.Arrays;
using Bench.Arrays.Npy;
using Bench.Models.Onnx;
using Bench.Models.Signatures;

namespace Bench.Models.Images;

/// <summary>A folder of pictures, as examples for an input.</summary>
/// <param name="Path">The folder.</param>
public sealed record ImageFolder(string Path)
{
    private static readonly string[] Endings = [".png", ".jpg", ".jpeg", ".bmp", ".tga", ".gif"];
    private static readonly int[] ChannelCounts = [1, 3, 4];

    /// <summary>The pictures, by name.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public IReadOnlyList<string> Files() => [.. Directory.EnumerateFiles(Path)
        .Where(file => Endings.Contains(System.IO.Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
        .Order(StringComparer.Ordinal)];

    /// <summary>The shape that an input has if it takes the first picture as it is.</summary>
    /// <param name="input">What the network's file says of the input.</param>
    /// <returns>The shape, the batch of 1 included; null if the input takes no pictures, or there are none.</returns>
    /// <exception cref="InvalidDataException">The first picture is damaged.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public IReadOnlyList<int>? ShapeFor(OnnxValue input)
    {
        if (input.Axes is not { Count: 4 } axes || Files() is not [var first, ..])
        {
            return null;
        }

        var image = Raster.Read(first, 3);
        return ChannelCounts.Contains(axes[1].Length) ? [1, axes[1].Length, image.Height, image.Width]
            : ChannelCounts.Contains(axes[3].Length) ? [1, image.Height, image.Width, axes[3].Length]
            : null;
    }

    /// <summary>Writes the pictures, in the size that the network takes, as an array of bytes with the channels last.</summary>
    /// <param name="tensor">How the network takes them.</param>
    /// <param name="cache">The folder for files that Bench makes.</param>
    /// <returns>The <c>.npy</c> file.</returns>
    /// <exception cref="InvalidDataException">There are none, one is damaged, or the network takes no pictures.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public string ToArray(TensorSpec tensor, string cache)
    {
        var files = Files();
        if (files.Count == 0)
        {
            throw new InvalidDataException($"{Path} holds no picture; expected files that end in {string.Join(", ", Endings)}.");
        }

        var (channels, height, width) = tensor.Shape switch
        {
            [1, var first, var rows, var columns] when ChannelCounts.Contains(first) => (first, rows, columns),
            [1, var rows, var columns, var last] when ChannelCounts.Contains(last) => (last, rows, columns),
            _ => throw new InvalidDataException(
                $"{Path} is a folder of pictures, and {tensor} takes none; expected [1, channels, height, width] or "
                + "[1, height, width, channels] with 1, 3 or 4 channels."),
        };
        Directory.CreateDirectory(cache);
        var path = System.IO.Path.GetFullPath(System.IO.Path.Combine(cache, $"images-{Key(files, channels, height, width)}.npy"));
        if (File.Exists(path))
        {
            return path;
        }

        using var writer = new NpyRowsWriter(path, ElementType.UInt8, files.Count, height, width, channels);
        for (var i = 0; i < files.Count; i++)
        {
            writer.Write(i, Raster.Read(files[i], channels).Resize(width, height).Bytes);
        }

        writer.Complete();
        return path;
    }

    private static string Key(IReadOnlyList<string> files, int channels, int height, int width)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"1 {channels} {height} {width}"));
        foreach (var file in files)
        {
            hash.AppendData(SHA256.HashData(File.ReadAllBytes(file)));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }
}
