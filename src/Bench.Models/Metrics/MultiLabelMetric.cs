using Bench.Models.Cards;

namespace Bench.Models.Metrics;

/// <summary>F1 of the labels that the network finds for an image: twice those that are right over those found and those true together; 1 if
/// there are none of either. And the probability that the network gives to the right answers, on average over the labels.</summary>
/// <remarks>The example-based F1 of Godbole and Sarawagi, https://doi.org/10.1007/978-3-540-24775-3_5.</remarks>
/// <param name="labelsOf">Gives, for the number of an evaluation image, a value above zero for every label that it has.</param>
/// <param name="values">What the outputs are: a label is found above logit 0 or probability 0.5.</param>
public sealed class MultiLabelMetric(Func<int, double[]> labelsOf, OutputValues values) : ITaskMetric
{
    /// <inheritdoc/>
    public string Name => "mean F1";

    /// <inheritdoc/>
    public string GradedName => "probability of the right answers";

    /// <inheritdoc/>
    public ImageScore Score(int image, ReadOnlySpan<double> output)
    {
        var labels = labelsOf(image);
        ArgumentOutOfRangeException.ThrowIfNotEqual(output.Length, labels.Length);
        var threshold = values == OutputValues.Logits ? 0 : 0.5;
        var (both, found, right) = (0, 0, 0.0);
        for (var i = 0; i < labels.Length; i++)
        {
            var (isFound, isTrue) = (output[i] > threshold, labels[i] > 0);
            both += isFound && isTrue ? 1 : 0;
            found += (isFound ? 1 : 0) + (isTrue ? 1 : 0);
            var probability = values == OutputValues.Logits ? 1 / (1 + Math.Exp(-output[i])) : Math.Clamp(output[i], 0, 1);
            right += isTrue ? probability : 1 - probability;
        }

        return new ImageScore(found == 0 ? 1 : 2.0 * both / found, right / labels.Length);
    }
}
