using MathNet.Numerics;

namespace Bench.Analysis.Statistics.Queueing;

/// <summary>The exact distribution of waiting times where requests arrive at random and take equally long (M/D/c), in service times.
/// </summary>
/// <remarks>
/// How many requests there are, at two times one service time apart, is a chain: the c that were served have gone, and a Poisson number
/// has come (Crommelin 1932). From it the waiting time, with positive terms alone: G. J. Franx, "A simple solution for the M/D/c waiting
/// time distribution", https://doi.org/10.1016/S0167-6377(01)00108-0.
/// </remarks>
internal sealed class ConstantServiceQueue
{
    private const double Negligible = 1e-18;
    private const double NeverLeft = 1e-200;
    private const double Largest = 1e200;
    private const int Halvings = 50;

    private readonly double _load;
    private readonly int _streams;
    private readonly double[] _atMost;

    /// <param name="utilisation">The rate × the service time / the streams, in (0, 1).</param>
    /// <param name="streams">How many requests are served at a time.</param>
    public ConstantServiceQueue(double utilisation, int streams = 1)
    {
        (_load, _streams) = (utilisation * streams, streams);
        _atMost = AtMost(_load, streams, (int)(30 / (1 - utilisation)) + (4 * streams) + 40);
    }

    /// <summary>The chance that a request waits no longer.</summary>
    /// <param name="wait">In service times, from 0 on.</param>
    public double WaitAtMost(double wait)
    {
        if (wait >= _atMost.Length)
        {
            // So long a wait needs more requests than there ever are.
            return 1;
        }

        var whole = (long)Math.Floor(wait) + 1;
        var mean = _load * (whole - wait);
        var sum = 0.0;
        for (var arrived = 0L; arrived < whole * _streams; arrived++)
        {
            // By logarithms: with many streams e to the minus mean is 0 in a double.
            var term = mean > 0 ? Math.Exp((arrived * Math.Log(mean)) - mean - SpecialFunctions.GammaLn(arrived + 1.0))
                : arrived == 0 ? 1 : 0;
            if (arrived > mean && term < Negligible)
            {
                break;
            }

            sum += term * _atMost[(int)Math.Min(_atMost.Length - 1, (whole * _streams) - 1 - arrived + _streams)];
        }

        return sum;
    }

    /// <summary>What a share of requests does not wait longer than, in service times.</summary>
    /// <param name="share">In (0, 1).</param>
    public double WaitQuantile(double share)
    {
        if (WaitAtMost(0) >= share)
        {
            return 0;
        }

        var (low, high) = (0.0, 1.0);
        while (WaitAtMost(high) < share)
        {
            (low, high) = (high, high * 2);
        }

        for (var halving = 0; halving < Halvings; halving++)
        {
            var middle = (low + high) / 2;
            (low, high) = WaitAtMost(middle) < share ? (middle, high) : (low, middle);
        }

        return high;
    }

    /// <summary>The limit that a share of requests meets exactly: waiting and service, in service times.</summary>
    /// <param name="share">In (0, 1), above the share that does not wait.</param>
    public double LatencyQuantile(double share) => 1 + WaitQuantile(share);

    /// <summary>The stationary chances of at most so many requests.</summary>
    /// <remarks>By taking one state after the other out of the chain, from the top (W. K. Grassmann, M. I. Taksar and D. P. Heyman 1985,
    /// https://doi.org/10.1287/opre.33.5.1107): nothing is subtracted, so that nothing is lost to rounding. The chain is cut off where
    /// what is above it no longer counts.</remarks>
    private static double[] AtMost(double load, int streams, int states)
    {
        var (chain, lowest) = (Chain(load, streams, states), 0);
        for (var top = states - 1; top > 0; top--)
        {
            var (down, leave) = (chain[top], 0.0);
            for (var to = Math.Max(0, top - streams); to < top; to++)
            {
                leave += down[to];
            }

            if (leave < NeverLeft)
            {
                // With hundreds of requests in service it is never so empty: what lies below has no chance that a number could hold.
                lowest = top;
                break;
            }

            for (var from = 0; from < top; from++)
            {
                var up = chain[from][top] / leave;
                chain[from][top] = up;
                for (var to = Math.Max(0, top - streams); up > 0 && to < top; to++)
                {
                    chain[from][to] += up * down[to];
                }
            }
        }

        var chances = new double[states];
        chances[lowest] = 1;
        for (var to = lowest + 1; to < states; to++)
        {
            for (var from = lowest; from < to; from++)
            {
                chances[to] += chances[from] * chain[from][to];
            }

            if (chances[to] > Largest)
            {
                // With hundreds of requests in service the likely states are that much likelier than the lowest one.
                for (var i = lowest; i <= to; i++)
                {
                    chances[i] /= Largest;
                }
            }
        }

        var sum = chances.Sum();
        for (var (i, atMost) = (0, 0.0); i < states; i++)
        {
            chances[i] = atMost = Math.Min(1, atMost + (chances[i] / sum));
        }

        return chances;
    }

    /// <summary>How likely it is to come from so many requests to so many others in a service time.</summary>
    private static double[][] Chain(double load, int streams, int states)
    {
        var chain = new double[states][];
        for (var from = 0; from < states; from++)
        {
            var (row, stay, left) = (new double[states], Math.Max(0, from - streams), 1.0);
            for (var to = stay; to < states && left > 0; to++)
            {
                var arrived = to - stay;
                row[to] = to == states - 1 ? left
                    : Math.Min(left, Math.Exp((arrived * Math.Log(load)) - load - SpecialFunctions.GammaLn(arrived + 1.0)));
                left = arrived > load && row[to] < Negligible ? 0 : left - row[to];
            }

            chain[from] = row;
        }

        return chain;
    }
}
