using System.IO.Compression;
using System.IO.Hashing;
using Bench.Arrays.Npy;

namespace Bench.Arrays.Npz;

/// <summary>Reads the rows (entries of the first axis) of the one array in a <c>.npz</c> archive, one after the other.</summary>
public sealed class NpzRows : IDisposable
{
    private const int FirstHead = 128;

    private readonly string _path;
    private readonly Stream _file;
    private readonly ZipArchive _archive;
    private readonly Stream _content;
    private readonly Crc32 _sum;
    private readonly uint _expectedSum;
    private int _next;

    private NpzRows(string path, Stream file, ZipArchive archive, Stream content, NpyHeader header, Crc32 sum)
    {
        (_path, _file, _archive, _content) = (path, file, archive, content);
        (_sum, _expectedSum) = (sum, archive.Entries[0].Crc32);
        (ElementType, Shape) = (header.ElementType, header.Shape);
        long length = header.ElementType.Size();
        foreach (var axis in header.Shape.AsSpan(1))
        {
            length = Math.Min(length * axis, int.MaxValue);
        }

        RowLength = length < int.MaxValue
            ? (int)length
            : throw new NpyFormatException(
                path, $"found rows of 2 GiB or more in the shape ({string.Join(", ", Shape)}); expected smaller ones.");
    }

    /// <summary>The type of the elements.</summary>
    public ElementType ElementType { get; }

    /// <summary>The length of each axis; at least one axis.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>How many rows there are.</summary>
    public int Count => Shape[0];

    /// <summary>Bytes of one row.</summary>
    public int RowLength { get; }

    /// <summary>Elements of one row.</summary>
    public int RowElements => RowLength / ElementType.Size();

    /// <summary>Opens an archive.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The open archive, before its first row.</returns>
    /// <exception cref="NpyFormatException">It is damaged, or does not hold exactly one array that Bench reads.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static NpzRows Open(string path) => Open(File.OpenRead(path), path);

    /// <summary>Opens an archive that is read from a stream, which ends with it.</summary>
    /// <exception cref="NpyFormatException">It is damaged, or does not hold exactly one array that Bench reads.</exception>
    internal static NpzRows Open(Stream file, string path)
    {
        try
        {
            var archive = new ZipArchive(file, ZipArchiveMode.Read);
            var content = archive.Entries.Count == 1
                ? archive.Entries[0].Open()
                : throw new NpyFormatException(path, $"found {archive.Entries.Count} arrays in the archive; expected one.");
            var sum = new Crc32();
            var header = ReadHeader(content, path, sum);
            return header.Shape.Length > 0
                ? new NpzRows(path, file, archive, content, header, sum)
                : throw new NpyFormatException(path, "found a single number; expected an array whose first axis counts images.");
        }
        catch (InvalidDataException e)
        {
            file.Dispose();
            throw new NpyFormatException(path, $"the archive is damaged: {e.Message}");
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Reads the next row.</summary>
    /// <param name="destination">Receives <see cref="RowLength"/> bytes, little-endian.</param>
    /// <exception cref="NpyFormatException">There is none, or the archive is damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public void ReadNext(Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(destination.Length, RowLength);
        try
        {
            _content.ReadExactly(destination);
            _sum.Append(destination);
            if (++_next == Count)
            {
                CheckEnd();
            }
        }
        catch (EndOfStreamException)
        {
            throw new NpyFormatException(_path, $"the array ends early; its shape is ({string.Join(", ", Shape)}).");
        }
        catch (InvalidDataException e)
        {
            throw new NpyFormatException(_path, $"the archive is damaged: {e.Message}");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _content.Dispose();
        _archive.Dispose();
        _file.Dispose();
    }

    /// <summary>.NET does not check the sum of an archive, and a flipped bit often still decompresses.</summary>
    private void CheckEnd()
    {
        if (_content.ReadByte() >= 0)
        {
            throw new NpyFormatException(
                _path, $"found something behind the array of shape ({string.Join(", ", Shape)}); expected the end.");
        }

        if (_sum.GetCurrentHashAsUInt32() != _expectedSum)
        {
            throw new NpyFormatException(_path, NpzFile.WrongSum);
        }
    }

    /// <summary>The head is as long as it says: bytes are read until it is whole.</summary>
    private static NpyHeader ReadHeader(Stream content, string path, Crc32 sum)
    {
        // Version 1 heads are padded to 64 bytes; the length stands in bytes 8 and 9, or 8 to 11.
        var head = new byte[FirstHead];
        var read = content.ReadAtLeast(head.AsSpan(0, NpyHeader.LengthEnd), NpyHeader.LengthEnd, throwOnEndOfStream: false);
        var length = NpyHeader.LengthOf(head.AsSpan(0, read), path);
        // A damaged head may say that it is shorter than what was read to learn its length.
        Array.Resize(ref head, Math.Max(length, read));
        var rest = content.ReadAtLeast(head.AsSpan(read), head.Length - read, throwOnEndOfStream: false);
        sum.Append(head.AsSpan(0, read + rest));
        return NpyHeader.Parse(head.AsSpan(0, read + rest), path);
    }
}
