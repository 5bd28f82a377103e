using MathNet.Numerics.Distributions;

namespace Bench.Analysis.Statistics.TwoSamples;

/// <summary>The ratio of two arithmetic means of launches, which is what costs follow: a few slow launches move it,
/// and widen its interval.</summary>
/// <remarks>By the delta method on the logarithm, with Student's t. Welch 1947, https://doi.org/10.1093/biomet/34.1-2.28.</remarks>
public static class MeanRatio
{
    /// <summary>Estimates the ratio of means of two runs.</summary>
    /// <param name="baseline">A value for each launch of the base; above 0, at least one.</param>
    /// <param name="current">A value for each launch of the current side; above 0, at least one.</param>
    /// <param name="level">The confidence, in (0, 1).</param>
    /// <returns>
    /// Estimate and interval; no interval where a side has a single value, or nothing varies. Where the sides have unequal numbers the
    /// pooled variance counts if it is the larger one: with few launches on a side Welch's own misses too often on that side.
    /// </returns>
    public static RatioEstimate Independent(ReadOnlySpan<double> baseline, ReadOnlySpan<double> current, double level)
    {
        ConfidenceInterval.CheckLevel(level);
        var (from, to) = (Moments(baseline), Moments(current));
        var logarithm = Math.Log(to.Mean / from.Mean);
        if (from.Count < 2 || to.Count < 2 || from.Relative + to.Relative == 0)
        {
            return new RatioEstimate(Math.Exp(logarithm), null);
        }

        var (first, second) = (from.Relative / from.Count, to.Relative / to.Count);
        var degrees = Welch.DegreesOfFreedom(first, from.Count - 1, second, to.Count - 1);
        var pooled = (((from.Count - 1) * from.Relative) + ((to.Count - 1) * to.Relative)) / (from.Count + to.Count - 2) * ((1 / from.Count)
            + (1 / to.Count));
        return Around(logarithm, Math.Sqrt(Math.Max(first + second, pooled)), degrees, level);
    }

    /// <summary>Estimates the ratio of means of two cells of one run, launch by launch of the same rounds.</summary>
    /// <param name="baseline">A value for each round of the base cell; above 0.</param>
    /// <param name="current">A value for each round of the other cell, in the same order.</param>
    /// <param name="level">The confidence, in (0, 1).</param>
    /// <returns>Estimate and interval; no interval with a single round, or where nothing varies.</returns>
    public static RatioEstimate Paired(ReadOnlySpan<double> baseline, ReadOnlySpan<double> current, double level)
    {
        ConfidenceInterval.CheckLevel(level);
        ArgumentOutOfRangeException.ThrowIfNotEqual(current.Length, baseline.Length);
        var (from, to) = (Moments(baseline), Moments(current));
        var logarithm = Math.Log(to.Mean / from.Mean);
        var differences = new double[baseline.Length];
        for (var i = 0; i < differences.Length; i++)
        {
            differences[i] = (current[i] / to.Mean) - (baseline[i] / from.Mean);
        }

        var squares = differences.Sum(difference => difference * difference);
        return differences.Length < 2 || squares == 0
            ? new RatioEstimate(Math.Exp(logarithm), null)
            : Around(logarithm, Math.Sqrt(squares / (differences.Length - 1.0) / differences.Length), differences.Length - 1, level);
    }

    private static RatioEstimate Around(double logarithm, double error, double degrees, double level)
    {
        var halfWidth = StudentT.InvCDF(0, 1, degrees, (1 + level) / 2) * error;
        return new RatioEstimate(
            Math.Exp(logarithm), new ConfidenceInterval(Math.Exp(logarithm - halfWidth), Math.Exp(logarithm + halfWidth), level));
    }

    /// <summary>Count, mean, and variance over the square of the mean.</summary>
    private static (double Count, double Mean, double Relative) Moments(ReadOnlySpan<double> values)
    {
        var mean = 0.0;
        foreach (var value in values)
        {
            mean += value / values.Length;
        }

        var squares = 0.0;
        foreach (var value in values)
        {
            squares += (value - mean) * (value - mean);
        }

        return (values.Length, mean, values.Length < 2 ? 0 : squares / (values.Length - 1) / (mean * mean));
    }
}
