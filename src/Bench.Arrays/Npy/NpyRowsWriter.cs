using Microsoft.Win32.SafeHandles;

namespace Bench.Arrays.Npy;

/// <summary>Writes a <c>.npy</c> file row by row, in any order and from several threads;
/// it appears under its name only when complete.</summary>
public sealed class NpyRowsWriter : IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly string _path;
    private readonly int _dataOffset;

    /// <summary>Begins a file.</summary>
    /// <param name="path">Where it will stand.</param>
    /// <param name="elementType">The type of the elements.</param>
    /// <param name="shape">The length of each axis; at least one.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public NpyRowsWriter(string path, ElementType elementType, params ReadOnlySpan<int> shape)
    {
        ArgumentOutOfRangeException.ThrowIfZero(shape.Length);
        var head = NpyHeader.Format(elementType, shape);
        _dataOffset = head.Length;
        RowLength = elementType.Size();
        foreach (var axis in shape[1..])
        {
            RowLength = checked(RowLength * axis);
        }

        _path = path;
        _file = File.OpenHandle(Partial, FileMode.Create, FileAccess.Write);
        RandomAccess.Write(_file, head, 0);
    }

    /// <summary>Bytes of one row.</summary>
    public int RowLength { get; }

    private string Partial => _path + ".partial";

    /// <summary>Writes one row.</summary>
    /// <param name="index">Its number, from 0.</param>
    /// <param name="row">Its elements, little-endian; <see cref="RowLength"/> bytes.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Write(int index, ReadOnlySpan<byte> row)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(row.Length, RowLength);
        RandomAccess.Write(_file, row, _dataOffset + ((long)index * RowLength));
    }

    /// <summary>Closes the file and gives it its name.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Complete()
    {
        _file.Dispose();
        File.Move(Partial, _path, overwrite: true);
    }

    /// <summary>Closes the file; what is not complete is deleted.</summary>
    public void Dispose()
    {
        _file.Dispose();
        File.Delete(Partial);
    }
}
