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
    private const int MostUtilised = 20_000;
    private const double Converged = 1e-13;
    private const double Negligible = 1e-18;

    private readonly double _load;
    private readonly int _streams;
    private readonly double[] _atMost;

    /// <param name="utilisation">The rate × the service time / the streams, in (0, 1).</param>
    /// <param name="streams">How many requests are served at a time.</param>
    public ConstantServiceQueue(double utilisation, int streams = 1)
    {
        (_load, _streams) = (utilisation * streams, streams);
        _atMost = AtMost(_load, streams, (int)(60 / (1 - utilisation)) + (4 * streams) + 40);
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

    /// <summary>The limit that a share of requests meets exactly: waiting and service, in service times.</summary>
    /// <param name="share">In (0, 1), above the share that does not wait.</param>
    public double LatencyQuantile(double share)
    {
        var (low, high) = (0.0, 1.0);
        while (WaitAtMost(high) < share)
        {
            high *= 2;
        }

        for (var middle = (low + high) / 2; middle > low && middle < high; middle = (low + high) / 2)
        {
            (low, high) = WaitAtMost(middle) < share ? (middle, high) : (low, middle);
        }

        return 1 + high;
    }

    /// <summary>The stationary chances of at most so many requests, by following the chain from the empty queue on.</summary>
    private static double[] AtMost(double load, int streams, int states)
    {
        var arrivals = new double[states];
        for (var k = 0; k < states; k++)
        {
            arrivals[k] = Math.Exp((k * Math.Log(load)) - load - SpecialFunctions.GammaLn(k + 1.0));
        }

        var band = Array.FindLastIndex(arrivals, chance => chance > 1e-18);
        var (now, change) = (new double[states], 1.0);
        now[0] = 1;
        for (var step = 0; step < MostUtilised && change > Converged; step++)
        {
            var next = new double[states];
            for (var i = 0; i < states; i++)
            {
                var stay = Math.Max(0, i - streams);
                for (var k = 0; now[i] > 0 && k <= band && stay + k < states; k++)
                {
                    next[stay + k] += now[i] * arrivals[k];
                }
            }

            change = now.Zip(next, (a, b) => Math.Abs(a - b)).Max();
            now = next;
        }

        for (var i = 1; i < states; i++)
        {
            now[i] += now[i - 1];
        }

        return now;
    }
}
