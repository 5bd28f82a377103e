namespace Bench.Analysis.Statistics.Queueing;

/// <summary>Which share of requests was late, how far it may be from the truth, and whether it is shown to be at most what is allowed.
/// </summary>
/// <remarks>
/// <para>Of N requests in independent cycles S were late. If the allowed share a is the true one, S has the mean a·N and the variance
/// V = Σ (late − a·requests)² over all cycles, of whatever launch: deviations are taken from the allowed share, not from what each launch
/// or all of them show, since few late requests would show a small variance, too, and "met" would be said by luck. Late requests come in
/// bursts, so S is about the size of a burst, V/S, times a Poisson number, and the bounds are quantiles of a gamma distribution, after Fay
/// and Feuer 1997, https://doi.org/10.1002/(SICI)1097-0258(19970415)16:7%3C791::AID-SIM500%3E3.0.CO;2-%23.</para>
/// <para>The upper bound supposes one burst more than was seen, of the size
/// w = ½ · most late in a cycle + longest cycle / √(1 + cycles with a late one). Both terms were chosen by simulation; the second stands
/// for bursts that were too rare to be seen. Without any late request w is the longest cycle: then the limit is met once 4.6 times as
/// many late requests were allowed in N, and where no request ever waits that is N = 472 for P99 (exactly 459).</para>
/// <para>Both bounds are nominally 99 % and hold in at least 98 % of simulated runs, however few the requests (tests/Bench.Simulations,
/// README, Loads). The bound of a normal distribution at 99.9 %, from 50 cycles with a late request on, is wrong as often, and can say
/// nothing before. Launches that differ as a whole, and kinds of bursts that never occurred and are longer than any cycle, are in no bound.
/// </para>
/// </remarks>
public sealed record LateShare
{
    /// <summary>The nominal confidence of each bound; simulated, it is at least 98 %.</summary>
    public const double Level = 0.99;

    // Requests within cycles vary, too, which takes a little more than the bound of a share of which none was seen.
    private const double NoneLateFactor = 1.1;

    private LateShare(CycleSums sums, double allowed) => (Sums, Allowed) = (sums, allowed);

    /// <summary>What was counted.</summary>
    public CycleSums Sums { get; }

    /// <summary>The share of requests that may be late, in (0, 1): 1 − quantile.</summary>
    public double Allowed { get; }

    /// <summary>The share of requests that were late, in [0, 1]; NaN if there was none.</summary>
    public double Share => (double)Sums.Late / Sums.Requests;

    /// <summary>What the share is not below, in [0, 1]; 0 if none was late.</summary>
    public double Lower { get; private init; }

    /// <summary>What the share does not exceed, in (0, 1]; 1 if there was no request.</summary>
    public double Upper { get; private init; }

    /// <summary>Met if the upper bound is at most the allowed share, missed if the lower one is above it.</summary>
    public LateVerdict Verdict => Upper <= Allowed ? LateVerdict.Met : Lower > Allowed ? LateVerdict.Missed : LateVerdict.Undecided;

    /// <summary>How many requests it takes in all until the verdict falls in nine of ten runs, if the true share is the one seen. Null
    /// if it has fallen, if there was no request, or if the share is within 5 % of the allowed one: then no number is worth planning.
    /// </summary>
    public long? RequestsNeeded
    {
        get
        {
            if (Verdict != LateVerdict.Undecided || Sums.Requests == 0)
            {
                return null;
            }

            // Without a late one nothing is known but that there are no bursts as long as the longest cycle.
            var needed = Sums.Late == 0
                ? (long)Math.Ceiling(-Math.Log(1 - Level) * NoneLateFactor * Sums.LongestCycle / Allowed)
                : OpenLoadPlan.RequestsOfBursts(
                    (Sums.SquaredDeviations(Allowed) + (Extra * Extra)) / (Sums.Late + Extra), Allowed, Share / Allowed);
            return needed is { } requests ? Math.Max(requests, Sums.Requests + 1) : null;
        }
    }

    private double Extra => (Sums.MostLate / 2.0) + (Sums.LongestCycle / Math.Sqrt(1 + Sums.LateCycles));

    /// <summary>Judges cycles.</summary>
    /// <param name="sums">The counted cycles of all launches at one load.</param>
    /// <param name="quantile">The quantile that the limit is for, in (0, 1): 0.99 allows 1 % to be late.</param>
    /// <returns>The share, its bounds and the verdict; undecided where there was no request.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The quantile is not in (0, 1).</exception>
    public static LateShare Judge(CycleSums sums, double quantile)
    {
        ConfidenceInterval.CheckLevel(quantile);
        var allowed = 1 - quantile;
        var share = new LateShare(sums, allowed) { Upper = 1 };
        if (sums.Requests == 0)
        {
            return share;
        }

        var (variance, extra) = (sums.SquaredDeviations(allowed), share.Extra);
        return share with
        {
            Lower = sums.Late == 0 ? 0 : Math.Min(1, Gamma(sums.Late, variance, 1 - Level) / sums.Requests),
            Upper = Math.Min(1, Gamma(sums.Late + extra, variance + (extra * extra), Level) / sums.Requests),
        };
    }

    /// <summary>A quantile of the gamma distribution with a mean and a variance.</summary>
    private static double Gamma(double mean, double variance, double p) =>
        variance > 0 ? MathNet.Numerics.Distributions.Gamma.InvCDF(mean * mean / variance, mean / variance, p) : mean;
}
