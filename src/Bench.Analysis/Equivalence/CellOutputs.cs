using System.Buffers.Binary;
using System.Security.Cryptography;
using Bench.Analysis.Input;
using Bench.Analysis.Runs;
using Bench.Arrays.Npy;

namespace Bench.Analysis.Equivalence;

/// <summary>The outputs of a cell, image by image, wherever they lie: in one file, or in the shares of its launches.</summary>
/// <param name="images">Where the output of each evaluated image lies.</param>
internal sealed class CellOutputs(IReadOnlyList<OutputPlace> images) : IDisposable
{
    private readonly IReadOnlyList<OutputPlace> _images = images;
    private readonly Dictionary<string, IOutputRows> _open = [];

    /// <summary>How many images there are.</summary>
    public int Images => _images.Count;

    /// <summary>Whether all files are there.</summary>
    public bool AreThere => _images.Select(place => place.Path).Distinct().All(File.Exists);

    /// <summary>Whether both lie at the same places: files are named by their content, so that equal names need no look.</summary>
    public bool IsSameAs(CellOutputs other) => _images.SequenceEqual(other._images);

    /// <summary>How many numbers an image has.</summary>
    public int ImageLength => Images == 0 ? 0 : Rows(_images[0].Path).ImageLength;

    /// <summary>Finds the outputs of a cell.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="cell">The cell.</param>
    /// <returns>The outputs; null if the cell has none.</returns>
    public static CellOutputs? Of(RunFolder folder, CellFacts cell)
    {
        var count = cell.OutputImages;
        if (cell.Outputs is { } file)
        {
            var path = Path.Combine(folder.Path, file);
            return new CellOutputs([.. Enumerable.Range(0, count).Select(image => new OutputPlace(path, image))]);
        }

        if (cell.OutputShares.Count == 0 || count == 0)
        {
            return null;
        }

        var places = new OutputPlace[count];
        // The first launch that processed an image is the one that counts, as in the metric.
        foreach (var share in cell.OutputShares.Reverse())
        {
            var path = Path.Combine(folder.Path, share.File);
            for (var row = 0; row < share.Images.Count; row++)
            {
                if (share.Images[row] < count)
                {
                    places[share.Images[row]] = new OutputPlace(path, row);
                }
            }
        }

        return new CellOutputs(places);
    }

    /// <summary>Compares two cells' outputs, image by image.</summary>
    /// <param name="one">The outputs of the one.</param>
    /// <param name="other">Those of the other, of the same images.</param>
    /// <param name="isRaw">Whether nothing but the outputs is known of the images: then more is asked of them.</param>
    /// <returns>How far they are apart.</returns>
    /// <exception cref="RunFormatException">A file is missing, damaged, does not fit the other, or holds a number that
    /// is not finite.</exception>
    public static ImageDifferences Compare(CellOutputs one, CellOutputs other, bool isRaw)
    {
        var largest = new double[one.Images];
        if (one.IsSameAs(other) && (!isRaw || !one.AreThere))
        {
            return new ImageDifferences(largest, isRaw ? RawDifferences.None : null);
        }

        if (one.ImageLength != other.ImageLength)
        {
            throw new OutputShapeException(other._images[0].Path,
                $"found {other.ImageLength} numbers for an image; {one._images[0].Path} has {one.ImageLength}. "
                + "Expected outputs of the same images and network.");
        }

        var census = new RawCensus(one.Rows(one._images[0].Path).ImageShape);
        var (first, second) = (new double[one.ImageLength], new double[one.ImageLength]);
        for (var image = 0; image < largest.Length; image++)
        {
            one.ReadImage(image, first);
            other.ReadImage(image, second);
            var at = OutputPair.LargestAt(first, second);
            largest[image] = first.Length == 0 ? 0 : Math.Abs(first[at] - second[at]);
            if (isRaw)
            {
                census.Add(first, second);
            }
        }

        // Of equal outputs nothing more is told, whether they are here or only known to be equal.
        var areEqual = largest.All(difference => difference == 0);
        return new ImageDifferences(largest, !isRaw ? null : areEqual ? RawDifferences.None : census.Result);
    }

    /// <summary>SHA-256 in lower-case hex of all numbers of all images: the same wherever they lie and however they are stored.</summary>
    /// <exception cref="RunFormatException">A file is missing or damaged, or a number is not finite.</exception>
    public string ContentSha256()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (image, bytes) = (new double[ImageLength], new byte[sizeof(double) * Math.Max(ImageLength, 2)]);
        BinaryPrimitives.WriteInt64LittleEndian(bytes, Images);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(sizeof(long)), ImageLength);
        hash.AppendData(bytes, 0, 2 * sizeof(long));
        for (var i = 0; i < Images; i++)
        {
            ReadImage(i, image);
            for (var at = 0; at < image.Length; at++)
            {
                // Adding 0 makes 0 of -0: they do not differ.
                BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(at * sizeof(double)), image[at] + 0.0);
            }

            hash.AppendData(bytes, 0, image.Length * sizeof(double));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Reads the numbers of one image; in ascending order it is quickest.</summary>
    /// <exception cref="RunFormatException">The file is missing or damaged, or a number is not finite.</exception>
    public void ReadImage(int image, Span<double> destination)
    {
        var (path, row) = _images[image];
        Rows(path).Read(row, destination);
        for (var i = 0; i < destination.Length; i++)
        {
            if (!double.IsFinite(destination[i]))
            {
                throw new RunFormatException(path, $"found {destination[i]} in image {image} at position {i}; expected finite numbers.");
            }
        }
    }

    public void Dispose()
    {
        foreach (var rows in _open.Values)
        {
            rows.Dispose();
        }
    }

    private IOutputRows Rows(string path)
    {
        if (_open.TryGetValue(path, out var known))
        {
            return known;
        }

        try
        {
            return _open[path] = path.EndsWith(".npz", StringComparison.Ordinal) ? new ArchivedRows(path) : new PlainRows(path);
        }
        catch (Exception e) when (e is NpyFormatException or IOException or UnauthorizedAccessException)
        {
            throw new RunFormatException(path, e is NpyFormatException npy ? npy.Problem : e.Message, e);
        }
    }
}

/// <summary>How far the outputs of two cells are apart.</summary>
/// <param name="Largest">For each image the largest absolute difference of any two elements; 0 where all are equal.</param>
/// <param name="Raw">What else is known where there are no labels; null where nobody asked.</param>
internal sealed record ImageDifferences(IReadOnlyList<double> Largest, RawDifferences? Raw);

/// <summary>Where the output of an image lies.</summary>
/// <param name="Path">The file.</param>
/// <param name="Row">The entry of its first axis.</param>
internal readonly record struct OutputPlace(string Path, int Row);
