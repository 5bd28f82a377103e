using Bench.Analysis.Input;
using Bench.Arrays;
using Bench.Arrays.Npy;
using Bench.Arrays.Npz;

namespace Bench.Analysis.Equivalence;

/// <summary>A <c>.npy</c> file, or a <c>.npz</c> archive of one, whose first axis counts images.</summary>
internal sealed record OutputFile(string Path, NpyArray Array)
{
    public int Images => Array.Shape[0];

    /// <summary>How many numbers an image has.</summary>
    public int ImageLength => Array.Count / Images;

    /// <exception cref="RunFormatException">The file is missing, damaged or holds no image.</exception>
    public static OutputFile Read(string path)
    {
        NpyArray array;
        try
        {
            array = path.EndsWith(".npz", StringComparison.OrdinalIgnoreCase) ? NpzFile.Read(path) : NpyArray.Read(path);
        }
        catch (Exception e) when (e is NpyFormatException or IOException or UnauthorizedAccessException or OutOfMemoryException)
        {
            throw new RunFormatException(path, e is NpyFormatException npy ? npy.Problem : e.Message, e);
        }

        return array.Shape.Count > 0 && array.Count > 0
            ? new OutputFile(path, array)
            : throw new RunFormatException(
                path, $"found shape ({string.Join(", ", array.Shape)}); expected at least one image along the first axis.");
    }

    /// <summary>Reads the numbers of one image.</summary>
    /// <exception cref="RunFormatException">One is not finite.</exception>
    public void ReadImage(int image, Span<double> destination)
    {
        var bytes = Array.Bytes.Length / Images;
        ElementConversion.ToDoubles(Array.Bytes.Slice(image * bytes, bytes), Array.ElementType, destination);
        for (var i = 0; i < destination.Length; i++)
        {
            if (!double.IsFinite(destination[i]))
            {
                throw new RunFormatException(Path, $"found {destination[i]} in image {image} at position {i}; expected finite numbers.");
            }
        }
    }
}
