using Bench.Analysis.Input;
using Bench.Arrays;
using Bench.Arrays.Npy;
using Bench.Arrays.Npz;

namespace Bench.Analysis.Equivalence;

/// <summary>A file of outputs, an image for each entry of the first axis.</summary>
internal interface IOutputRows : IDisposable
{
    /// <summary>How many numbers an image has.</summary>
    int ImageLength { get; }

    /// <summary>The shape of an image's numbers.</summary>
    IReadOnlyList<int> ImageShape { get; }

    /// <summary>Reads the numbers of one image. Archives are read from front to back: to go back takes longer.</summary>
    /// <exception cref="RunFormatException">The file is damaged, or has no such image.</exception>
    void Read(int row, Span<double> destination);
}

/// <summary>Outputs in a <c>.npy</c> file.</summary>
internal sealed class PlainRows : IOutputRows
{
    private readonly string _path;
    private readonly NpyRows _rows;
    private readonly byte[] _row;

    /// <exception cref="NpyFormatException">The file is damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public PlainRows(string path)
    {
        _path = path;
        _rows = NpyRows.Open(path);
        _row = new byte[_rows.RowLength];
    }

    public int ImageLength => _rows.RowElements;

    public IReadOnlyList<int> ImageShape => [.. _rows.Shape.Skip(1)];

    public void Read(int row, Span<double> destination)
    {
        if (row >= _rows.Count)
        {
            throw new RunFormatException(_path, $"found outputs of {_rows.Count} images; expected more than {row}.");
        }

        _rows.Read(row, _row);
        ElementConversion.ToDoubles(_row, _rows.ElementType, destination);
    }

    public void Dispose() => _rows.Dispose();
}

/// <summary>Outputs in a <c>.npz</c> archive.</summary>
internal sealed class ArchivedRows : IOutputRows
{
    private readonly string _path;
    private readonly byte[] _row;
    private NpzRows _rows;
    private int _last = -1;

    /// <exception cref="NpyFormatException">The archive is damaged.</exception>
    /// <exception cref="IOException">The archive cannot be read.</exception>
    public ArchivedRows(string path)
    {
        _path = path;
        _rows = NpzRows.Open(path);
        _row = new byte[_rows.RowLength];
    }

    public int ImageLength => _rows.RowElements;

    public IReadOnlyList<int> ImageShape => [.. _rows.Shape.Skip(1)];

    public void Read(int row, Span<double> destination)
    {
        if (row >= _rows.Count)
        {
            throw new RunFormatException(_path, $"found outputs of {_rows.Count} images; expected more than {row}.");
        }

        try
        {
            // Shares of several launches that gave the same have one file.
            if (row < _last)
            {
                _rows.Dispose();
                (_rows, _last) = (NpzRows.Open(_path), -1);
            }

            for (; _last < row; _last++)
            {
                _rows.ReadNext(_row);
            }
        }
        catch (NpyFormatException e)
        {
            throw new RunFormatException(_path, e.Problem, e);
        }

        ElementConversion.ToDoubles(_row, _rows.ElementType, destination);
    }

    public void Dispose() => _rows.Dispose();
}
