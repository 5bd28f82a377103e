using System.Numerics.Tensors;
using Bench.Analysis.Runs;

namespace Bench.Analysis.Equivalence;

/// <summary>Counts through outputs of which nobody knows the truth, the reference's first.</summary>
/// <param name="shape">The shape of one image's output.</param>
internal sealed class RawCensus(IReadOnlyList<int> shape)
{
    private const double SumTolerance = 0.01;

    private readonly ChannelScales _scales = new(shape);
    private double _smallest = double.PositiveInfinity;
    private double _largest = double.NegativeInfinity;
    private double _lowestCosine = 1;
    private bool _areScores = true;
    private bool _isConstant = true;
    private double[]? _firstImage;
    private int _changed;

    /// <summary>What was counted.</summary>
    public RawDifferences Result => new(
        Span, _lowestCosine, _areScores && double.IsFinite(_smallest) ? _changed : null)
    {
        IsConstant = _isConstant,
        // Numbers from 0 to 1 are of one scale, rare as the larger ones of a channel may be.
        OtherScale = _smallest >= 0 && _largest <= 1 ? null : _scales.Worst(Span),
    };

    /// <summary>Of a reference that gives one number for everything, that number: rounding is measured by something.</summary>
    private double Span => _largest > _smallest ? _largest - _smallest
        : double.IsFinite(_largest) ? Math.Abs(_largest) : 0;

    /// <summary>Whether numbers look like the probabilities of classes, of which one is right.</summary>
    /// <param name="values">The numbers.</param>
    public static bool IsDistribution(ReadOnlySpan<double> values) => values.Length > 1
        && TensorPrimitives.Min(values) >= -SumTolerance && Math.Abs(TensorPrimitives.Sum(values) - 1) <= SumTolerance;

    /// <summary>Adds an image.</summary>
    /// <param name="reference">The reference's output; finite.</param>
    /// <param name="found">The other's; as long, finite.</param>
    public void Add(ReadOnlySpan<double> reference, ReadOnlySpan<double> found)
    {
        if (reference.Length == 0)
        {
            return;
        }

        _scales.Add(reference, found);
        _firstImage ??= reference.ToArray();
        _isConstant = _isConstant && reference.SequenceEqual(_firstImage);
        _smallest = Math.Min(_smallest, TensorPrimitives.Min(reference));
        _largest = Math.Max(_largest, TensorPrimitives.Max(reference));
        _lowestCosine = Math.Min(_lowestCosine, Cosine(reference, found));
        _areScores = _areScores && IsDistribution(reference) && IsDistribution(found);
        if (_areScores && TensorPrimitives.IndexOfMax(reference) != TensorPrimitives.IndexOfMax(found))
        {
            _changed++;
        }
    }

    /// <summary>1 for two outputs that are all zeros, 0 if one of them is.</summary>
    private static double Cosine(ReadOnlySpan<double> one, ReadOnlySpan<double> other)
    {
        var (length, otherLength) = (TensorPrimitives.Norm(one), TensorPrimitives.Norm(other));
        return length == 0 || otherLength == 0
            ? (length == otherLength ? 1 : 0)
            : Math.Clamp(TensorPrimitives.Dot(one, other) / length / otherLength, -1, 1);
    }
}
