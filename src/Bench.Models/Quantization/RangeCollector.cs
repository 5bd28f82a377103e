using System.Numerics.Tensors;

namespace Bench.Models.Quantization;

/// <summary>Finds the range of one value of a network, image by image.</summary>
/// <param name="method">What the range is made of.</param>
public sealed class RangeCollector(CalibrationMethod method)
{
    private ActivationRange? _seen;
    private ValueHistogram? _histogram;

    /// <summary>How often all images are gone through.</summary>
    /// <param name="method">What ranges are made of.</param>
    public static int Passes(CalibrationMethod method) => method == CalibrationMethod.MinMax ? 1 : 2;

    /// <summary>Takes what an image gives.</summary>
    /// <param name="pass">The pass, from 0.</param>
    /// <param name="numbers">The value's numbers; of none nothing is taken.</param>
    /// <exception cref="InvalidDataException">A number is not finite.</exception>
    public void Add(int pass, ReadOnlySpan<float> numbers)
    {
        if (numbers.IsEmpty)
        {
            return;
        }

        if (pass > 0)
        {
            (_histogram ??= new ValueHistogram(_seen!.Value)).Add(numbers);
            return;
        }

        // Both are NaN where one number is.
        var range = new ActivationRange(TensorPrimitives.Min(numbers), TensorPrimitives.Max(numbers));
        if (!double.IsFinite(range.Min) || !double.IsFinite(range.Max))
        {
            throw new InvalidDataException("it is not finite.");
        }

        _seen = _seen?.With(range) ?? range;
    }

    /// <summary>The range; from 0 to 0 if no image gave a number.</summary>
    public ActivationRange Range => _seen is not { } seen ? default
        : _histogram is not { } histogram ? seen
        : method == CalibrationMethod.Entropy ? histogram.Entropy()
        : histogram.Percentile();
}
