using Microsoft.Win32.SafeHandles;

namespace Bench.Arrays.Npy;

/// <summary>Reads single rows (entries of the first axis) of a <c>.npy</c> file that is too large to be wanted whole.</summary>
public sealed class NpyRows : IDisposable
{
    private const int HeadRoom = 1 << 16;

    private readonly SafeFileHandle _file;
    private readonly string _path;
    private readonly int _dataOffset;

    private NpyRows(SafeFileHandle file, string path, NpyHeader header)
    {
        _file = file;
        _path = path;
        _dataOffset = header.DataOffset;
        ElementType = header.ElementType;
        Shape = header.Shape;
        long length = header.ElementType.Size();
        foreach (var axis in header.Shape.AsSpan(1))
        {
            length = Math.Min(length * axis, int.MaxValue);
        }

        RowLength = (int)length;
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

    /// <summary>Opens a file and checks that all its rows are there.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The open file.</returns>
    /// <exception cref="NpyFormatException">The file is damaged or of a kind that Bench does not read.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static NpyRows Open(string path)
    {
        var file = File.OpenHandle(path);
        try
        {
            var length = RandomAccess.GetLength(file);
            var head = new byte[(int)Math.Min(length, HeadRoom)];
            ReadFully(file, head, 0, path);
            var header = NpyHeader.Parse(head, path);
            if (header.Shape.Length == 0)
            {
                throw new NpyFormatException(path, "found a single number; expected an array whose first axis counts images.");
            }

            var rows = new NpyRows(file, path, header);
            var expected = header.DataOffset + ((Int128)rows.RowLength * rows.Count);
            return length == expected
                ? rows
                : throw new NpyFormatException(
                    path,
                    $"found {length} bytes; shape ({string.Join(", ", header.Shape)}) of {header.ElementType.Descr()} needs {expected}.");
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Reads one row.</summary>
    /// <param name="index">Its number, from 0.</param>
    /// <param name="destination">Receives <see cref="RowLength"/> bytes, as they lie in the file.</param>
    /// <exception cref="ArgumentException">An argument does not fit the file.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public void Read(int index, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        ArgumentOutOfRangeException.ThrowIfNotEqual(destination.Length, RowLength);
        ReadFully(_file, destination, _dataOffset + ((long)index * RowLength), _path);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static void ReadFully(SafeFileHandle file, Span<byte> destination, long offset, string path)
    {
        while (destination.Length > 0)
        {
            var read = RandomAccess.Read(file, destination, offset);
            if (read == 0)
            {
                throw new NpyFormatException(path, $"the file ends at byte {offset}, {destination.Length} bytes early.");
            }

            destination = destination[read..];
            offset += read;
        }
    }
}
