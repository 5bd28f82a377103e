namespace Bench.Models.Files;

/// <summary>How the masks of several classes lie in an output and in labels.</summary>
/// <param name="Channels">How many channels the output has: classes, the background among them if labels are class numbers.</param>
/// <param name="Pixels">How many pixels a channel has.</param>
/// <param name="IsChannelsLast">Whether the output has its channels last.</param>
/// <param name="HasClassNumbers">Whether labels are the class of every pixel; else a mask for every channel, laid out as the
/// output.</param>
public sealed record MaskLayout(int Channels, int Pixels, bool IsChannelsLast, bool HasClassNumbers)
{
    /// <summary>Finds out how masks lie.</summary>
    /// <param name="output">The shape of the output, the batch of 1 included.</param>
    /// <param name="labels">The shape of an image's labels.</param>
    /// <returns>The layout; null if the labels are one mask of the output's own shape and one channel, or do not fit.</returns>
    public static MaskLayout? Of(IReadOnlyList<int> output, IReadOnlyList<int> labels)
    {
        // Axes of one entry say nothing of how numbers lie.
        var label = labels.Where(axis => axis > 1).ToList();
        if (output.Count < 3 || output[0] != 1)
        {
            return null;
        }

        foreach (var isLast in new[] { false, true })
        {
            var (channels, rest) = isLast ? (output[^1], output.Skip(1).SkipLast(1).ToList()) : (output[1], output.Skip(2).ToList());
            var pixels = rest.Aggregate(1, (product, axis) => product * axis);
            if (channels > 1 && label.SequenceEqual(rest.Where(axis => axis > 1)))
            {
                return new MaskLayout(channels, pixels, isLast, HasClassNumbers: true);
            }
        }

        var few = output[1] <= output[^1];
        var count = few ? output[1] : output[^1];
        var all = output.Aggregate(1, (product, axis) => product * axis);
        return count > 1 && label.SequenceEqual(output.Where(axis => axis > 1))
            ? new MaskLayout(count, all / count, !few, HasClassNumbers: false)
            : null;
    }

    /// <summary>Where a pixel of a channel lies in the output.</summary>
    public int IndexOf(int channel, int pixel) => IsChannelsLast ? (pixel * Channels) + channel : (channel * Pixels) + pixel;

    /// <summary>The channel of a place in the output.</summary>
    public int ChannelOf(int index) => IsChannelsLast ? index % Channels : index / Pixels;
}
