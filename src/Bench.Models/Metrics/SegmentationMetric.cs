using Bench.Models.Cards;

namespace Bench.Models.Metrics;

/// <summary>Dice's coefficient of the mask: twice the overlap over the sum of both areas; 1 if both are empty.</summary>
/// <remarks>Dice, "Measures of the amount of ecologic association between species", https://doi.org/10.2307/1932409.</remarks>
/// <param name="maskOf">Gives, for the number of an evaluation image, a value above zero for every pixel that belongs
/// to the true mask.</param>
/// <param name="values">What the outputs are: a pixel is in the mask above logit 0 or probability 0.5.</param>
public sealed class SegmentationMetric(Func<int, byte[]> maskOf, OutputValues values) : ITaskMetric
{
    private double Threshold => values == OutputValues.Logits ? 0 : 0.5;

    /// <inheritdoc/>
    public string Name => "mean Dice";

    /// <inheritdoc/>
    public string GradedName => "Dice";

    /// <inheritdoc/>
    public ImageScore Score(int image, ReadOnlySpan<double> output)
    {
        var mask = maskOf(image);
        ArgumentOutOfRangeException.ThrowIfNotEqual(output.Length, mask.Length);
        var threshold = Threshold;
        long overlap = 0;
        long areas = 0;
        long inside = 0;
        for (var i = 0; i < mask.Length; i++)
        {
            var found = output[i] > threshold ? 1 : 0;
            var truth = mask[i] > 0 ? 1 : 0;
            overlap += found & truth;
            areas += found + truth;
            inside += found;
        }

        var dice = areas == 0 ? 1 : 2.0 * overlap / areas;
        return new ImageScore(dice, dice, (double)inside / mask.Length);
    }
}
