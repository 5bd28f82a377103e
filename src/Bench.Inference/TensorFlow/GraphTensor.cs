using Bench.Arrays;
using Bench.Models.Signatures;

namespace Bench.Inference.TensorFlow;

/// <summary>A tensor of a network, as a graph has it: at a place, and with its channels last where the specification has them
/// first.</summary>
/// <param name="Spec">The specification.</param>
/// <param name="Place">Where the graph takes or gives it.</param>
/// <param name="IsTurned">Whether the graph has its channels last, and the specification first.</param>
internal sealed record GraphTensor(TensorSpec Spec, GraphPlace Place, bool IsTurned)
{
    /// <summary>Its shape in the graph.</summary>
    public long[] Shape { get; } = IsTurned ? ChannelLayout.ChannelsLast(Spec.Shape) : [.. Spec.Shape.Select(axis => (long)axis)];

    /// <summary>Copies numbers from the specification's layout to the graph's.</summary>
    public void ToGraph(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        if (IsTurned)
        {
            ChannelLayout.ToChannelsLast(source, destination, Spec.Shape, Spec.Type.Size());
        }
        else
        {
            source.CopyTo(destination);
        }
    }

    /// <summary>Copies numbers from the graph's layout to the specification's.</summary>
    public void FromGraph(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        if (IsTurned)
        {
            ChannelLayout.ToChannelsFirst(source, destination, Spec.Shape, Spec.Type.Size());
        }
        else
        {
            source.CopyTo(destination);
        }
    }

    /// <summary>Finds out how a graph has a tensor.</summary>
    /// <param name="spec">The specification.</param>
    /// <param name="place">Where the graph has it.</param>
    /// <param name="shape">The graph's shape, -1 for an axis of any length; null if nothing is known of it.</param>
    /// <returns>The tensor; null if the graph's shape fits the specification neither as it is nor with its channels last.
    /// Where both fit, the channels are last: that is what graphs for processors have.</returns>
    public static GraphTensor? Of(TensorSpec spec, GraphPlace place, IReadOnlyList<long>? shape)
    {
        var isTurned = new GraphTensor(spec, place, true);
        var asItIs = new GraphTensor(spec, place, false);
        return Fits(isTurned) ? isTurned : Fits(asItIs) ? asItIs : null;

        bool Fits(GraphTensor tensor) => shape is null
            || (shape.Count == tensor.Shape.Length && shape.Zip(tensor.Shape).All(axis => axis.First < 0 || axis.First == axis.Second));
    }
}
