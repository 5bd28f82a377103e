namespace Bench.Analysis.Statistics;

/// <summary>An interval that contains the true value with a stated confidence.</summary>
/// <param name="Lower">The lower end.</param>
/// <param name="Upper">The upper end; not below <paramref name="Lower"/>.</param>
/// <param name="Level">The confidence, in (0, 1).</param>
public sealed record ConfidenceInterval(double Lower, double Upper, double Level)
{
    /// <summary>Half the width: what stands after ± in a table.</summary>
    public double HalfWidth => (Upper - Lower) / 2;

    /// <exception cref="ArgumentOutOfRangeException">A level is not in (0, 1).</exception>
    internal static void CheckLevel(double level)
    {
        if (!(level > 0 && level < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(level), level, "Expected a level in (0, 1).");
        }
    }
}
