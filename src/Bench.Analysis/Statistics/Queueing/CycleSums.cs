namespace Bench.Analysis.Statistics.Queueing;

/// <summary>What the verdict needs to know of any number of cycles. Whole numbers: the order of adding does not matter.</summary>
/// <remarks>Those of several launches are added: launches are parts of one sample of cycles, and a launch is no single observation.
/// </remarks>
public readonly record struct CycleSums
{
    /// <summary>How many cycles.</summary>
    public long Cycles { get; init; }

    /// <summary>How many of them have a late request.</summary>
    public long LateCycles { get; init; }

    /// <summary>How many requests.</summary>
    public long Requests { get; init; }

    /// <summary>How many late requests.</summary>
    public long Late { get; init; }

    /// <summary>The requests of the longest cycle.</summary>
    public long LongestCycle { get; init; }

    /// <summary>The late requests of the cycle that has most of them.</summary>
    public long MostLate { get; init; }

    /// <summary>The sum over cycles of (late requests)².</summary>
    public long LateSquared { get; init; }

    /// <summary>The sum over cycles of late requests × requests.</summary>
    public long LateTimesRequests { get; init; }

    /// <summary>The sum over cycles of (requests)².</summary>
    public long RequestsSquared { get; init; }

    /// <summary>Sums cycles up.</summary>
    /// <param name="cycles">The cycles, of one launch or of many; may be empty.</param>
    /// <returns>The sums.</returns>
    public static CycleSums Of(IEnumerable<BusyCycle> cycles)
    {
        var sums = default(CycleSums);
        foreach (var cycle in cycles)
        {
            sums += Of(cycle);
        }

        return sums;
    }

    /// <summary>The sums of one cycle.</summary>
    /// <param name="cycle">The cycle.</param>
    /// <returns>The sums.</returns>
    public static CycleSums Of(BusyCycle cycle) => new()
    {
        Cycles = 1,
        LateCycles = cycle.Late > 0 ? 1 : 0,
        Requests = cycle.Requests,
        Late = cycle.Late,
        LongestCycle = cycle.Requests,
        MostLate = cycle.Late,
        LateSquared = (long)cycle.Late * cycle.Late,
        LateTimesRequests = (long)cycle.Late * cycle.Requests,
        RequestsSquared = (long)cycle.Requests * cycle.Requests,
    };

    /// <summary>The sums over the cycles of both.</summary>
    /// <param name="left">The ones.</param>
    /// <param name="right">The others.</param>
    /// <returns>The sums.</returns>
    public static CycleSums operator +(CycleSums left, CycleSums right) => new()
    {
        Cycles = left.Cycles + right.Cycles,
        LateCycles = left.LateCycles + right.LateCycles,
        Requests = left.Requests + right.Requests,
        Late = left.Late + right.Late,
        LongestCycle = Math.Max(left.LongestCycle, right.LongestCycle),
        MostLate = Math.Max(left.MostLate, right.MostLate),
        LateSquared = left.LateSquared + right.LateSquared,
        LateTimesRequests = left.LateTimesRequests + right.LateTimesRequests,
        RequestsSquared = left.RequestsSquared + right.RequestsSquared,
    };

    /// <inheritdoc cref="op_Addition"/>
    public static CycleSums Add(CycleSums left, CycleSums right) => left + right;

    /// <summary>The sum over cycles of (late requests − share × requests)²: the variance of all late requests, if the share is true.
    /// </summary>
    /// <param name="share">The share of late requests, in [0, 1].</param>
    /// <returns>In requests², not below 0.</returns>
    public double SquaredDeviations(double share) =>
        Math.Max(0, LateSquared - (2 * share * LateTimesRequests) + (share * share * RequestsSquared));
}
