using MathNet.Numerics.Distributions;

namespace Bench.Analysis.Statistics;

/// <summary>The mean without the fifth of the values at either end, which a few bad launches do not move.</summary>
/// <remarks>Tukey and McLaughlin 1963, https://www.jstor.org/stable/25049278; its standard error from the winsorised variance, with
/// Student's t of as many values as are left: Yuen 1974, https://doi.org/10.1093/biomet/61.1.165. With fewer than five values nothing is
/// cut off.</remarks>
public static class TrimmedMean
{
    private const double Share = 0.2;

    /// <summary>Estimates it.</summary>
    /// <param name="values">Finite values, in any order; at least one.</param>
    /// <param name="level">The confidence of the interval, in (0, 1).</param>
    /// <returns>Estimate and interval; no interval of a single value.</returns>
    public static (double Value, ConfidenceInterval? Interval) Of(IReadOnlyList<double> values, double level)
    {
        ConfidenceInterval.CheckLevel(level);
        ArgumentOutOfRangeException.ThrowIfZero(values.Count);
        double[] sorted = [.. values.Order()];
        var (count, cut) = (sorted.Length, (int)(Share * sorted.Length));
        var value = sorted.AsSpan(cut..(count - cut)).ToArray().Average();
        if (count < 2)
        {
            return (value, null);
        }

        double[] winsorised = [.. sorted.Select(one => Math.Clamp(one, sorted[cut], sorted[count - 1 - cut]))];
        var mean = winsorised.Average();
        var variance = winsorised.Sum(one => (one - mean) * (one - mean)) / (count - 1);
        var left = count - (2 * cut);
        // Yuen's form: the winsorised sum of squares over h (h − 1), h the values that are left.
        var error = Math.Sqrt(variance * (count - 1) / (left * (left - 1.0)));
        var halfWidth = StudentT.InvCDF(0, 1, left - 1, (1 + level) / 2) * error;
        return (value, new ConfidenceInterval(value - halfWidth, value + halfWidth, level));
    }
}
