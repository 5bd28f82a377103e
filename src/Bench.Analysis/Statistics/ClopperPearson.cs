using MathNet.Numerics.Distributions;

namespace Bench.Analysis.Statistics;

/// <summary>Exact bounds of a share of which some in so many were seen. Clopper and Pearson 1934,
/// https://doi.org/10.1093/biomet/26.4.404.</summary>
internal static class ClopperPearson
{
    /// <summary>What the share is not below.</summary>
    /// <param name="count">How many were seen, at least 0.</param>
    /// <param name="of">Of how many, at least 1.</param>
    /// <param name="confidence">How sure, one-sided, in (0, 1).</param>
    /// <returns>In [0, 1); 0 if none was seen.</returns>
    public static double Lower(int count, int of, double confidence)
    {
        Check(count, of, confidence);
        return count == 0 ? 0 : Beta.InvCDF(count, of - count + 1.0, 1 - confidence);
    }

    /// <summary>What the share does not exceed.</summary>
    /// <param name="count">How many were seen, at least 0.</param>
    /// <param name="of">Of how many, at least 1.</param>
    /// <param name="confidence">How sure, one-sided, in (0, 1).</param>
    /// <returns>In (0, 1]; 1 if all were.</returns>
    public static double Upper(int count, int of, double confidence)
    {
        Check(count, of, confidence);
        return count == of ? 1 : Beta.InvCDF(count + 1.0, of - count, confidence);
    }

    private static void Check(int count, int of, double confidence)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(of, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, of);
        ConfidenceInterval.CheckLevel(confidence);
    }
}
