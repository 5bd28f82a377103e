using Bench.Models.Cards;
using Bench.Models.Files;

namespace Bench.Models.Metrics;

/// <summary>Dice's coefficient of masks of several classes: for each class twice the overlap over the sum of both areas. An image counts
/// with the mean over the classes that its mask or the truth has; with 1 if neither has any.</summary>
/// <remarks>Dice, "Measures of the amount of ecologic association between species", https://doi.org/10.2307/1932409. A class that neither
/// has says nothing of the network, so that it is left out, as MONAI does (<c>ignore_empty</c>).</remarks>
/// <param name="labelsOf">Gives the true mask for the number of an evaluation image: the class of every pixel, where 0 is the background,
/// or for every channel and pixel a value above zero for those inside.</param>
/// <param name="layout">How the output and the labels lie.</param>
/// <param name="values">What the outputs are, where each channel is a mask of its own: a pixel is inside above logit 0 or probability 0.5.
/// </param>
public sealed class ClassMaskMetric(Func<int, double[]> labelsOf, MaskLayout layout, OutputValues values) : ITaskMetric
{
    /// <inheritdoc/>
    public string Name => "mean Dice";

    /// <inheritdoc/>
    public string GradedName => "Dice";

    /// <inheritdoc/>
    public ImageScore Score(int image, ReadOnlySpan<double> output)
    {
        var labels = labelsOf(image);
        var (classes, pixels) = (layout.Channels, layout.Pixels);
        ArgumentOutOfRangeException.ThrowIfNotEqual(output.Length, classes * pixels);
        var (overlap, areas) = (new long[classes], new long[classes]);
        long inside = 0;
        if (layout.HasClassNumbers)
        {
            // The background is no class of its own.
            for (var pixel = 0; pixel < pixels; pixel++)
            {
                var (found, truth) = (Largest(output, pixel), (int)labels[pixel]);
                inside += found > 0 ? 1 : 0;
                areas[found]++;
                areas[truth]++;
                overlap[found] += found == truth ? 1 : 0;
            }
        }
        else
        {
            var threshold = values == OutputValues.Logits ? 0 : 0.5;
            for (var i = 0; i < output.Length; i++)
            {
                var (found, truth) = (output[i] > threshold ? 1 : 0, labels[i] > 0 ? 1 : 0);
                var channel = layout.ChannelOf(i);
                inside += found;
                areas[channel] += found + truth;
                overlap[channel] += found & truth;
            }
        }

        double?[] byClass = [.. Enumerable.Range(0, classes).Skip(layout.HasClassNumbers ? 1 : 0)
            .Select(number => areas[number] == 0 ? (double?)null : 2.0 * overlap[number] / areas[number])];
        var there = byClass.OfType<double>().ToList();
        var dice = there.Count == 0 ? 1 : there.Average();
        return new ImageScore(dice, dice, (double)inside / (layout.HasClassNumbers ? pixels : output.Length)) { ByClass = byClass };
    }

    private int Largest(ReadOnlySpan<double> output, int pixel)
    {
        var best = 0;
        for (var channel = 1; channel < layout.Channels; channel++)
        {
            best = output[layout.IndexOf(channel, pixel)] > output[layout.IndexOf(best, pixel)] ? channel : best;
        }

        return best;
    }
}
