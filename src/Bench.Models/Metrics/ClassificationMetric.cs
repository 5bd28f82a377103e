using Bench.Models.Cards;

namespace Bench.Models.Metrics;

/// <summary>Top-1 accuracy, and the probability that the network gives to the true class.</summary>
/// <param name="labels">The class of each evaluation image.</param>
/// <param name="values">What the outputs are.</param>
public sealed class ClassificationMetric(IReadOnlyList<int> labels, OutputValues values) : ITaskMetric
{
    /// <inheritdoc/>
    public string Name => "accuracy";

    /// <inheritdoc/>
    public string GradedName => "probability of the true class";

    /// <inheritdoc/>
    /// <remarks>Of equal largest outputs the first is the network's answer.</remarks>
    public ImageScore Score(int image, ReadOnlySpan<double> output)
    {
        var label = labels[image];
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(label, output.Length, nameof(output));
        var best = 0;
        for (var i = 1; i < output.Length; i++)
        {
            best = output[i] > output[best] ? i : best;
        }

        return new ImageScore(best == label ? 1 : 0, Probability(output, label, output[best]));
    }

    private double Probability(ReadOnlySpan<double> output, int label, double largest)
    {
        if (values == OutputValues.Probabilities)
        {
            return output[label];
        }

        // Softmax, shifted by the largest logit so that nothing overflows.
        var sum = 0.0;
        foreach (var logit in output)
        {
            sum += Math.Exp(logit - largest);
        }

        return Math.Exp(output[label] - largest) / sum;
    }
}
