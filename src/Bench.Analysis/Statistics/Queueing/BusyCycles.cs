namespace Bench.Analysis.Statistics.Queueing;

/// <summary>The cycles that are counted of one launch under an open load.</summary>
/// <remarks>
/// <para>A cycle begins when a request finds every stream free: at its due time all earlier requests are answered. What comes then does
/// not depend on what came before, so cycles are independent of each other, which neighbouring requests are not. W. L. Smith 1955,
/// https://doi.org/10.1098/rspa.1955.0198; Crane and Iglehart 1975, https://doi.org/10.1287/opre.23.1.33.</para>
/// <para>Many streams are hardly ever all free. Then a cycle may begin at a level: when a request finds exactly so many earlier requests
/// unanswered. With exponential service times that is exact, too; with constant ones it is nearly so, as the simulation shows
/// (tests/Bench.Simulations/Loads, 8 and 32 streams). <see cref="OpenLoadPlan.Level"/> chooses it.</para>
/// <para>What begins is decided by the clock, what is counted by the cycle: those that begin from one time on and before another are
/// counted to their end. So the number of counted cycles is a stopping time, and the sums over them have the expectations that the
/// ratio needs (Wald 1944, https://doi.org/10.1214/aoms/1177731235). To leave the last cycle out because it is cut off would lose long
/// cycles more often than short ones, and late requests are in the long ones: at a load of 0.9 launches of 2,000 requests then show 21 %
/// fewer late requests than there are. Cutting it off at the end of the time and keeping it loses 10 %; counting to its end loses none
/// (BusyCycleTests in tests/Bench.Simulations/Loads). So a launch goes on after the counted time until a request begins the next cycle.
/// </para>
/// </remarks>
public sealed record BusyCycles
{
    private BusyCycles(IReadOnlyList<BusyCycle> cycles, bool isCut) => (Cycles, IsCut) = (cycles, isCut);

    /// <summary>The counted cycles, in their order. Empty if none began in the counted time.</summary>
    public IReadOnlyList<BusyCycle> Cycles { get; }

    /// <summary>Whether the requests ended before the last counted cycle did. It is counted as far as it went: to leave it out would
    /// be worse. In many short launches this hides late requests.</summary>
    public bool IsCut { get; }

    /// <summary>Splits the requests of one launch.</summary>
    /// <param name="dueMs">When each request was due, in ms, ascending.</param>
    /// <param name="doneMs">When it was answered, in ms on the same clock; positive infinity if it never was.</param>
    /// <param name="limitMs">The longest time from due to done, in ms, that is not late; above 0.</param>
    /// <param name="fromMs">Cycles that begin before this time, in ms, are not counted: the engine is still warming up.</param>
    /// <param name="untilMs">Nor are those that begin at this time or later. Infinite: all are, and the last one is cut off.</param>
    /// <param name="level">How many earlier requests are unanswered where a cycle begins; 0: every stream is free.</param>
    /// <returns>The counted cycles.</returns>
    /// <exception cref="ArgumentException">The spans differ in length, times are not in order, or one is not a number.</exception>
    public static BusyCycles Split(
        ReadOnlySpan<double> dueMs,
        ReadOnlySpan<double> doneMs,
        double limitMs,
        double fromMs = double.NegativeInfinity,
        double untilMs = double.PositiveInfinity,
        int level = 0)
    {
        if (dueMs.Length != doneMs.Length)
        {
            throw new ArgumentException($"Expected as many answers as requests, found {doneMs.Length} and {dueMs.Length}.", nameof(doneMs));
        }

        if (!(limitMs > 0) || double.IsNaN(fromMs) || double.IsNaN(untilMs))
        {
            throw new ArgumentException("Expected a limit above 0, and times that are numbers.", nameof(limitMs));
        }

        ArgumentOutOfRangeException.ThrowIfNegative(level);
        var (cycles, open) = (new List<BusyCycle>(), default(BusyCycle));
        var unanswered = new PriorityQueue<double, double>();
        var before = double.NegativeInfinity;
        for (var i = 0; i < dueMs.Length; i++)
        {
            var (due, done) = (dueMs[i], doneMs[i]);
            if (!(due >= before && done >= due && double.IsFinite(due)))
            {
                throw new ArgumentException($"Expected ascending due times and no answer before its request, found {due} ms after "
                    + $"{before} ms, answered at {done} ms.", nameof(dueMs));
            }

            while (unanswered.TryPeek(out _, out var next) && next <= due)
            {
                unanswered.Dequeue();
            }

            if (unanswered.Count == level)
            {
                if (open.Requests > 0)
                {
                    cycles.Add(open);
                    open = default;
                }

                if (due >= untilMs)
                {
                    return new BusyCycles(cycles, false);
                }
            }

            if (open.Requests > 0 || (unanswered.Count == level && due >= fromMs))
            {
                open = new BusyCycle(open.Requests + 1, open.Late + (done - due > limitMs ? 1 : 0));
            }

            unanswered.Enqueue(done, done);
            before = due;
        }

        if (open.Requests > 0)
        {
            cycles.Add(open);
        }

        return new BusyCycles(cycles, open.Requests > 0);
    }
}
