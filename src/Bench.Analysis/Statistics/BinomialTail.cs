using MathNet.Numerics;

namespace Bench.Analysis.Statistics;

/// <summary>Tails of the binomial distribution, through the incomplete beta function.</summary>
internal static class BinomialTail
{
    /// <summary>The chance of at most so many successes.</summary>
    /// <param name="successes">Successes; below 0 the chance is 0.</param>
    /// <param name="trials">Trials; at least 0.</param>
    /// <param name="p">The chance of one success, in (0, 1).</param>
    /// <returns>The probability.</returns>
    public static double AtMost(long successes, long trials, double p) =>
        successes < 0 ? 0 : successes >= trials ? 1 : SpecialFunctions.BetaRegularized(trials - successes, successes + 1.0, 1 - p);
}
