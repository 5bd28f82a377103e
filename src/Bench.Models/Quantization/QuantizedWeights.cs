using System.Runtime.InteropServices;
using Bench.Models.Onnx;
using Google.Protobuf;

namespace Bench.Models.Quantization;

/// <summary>Weights as 8-bit integers with zero at zero, a scale for each channel.</summary>
/// <param name="Integers">The integers, in the order of the weights.</param>
/// <param name="Scales">The scale of each channel, above 0; one alone where a tensor has one for all.</param>
internal sealed record QuantizedWeights(sbyte[] Integers, float[] Scales)
{
    /// <summary>Quantises weights.</summary>
    /// <param name="tensor">Weights of 32-bit floats that lie in the file.</param>
    /// <param name="axis">Which axis counts channels; null for one scale for all.</param>
    /// <param name="recipe">How the network is quantised.</param>
    /// <param name="leastScale">The smallest scale that a channel may have, so that its bias fits into 32 bits; null for none.</param>
    public static QuantizedWeights Of(TensorProto tensor, int? axis, QuantizationRecipe recipe, Func<int, double>? leastScale = null)
    {
        var floats = TensorFloats.Of(tensor);
        var (channels, inner) = axis is { } channel
            ? ((int)tensor.Dims[channel], (int)tensor.Dims.Skip(channel + 1).Aggregate(1L, (product, length) => product * length))
            : (1, floats.Length);
        var largest = new double[channels];
        for (var i = 0; i < floats.Length; i++)
        {
            var of = i / inner % channels;
            largest[of] = Math.Max(largest[of], Math.Abs(floats[i]));
        }

        // A channel of zeros has the scale of the others: its bias keeps its digits.
        var widest = largest.DefaultIfEmpty().Max() is > 0 and var most ? most : recipe.WeightLimit;
        var scales = largest.Select((most, i) => (float)Math.Max(
            (most > 0 ? most : widest) / recipe.WeightLimit, leastScale?.Invoke(i) ?? 0)).ToArray();
        var integers = new sbyte[floats.Length];
        for (var i = 0; i < floats.Length; i++)
        {
            var rounded = Math.Round(floats[i] / (double)scales[i / inner % channels], MidpointRounding.ToEven);
            integers[i] = (sbyte)Math.Clamp(rounded, -recipe.WeightLimit, recipe.WeightLimit);
        }

        return new QuantizedWeights(integers, scales);
    }

    /// <summary>The integers as a tensor.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="dims">Its lengths.</param>
    public TensorProto ToTensor(string name, IEnumerable<long> dims)
    {
        var tensor = new TensorProto
        {
            Name = name,
            DataType = (int)TensorProto.Types.DataType.Int8,
            RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(Integers.AsSpan())),
        };
        tensor.Dims.AddRange(dims);
        return tensor;
    }
}
