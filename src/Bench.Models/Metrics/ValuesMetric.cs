namespace Bench.Models.Metrics;

/// <summary>The mean absolute error of the values that a network gives for an image.</summary>
/// <param name="valuesOf">Gives the true values for the number of an evaluation image.</param>
public sealed class ValuesMetric(Func<int, double[]> valuesOf) : ITaskMetric
{
    /// <inheritdoc/>
    public string Name => "mean absolute error";

    /// <inheritdoc/>
    public string GradedName => "absolute error";

    /// <inheritdoc/>
    public ImageScore Score(int image, ReadOnlySpan<double> output)
    {
        var values = valuesOf(image);
        ArgumentOutOfRangeException.ThrowIfNotEqual(output.Length, values.Length);
        var sum = 0.0;
        for (var i = 0; i < values.Length; i++)
        {
            sum += Math.Abs(output[i] - values[i]);
        }

        return new ImageScore(sum / values.Length, sum / values.Length);
    }
}
