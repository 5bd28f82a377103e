using MathNet.Numerics;

namespace Bench.Analysis.Statistics.Queueing;

/// <summary>What queueing theory expects of requests that arrive at random times and take equally long.</summary>
public static class QueueTheory
{
    private const double Negligible = 1e-12;

    /// <summary>The mean time from due to the start of the service, over the long run (M/D/c).</summary>
    /// <remarks>One stream: ρS/(2(1 − ρ)) (Pollaczek and Khinchine). Several: C. D. Crommelin, "Delay probability formulae when the
    /// holding times are constant", P.O. Electrical Engineers' Journal 25 (1932), pp. 41–50: the sum over i ≥ 1 of
    /// S·(P(X ≥ ic) − P(X ≥ ic + 1)/ρ), X Poisson with the mean icρ.</remarks>
    /// <param name="utilisation">The rate × the service time / the streams, from 0 on.</param>
    /// <param name="serviceMs">How long a request takes once it has a stream, in ms; not below 0.</param>
    /// <param name="streams">How many requests are served at a time; at least 1.</param>
    /// <returns>In ms; positive infinity from a utilisation of 1 on.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static double MeanWaitMs(double utilisation, double serviceMs, int streams = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(streams, 1);
        if (!(utilisation >= 0 && serviceMs >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(utilisation), utilisation, "Expected a utilisation and a time from 0 on.");
        }

        if (utilisation >= 1 || utilisation == 0)
        {
            return utilisation == 0 ? 0 : double.PositiveInfinity;
        }

        if (streams == 1)
        {
            return utilisation * serviceMs / (2 * (1 - utilisation));
        }

        var sum = 0.0;
        for (var i = 1; ; i++)
        {
            var (full, mean) = ((double)i * streams, i * streams * utilisation);
            // A Poisson number with this mean is at least k with the probability P(k, mean), the regularised incomplete gamma function.
            var atLeast = SpecialFunctions.GammaLowerRegularized(full, mean);
            sum += atLeast - (SpecialFunctions.GammaLowerRegularized(full + 1, mean) / utilisation);
            if (atLeast < Negligible)
            {
                return sum * serviceMs;
            }
        }
    }
}
