using System.Numerics.Tensors;
using Bench.Arrays;
using Bench.Arrays.Npy;
using Bench.Models.Data;
using Bench.Models.Signatures;

namespace Bench.Models.Inputs;

/// <summary>Gives the numbers of one input of a network, example by example, as the network takes them.</summary>
public sealed class InputReader : IDisposable
{
    private readonly InputSource _source;
    private readonly TensorSpec _tensor;
    private readonly NpyRows? _rows;
    private readonly byte[] _row;
    private readonly float[] _singles;
    private readonly double[] _doubles;

    private InputReader(InputSource source, TensorSpec tensor, NpyRows? rows)
    {
        (_source, _tensor, _rows) = (source, tensor, rows);
        _row = new byte[rows?.RowLength ?? 0];
        var isFloat = rows is not null && tensor.Type.IsFloat();
        _singles = new float[isFloat ? tensor.Length : 0];
        _doubles = new double[isFloat ? 0 : tensor.Length];
    }

    /// <summary>Opens a source that was checked before.</summary>
    /// <param name="source">Where the numbers come from.</param>
    /// <param name="tensor">How the network takes them.</param>
    /// <returns>The reader.</returns>
    /// <exception cref="NpyFormatException">The file is damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static InputReader Open(InputSource source, TensorSpec tensor) =>
        new(source, tensor, source.Path is { } path ? NpyRows.Open(path) : null);

    /// <summary>The numbers of an example.</summary>
    /// <param name="example">Its number, from 0.</param>
    /// <returns>Its bytes, in pinned memory of its own.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public byte[] Read(int example)
    {
        var destination = GC.AllocateUninitializedArray<byte>(_tensor.Bytes, pinned: true);
        if (_rows is null)
        {
            var random = new SeededRandom(_source.Seed, ((ulong)_source.Index << 32) | (uint)example);
            _source.Drawn!.Draw(ref random, _doubles);
            ElementConversion.FromDoubles(_doubles, _tensor.Type, destination);
            return destination;
        }

        _rows.Read(example, _row);
        if (_rows.ElementType == _tensor.Type && !_source.IsTurned && _source.Mean.Count == 0 && _source.Scale.Count == 0)
        {
            _row.CopyTo(destination, 0);
        }
        else if (_tensor.Type.IsFloat())
        {
            ElementConversion.ToSingles(_row, _rows.ElementType, _singles);
            WriteFloats(destination);
        }
        else
        {
            ElementConversion.ToDoubles(_row, _rows.ElementType, _doubles);
            ElementConversion.FromDoubles(Turned<double>(_doubles), _tensor.Type, destination);
        }

        return destination;
    }

    /// <inheritdoc/>
    public void Dispose() => _rows?.Dispose();

    private void WriteFloats(Span<byte> destination)
    {
        Normalise(_source.Mean, TensorPrimitives.Subtract, TensorPrimitives.Subtract);
        Normalise(_source.Scale, TensorPrimitives.Divide, TensorPrimitives.Divide);
        ElementConversion.FromSingles(Turned<float>(_singles), _tensor.Type, destination);
    }

    private delegate void ByOne(ReadOnlySpan<float> values, float number, Span<float> destination);

    private delegate void ByMany(ReadOnlySpan<float> values, ReadOnlySpan<float> numbers, Span<float> destination);

    /// <summary>In the file's layout: channels are last there if they are turned, else where the network has them.</summary>
    private void Normalise(IReadOnlyList<float> numbers, ByOne byOne, ByMany byMany)
    {
        if (numbers.Count == 1)
        {
            byOne(_singles, numbers[0], _singles);
        }

        if (numbers.Count <= 1)
        {
            return;
        }

        var inner = _source.IsTurned ? 1 : Product(_tensor.Shape.Skip(_source.ChannelAxis + 1));
        if (inner == 1)
        {
            float[] each = [.. numbers];
            for (var at = 0; at < _singles.Length; at += each.Length)
            {
                byMany(_singles.AsSpan(at, each.Length), each, _singles.AsSpan(at, each.Length));
            }

            return;
        }

        for (var at = 0; at < _singles.Length; at += inner)
        {
            byOne(_singles.AsSpan(at, inner), numbers[at / inner % numbers.Count], _singles.AsSpan(at, inner));
        }
    }

    private ReadOnlySpan<T> Turned<T>(T[] stored)
    {
        var channels = _source.IsTurned ? _tensor.Shape[1] : 1;
        if (channels == 1)
        {
            return stored;
        }

        var turned = new T[stored.Length];
        var pixels = stored.Length / channels;
        for (var channel = 0; channel < channels; channel++)
        {
            var plane = turned.AsSpan(channel * pixels, pixels);
            for (var pixel = 0; pixel < pixels; pixel++)
            {
                plane[pixel] = stored[(pixel * channels) + channel];
            }
        }

        return turned;
    }

    private static int Product(IEnumerable<int> axes) => axes.Aggregate(1, (product, axis) => product * axis);
}
