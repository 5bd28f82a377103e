using Bench.Analysis.Statistics.Queueing;
using Bench.Models.Data;

namespace Bench.Simulations.Loads;

/// <summary>A launch under an open load, in virtual time: requests at random times, each of which takes one service time.</summary>
/// <param name="DueMs">When requests were due, in service times, which count as ms here.</param>
/// <param name="DoneMs">When they were answered.</param>
internal sealed record SimulatedLaunch(double[] DueMs, double[] DoneMs)
{
    /// <summary>Draws a launch, and answers its requests in their order with the first free stream.</summary>
    /// <param name="random">Where the gaps come from.</param>
    /// <param name="utilisation">The rate × the service time / the streams; above 0, also from 1 on.</param>
    /// <param name="requests">How many requests.</param>
    /// <param name="streams">How many are served at a time.</param>
    public static SimulatedLaunch Draw(ref SeededRandom random, double utilisation, int requests, int streams = 1)
    {
        var (due, done, time) = (new double[requests], new double[requests], 0.0);
        for (var i = 0; i < requests; i++)
        {
            due[i] = time += Gap(ref random, utilisation * streams);
            // Equal service times: whoever came so many requests before is the first to go.
            done[i] = Math.Max(time, i < streams ? 0 : done[i - streams]) + 1;
        }

        return new SimulatedLaunch(due, done);
    }

    /// <summary>The sums of the cycles of one stream, without keeping the requests: the same as of <see cref="BusyCycles"/>, and fast.
    /// </summary>
    /// <param name="random">Where the gaps come from.</param>
    /// <param name="utilisation">The rate × the service time.</param>
    /// <param name="requests">After how many requests the cycle that is open is the last one.</param>
    /// <param name="limit">The limit, in service times.</param>
    public static CycleSums Count(ref SeededRandom random, double utilisation, long requests, double limit)
    {
        var (sums, open, wait) = (default(CycleSums), default(BusyCycle), 0.0);
        while (true)
        {
            wait = Math.Max(0, wait + (open.Requests > 0 ? 1 : 0) - Gap(ref random, utilisation));
            if (wait == 0 && open.Requests > 0)
            {
                sums += CycleSums.Of(open);
                if (sums.Requests >= requests)
                {
                    return sums;
                }

                open = default;
            }

            open = new BusyCycle(open.Requests + 1, open.Late + (wait + 1 > limit ? 1 : 0));
        }
    }

    private static double Gap(ref SeededRandom random, double rate) => -Math.Log(1 - random.NextDouble()) / rate;
}
