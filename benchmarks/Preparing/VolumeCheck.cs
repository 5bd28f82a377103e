using Bench.Models.Cards;
using Bench.Models.Signatures;

namespace Bench.Benchmarks.Preparing;

/// <summary>Whether the window of a volume is what a network takes.</summary>
internal static class VolumeCheck
{
    /// <summary>What is wrong; null if nothing is.</summary>
    /// <param name="volume">The volume.</param>
    /// <param name="input">What the network takes.</param>
    public static string? Fault(VolumeSpec volume, TensorSpec input)
    {
        var axes = volume.Size.Count;
        var window = volume.Window ?? [.. input.Shape.TakeLast(axes)];
        // Slices of a volume may go in as channels. A network takes few channels: that tells whether they are last.
        var isLast = axes < input.Shape.Count - 1 && input.Shape.Skip(1).TakeLast(axes).SequenceEqual(window);
        var isAll = axes == input.Shape.Count - 1 && input.Shape.Skip(1).SequenceEqual(window);
        var isBeforeChannels = axes == input.Shape.Count - 2 && input.Shape[^1] < input.Shape[1]
            && input.Shape.Skip(1).Take(axes).SequenceEqual(window);
        return isLast || isAll || isBeforeChannels ? null
            : $"the network takes {input}; found volume.size [{string.Join(", ", volume.Size)}] "
                + $"and window [{string.Join(", ", window)}]. Expected a window that is the part of a volume that goes in.";
    }
}
