using System.Numerics.Tensors;
using Bench.Arrays.Npy;

namespace Bench.Benchmarks.Launches;

/// <summary>Reads stored images and turns them into what a network takes: normalised 32-bit floats, channels first.</summary>
internal sealed class ImageReader(NpyRows rows, PlannedModel model)
{
    private readonly byte[] _row = new byte[rows.RowLength];
    private readonly float[] _values = new float[model.InputLength];

    /// <summary>Reads one image.</summary>
    /// <param name="index">Its number.</param>
    /// <returns>The normalised image, in pinned memory of its own.</returns>
    public float[] Read(int index)
    {
        var destination = GC.AllocateUninitializedArray<float>(model.InputLength, pinned: true);
        rows.Read(index, _row);
        NpyConversion.ToSingles(_row, rows.ElementType, _values);
        TensorPrimitives.Subtract(_values, model.Input.Mean, _values);
        TensorPrimitives.Divide(_values, model.Input.Scale, _values);
        if (model.IsNhwc && model.Input.Shape[1] > 1)
        {
            ToChannelsFirst(_values, destination, model.Input.Shape[1]);
        }
        else
        {
            _values.CopyTo(destination, 0);
        }

        return destination;
    }

    private static void ToChannelsFirst(ReadOnlySpan<float> source, Span<float> destination, int channels)
    {
        var pixels = source.Length / channels;
        for (var channel = 0; channel < channels; channel++)
        {
            var plane = destination.Slice(channel * pixels, pixels);
            for (var pixel = 0; pixel < pixels; pixel++)
            {
                plane[pixel] = source[(pixel * channels) + channel];
            }
        }
    }
}
