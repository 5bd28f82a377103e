using Bench.Analysis.Runs;

namespace Bench.Analysis.Equivalence;

/// <summary>Finds numbers of another scale than the rest of an output, such as scores beside boxes. A margin that is a share of the span of
/// all numbers says nothing of them: they may change wholly within it.</summary>
internal sealed class ChannelScales
{
    // Longer axes are places, or features of one kind.
    private const int MostChannels = 128;

    // So many times smaller is another scale.
    private const double OtherScale = 10;

    private readonly IReadOnlyList<Axis> _axes;

    /// <param name="shape">The shape of one image's output. Its channels are its first axis or its last one, whichever are few.</param>
    public ChannelScales(IReadOnlyList<int> shape)
    {
        int[] lengths = [.. shape.Where(length => length > 1)];
        _axes = [.. new[] { 0, lengths.Length - 1 }.Distinct()
            .Where(axis => axis >= 0 && axis < lengths.Length && lengths[axis] <= MostChannels)
            .Select(axis => new Axis(lengths[axis], lengths.Skip(axis + 1).Aggregate(1, (product, length) => product * length)))];
    }

    /// <summary>Adds an image.</summary>
    /// <param name="reference">The reference's output; finite.</param>
    /// <param name="found">The other's; as long, finite.</param>
    public void Add(ReadOnlySpan<double> reference, ReadOnlySpan<double> found)
    {
        foreach (var axis in _axes)
        {
            axis.Add(reference, found);
        }
    }

    /// <summary>Of the channels of another scale the one that differs most, measured by its own span; null if all are of one
    /// scale.</summary>
    /// <param name="span">The span of all numbers.</param>
    public ChannelDifference? Worst(double span) => _axes.SelectMany(axis => axis.Channels)
        .Where(channel => channel.Span > 0 && channel.Span * OtherScale < span)
        .OrderByDescending(channel => channel.Difference / channel.Span)
        .FirstOrDefault();

    /// <summary>The numbers of one axis, by the place on it.</summary>
    private sealed class Axis(int length, int stride)
    {
        private readonly double[] _smallest = [.. Enumerable.Repeat(double.PositiveInfinity, length)];
        private readonly double[] _largest = [.. Enumerable.Repeat(double.NegativeInfinity, length)];
        private readonly double[] _difference = new double[length];

        public IEnumerable<ChannelDifference> Channels => Enumerable.Range(0, length)
            .Select(channel => new ChannelDifference(_largest[channel] - _smallest[channel], _difference[channel]));

        public void Add(ReadOnlySpan<double> reference, ReadOnlySpan<double> found)
        {
            for (var (start, channel) = (0, 0); start < reference.Length; start += stride, channel = (channel + 1) % length)
            {
                var end = Math.Min(start + stride, reference.Length);
                for (var i = start; i < end; i++)
                {
                    _smallest[channel] = Math.Min(_smallest[channel], reference[i]);
                    _largest[channel] = Math.Max(_largest[channel], reference[i]);
                    _difference[channel] = Math.Max(_difference[channel], Math.Abs(reference[i] - found[i]));
                }
            }
        }
    }
}
