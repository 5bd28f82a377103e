using StbImageSharp;

namespace Bench.Models.Images;

/// <summary>A picture in memory: bytes, row by row, the channels of a pixel side by side.</summary>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Channels">1 for grey, 3 for red, green and blue, 4 with opacity.</param>
/// <param name="Bytes">The pixels.</param>
public sealed record Raster(int Width, int Height, int Channels, byte[] Bytes)
{
    /// <summary>Reads a PNG, JPEG, BMP, TGA or GIF file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="channels">How many channels are wanted: 1, 3 or 4.</param>
    /// <returns>The picture.</returns>
    /// <exception cref="InvalidDataException">The file is no such picture, or damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Raster Read(string path, int channels)
    {
        var wanted = channels switch
        {
            1 => ColorComponents.Grey,
            3 => ColorComponents.RedGreenBlue,
            _ => ColorComponents.RedGreenBlueAlpha,
        };
        try
        {
            var image = ImageResult.FromMemory(File.ReadAllBytes(path), wanted);
            return new Raster(image.Width, image.Height, channels, image.Data);
        }
        catch (Exception e) when (e is not (IOException or UnauthorizedAccessException))
        {
            // The decoder fails in many ways on what is no picture.
            throw new InvalidDataException($"{path} cannot be read as a picture: {e.Message}", e);
        }
    }

    /// <summary>The same picture in another size: each pixel is the mean of those that it covers, weighted by a triangle, as Pillow's
    /// <c>BILINEAR</c> and torchvision's <c>antialias</c> have it.</summary>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <returns>The picture; this one if it has the size.</returns>
    public Raster Resize(int width, int height)
    {
        if ((width, height) == (Width, Height))
        {
            return this;
        }

        var across = Triangle.Weights(Width, width);
        var rows = new double[Height * width * Channels];
        for (var row = 0; row < Height; row++)
        {
            for (var x = 0; x < width; x++)
            {
                foreach (var (from, weight) in across[x])
                {
                    for (var channel = 0; channel < Channels; channel++)
                    {
                        rows[(((row * width) + x) * Channels) + channel] += weight * Bytes[(((row * Width) + from) * Channels) + channel];
                    }
                }
            }
        }

        var down = Triangle.Weights(Height, height);
        var stride = width * Channels;
        var bytes = new byte[height * stride];
        for (var y = 0; y < height; y++)
        {
            for (var at = 0; at < stride; at++)
            {
                var sum = 0.0;
                foreach (var (from, weight) in down[y])
                {
                    sum += weight * rows[(from * stride) + at];
                }

                bytes[(y * stride) + at] = (byte)Math.Clamp(Math.Floor(sum + 0.5), byte.MinValue, byte.MaxValue);
            }
        }

        return new Raster(width, height, Channels, bytes);
    }
}
