using Bench.Models.Cards;

namespace Bench.Models.Metrics;

/// <summary>Dice's coefficient of the mask: twice the overlap over the sum of both areas; 1 if both are empty.</summary>
/// <remarks>Dice, "Measures of the amount of ecologic association between species", https://doi.org/10.2307/1932409.</remarks>
/// <param name="masks">For each evaluation image, a value above zero for every pixel that belongs to the true mask.</param>
/// <param name="values">What the outputs are: a pixel is in the mask above logit 0 or probability 0.5.</param>
public sealed class SegmentationMetric(IReadOnlyList<byte[]> masks, OutputValues values) : ITaskMetric
{
    private float Threshold => values == OutputValues.Logits ? 0f : 0.5f;

    /// <inheritdoc/>
    public string Name => "mean Dice";

    /// <inheritdoc/>
    public string GradedName => "Dice";

    /// <inheritdoc/>
    public ImageScore Score(int image, ReadOnlySpan<float> output)
    {
        var mask = masks[image];
        ArgumentOutOfRangeException.ThrowIfNotEqual(output.Length, mask.Length);
        var threshold = Threshold;
        long overlap = 0;
        long areas = 0;
        for (var i = 0; i < mask.Length; i++)
        {
            var found = output[i] > threshold ? 1 : 0;
            var truth = mask[i] > 0 ? 1 : 0;
            overlap += found & truth;
            areas += found + truth;
        }

        var dice = areas == 0 ? 1 : 2.0 * overlap / areas;
        return new ImageScore(dice, dice);
    }

    /// <inheritdoc/>
    public string? Doubt(ReadOnlySpan<float> outputs)
    {
        var inside = 0;
        foreach (var value in outputs)
        {
            inside += value > Threshold ? 1 : 0;
        }

        var what = inside == 0 ? "empty" : inside == outputs.Length ? "full" : null;
        return what is null
            ? null
            : $"every mask is {what}: that is no answer of a network, and its Dice says nothing. "
                + "Does the card say what the outputs are (output.values)?";
    }
}
