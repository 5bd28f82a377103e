namespace Bench.Analysis.Statistics.Queueing;

/// <summary>How many requests an open load takes before it can be said whether a limit holds.</summary>
/// <remarks>
/// <para>Late requests come in bursts: a late one brings others along. The variance of their number is that of independent bursts of the
/// size 1 + 2ρ/(1 − ρ)² at the utilisation ρ. The formula was found by simulation with constant service times, for ρ = 0.1 to 0.9: it
/// is at most 10 % too low (ρ = 0.3), about right for P99 and P99.9 of one to 32 streams, and up to half too high for P90. Service times
/// that scatter make bursts longer: with exponential ones they have 1 + 4ρ/(1 − ρ)², so it takes about twice as many requests.</para>
/// <para>How many bursts it takes depends on how far the true share is from the allowed one. With f their ratio, the verdict of
/// <see cref="LateShare"/> falls in nine runs of ten when 15/(1 − f)² bursts were allowed (4 more for "missed"). For P99 and half
/// the allowed share that is 30,000 requests at a utilisation of 0.5, 246,000 at 0.8 and 1,086,000 at 0.9. Simulated in
/// tests/Bench.Simulations/Loads.</para>
/// </remarks>
public static class OpenLoadPlan
{
    private const double BurstsAtNone = 15;
    private const double MoreForMissed = 4;
    private const double NearestToOne = 0.05;
    private const int AllFreeUpToStreams = 4;

    /// <summary>How many late requests come together.</summary>
    /// <param name="utilisation">The offered rate as a share of the highest throughput, from 0 on.</param>
    /// <returns>At least 1; null from a utilisation of 1 on, where the queue only grows.</returns>
    public static double? Burst(double utilisation)
    {
        CheckUtilisation(utilisation);
        return utilisation >= 1 ? null : 1 + (2 * utilisation / ((1 - utilisation) * (1 - utilisation)));
    }

    /// <summary>How many counted requests it takes, in all launches together.</summary>
    /// <param name="utilisation">The offered rate as a share of the highest throughput, from 0 on.</param>
    /// <param name="quantile">The quantile that the limit is for, in (0, 1).</param>
    /// <param name="shareOfAllowed">The true share of late requests, by the allowed one: from 0 on. Below 1 "met" is to be shown, above
    /// 1 "missed".</param>
    /// <returns>The number; null from a utilisation of 1 on, and where the true share is within 5 % of the allowed one.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static long? Requests(double utilisation, double quantile, double shareOfAllowed = 0.5)
    {
        ConfidenceInterval.CheckLevel(quantile);
        return Burst(utilisation) is { } burst ? RequestsOfBursts(burst, 1 - quantile, shareOfAllowed) : null;
    }

    /// <summary>How many requests may come after the counted time until the last cycle has ended.</summary>
    /// <param name="utilisation">The offered rate as a share of the highest throughput, from 0 on.</param>
    /// <returns>The number; of one stream at ρ = 0.9 it sufficed in 10,000 launches of 10,000. Null from a utilisation of 1 on.</returns>
    public static long? Tail(double utilisation)
    {
        CheckUtilisation(utilisation);
        return utilisation >= 1 ? null : (long)Math.Ceiling(20 / ((1 - utilisation) * (1 - utilisation)));
    }

    /// <summary>At how many unanswered requests cycles begin: none for up to four streams, otherwise as many as there are on average,
    /// since many streams are hardly ever all free.</summary>
    /// <param name="streams">How many streams take requests; at least 1.</param>
    /// <param name="utilisation">The offered rate as a share of the highest throughput, from 0 on.</param>
    /// <returns>The level, from 0 to <paramref name="streams"/> − 1.</returns>
    public static int Level(int streams, double utilisation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(streams, 1);
        CheckUtilisation(utilisation);
        return streams <= AllFreeUpToStreams ? 0 : (int)Math.Min(streams - 1, Math.Floor(streams * utilisation));
    }

    /// <summary>How many requests it takes with bursts of a known size.</summary>
    /// <param name="burst">How many late requests come together; at least about 1.</param>
    /// <param name="allowed">The share of requests that may be late, in (0, 1).</param>
    /// <param name="shareOfAllowed">The true share by the allowed one, from 0 on.</param>
    /// <returns>The number, or null where the two are within 5 %.</returns>
    internal static long? RequestsOfBursts(double burst, double allowed, double shareOfAllowed)
    {
        if (!(shareOfAllowed >= 0))
        {
            throw new ArgumentOutOfRangeException(
                nameof(shareOfAllowed), shareOfAllowed, "Expected a share of the allowed one, from 0 on.");
        }

        var distance = Math.Abs(1 - shareOfAllowed);
        return distance < NearestToOne
            ? null
            : (long)Math.Ceiling(((BurstsAtNone / (distance * distance)) + (shareOfAllowed > 1 ? MoreForMissed : 0)) * burst / allowed);
    }

    private static void CheckUtilisation(double utilisation)
    {
        if (!(utilisation >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(utilisation), utilisation, "Expected a utilisation from 0 on.");
        }
    }
}
