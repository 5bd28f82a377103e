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
    ImageScore Score(int image, ReadOnlySpan<double> output);
}
