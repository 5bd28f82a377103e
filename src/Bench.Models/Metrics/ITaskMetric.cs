namespace Bench.Models.Metrics;

/// <summary>Compares a network's outputs with the truth.</summary>
public interface ITaskMetric
{
    /// <summary>What the mean of <see cref="ImageScore.Metric"/> is called.</summary>
    string Name { get; }

    /// <summary>What <see cref="ImageScore.Graded"/> is called.</summary>
    string GradedName { get; }

    /// <summary>Scores one output.</summary>
    /// <param name="image">The number of the evaluation image, from 0.</param>
    /// <param name="output">What the network gave for it; finite numbers.</param>
    /// <returns>The score.</returns>
    ImageScore Score(int image, ReadOnlySpan<float> output);

    /// <summary>Why all outputs together are no answers at all.</summary>
    /// <param name="outputs">The outputs of all evaluated images.</param>
    /// <returns>A sentence; null if there is nothing to say.</returns>
    string? Doubt(ReadOnlySpan<float> outputs) => null;
}
