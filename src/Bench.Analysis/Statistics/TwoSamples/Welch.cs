using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace Bench.Analysis.Statistics.TwoSamples;

/// <summary>Welch's interval for the ratio of two sets of a few values, on their logarithms.
/// Welch 1947, https://doi.org/10.1093/biomet/34.1-2.28.</summary>
/// <remarks>For two or three launches a side, where no distribution-free interval exists.</remarks>
internal static class Welch
{
    /// <summary>Estimates the ratio of geometric means.</summary>
    /// <param name="baseline">The base values; finite and above 0, at least one.</param>
    /// <param name="current">The current values; finite and above 0, at least one.</param>
    /// <param name="level">The confidence, in (0, 1).</param>
    /// <returns>Estimate and interval; no interval where either side has a single value, or nothing varies.</returns>
    public static RatioEstimate Ratio(IReadOnlyList<double> baseline, IReadOnlyList<double> current, double level)
    {
        var from = baseline.Select(value => Math.Log(value)).ToArray();
        var to = current.Select(value => Math.Log(value)).ToArray();
        return Ratio(
            from.Mean(), from.Variance() / from.Length, from.Length - 1, to.Mean(), to.Variance() / to.Length, to.Length - 1, level);
    }

    /// <summary>Estimates the ratio of two means of which only mean, squared standard error and degrees of freedom are known,
    /// on the logarithmic scale.</summary>
    internal static RatioEstimate Ratio(
        double baseLogarithm, double baseVariance, double baseDegrees, double currentLogarithm, double currentVariance,
        double currentDegrees, double level)
    {
        var shift = currentLogarithm - baseLogarithm;
        // Values that are all equal say that they were rounded, not that nothing varies.
        if (baseDegrees < 1 || currentDegrees < 1 || baseVariance + currentVariance == 0)
        {
            return new RatioEstimate(Math.Exp(shift), null);
        }

        var degrees = DegreesOfFreedom(baseVariance, baseDegrees, currentVariance, currentDegrees);
        var halfWidth = StudentT.InvCDF(0, 1, degrees, (1 + level) / 2) * Math.Sqrt(baseVariance + currentVariance);
        return new RatioEstimate(Math.Exp(shift), new ConfidenceInterval(Math.Exp(shift - halfWidth), Math.Exp(shift + halfWidth), level));
    }

    /// <summary>Satterthwaite's degrees of freedom of a sum of two variances; the smaller of both where nothing varies.</summary>
    internal static double DegreesOfFreedom(double first, double firstDegrees, double second, double secondDegrees)
    {
        var sum = first + second;
        return sum > 0
            ? sum * sum / ((first * first / firstDegrees) + (second * second / secondDegrees))
            : Math.Min(firstDegrees, secondDegrees);
    }
}
