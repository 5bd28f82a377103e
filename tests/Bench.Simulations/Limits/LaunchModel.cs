using MathNet.Numerics.Distributions;

namespace Bench.Simulations.Limits;

/// <summary>Latencies of launches that differ: the regime in which limits must hold.</summary>
/// <param name="LaunchDeviation">By how much launches differ, as a share.</param>
/// <param name="SlowBy">By how much one launch in ten is slower, as a share; 0 for none.</param>
internal sealed record LaunchModel(double LaunchDeviation, double SlowBy = 0)
{
    private const double Within = 0.025;
    private const double Correlation = 0.3;
    private const double TailShare = 0.02;
    private const double TailMedian = 0.175;
    private const double TailSigma = 0.5;
    private const double SlowShare = 0.1;
    private const double TypicalMs = 20;

    /// <summary>Draws the latencies of some launches in ms, and which of them are slow.</summary>
    public (double[][] Launches, IReadOnlyList<int> Slow) Draw(Random random, int launches, int requests)
    {
        var slow = new List<int>();
        var drawn = new double[launches][];
        for (var j = 0; j < launches; j++)
        {
            var isSlow = SlowBy > 0 && random.NextDouble() < SlowShare;
            if (isSlow)
            {
                slow.Add(j);
            }

            var level = (LaunchDeviation * Normal.Sample(random, 0, 1)) + (isSlow ? Math.Log(1 + SlowBy) : 0);
            var state = Normal.Sample(random, 0, 1);
            drawn[j] = new double[requests];
            for (var i = 0; i < requests; i++)
            {
                state = i == 0 ? state : (Correlation * state) + (Math.Sqrt(1 - (Correlation * Correlation)) * Normal.Sample(random, 0, 1));
                var tail = random.NextDouble() < TailShare
                    ? Math.Log(1 + (TailMedian * Math.Exp(TailSigma * Normal.Sample(random, 0, 1))))
                    : 0;
                drawn[j][i] = TypicalMs * Math.Exp(level + (Within * state) + tail);
            }
        }

        return (drawn, slow);
    }

    /// <summary>The true quantile over requests of random launches, in ms: by bisection of its distribution.</summary>
    public double Truth(double p)
    {
        var deviation = Math.Sqrt((LaunchDeviation * LaunchDeviation) + (Within * Within));
        double[] tails = [.. Enumerable.Range(0, 2000)
            .Select(i => Math.Log(1 + (TailMedian * Math.Exp(TailSigma * Normal.InvCDF(0, 1, (i + 0.5) / 2000)))))];
        double Ordinary(double x) => ((1 - TailShare) * Normal.CDF(0, 1, x / deviation))
            + (TailShare * tails.Average(tail => Normal.CDF(0, 1, (x - tail) / deviation)));
        double Of(double x) =>
            SlowBy == 0 ? Ordinary(x) : ((1 - SlowShare) * Ordinary(x)) + (SlowShare * Ordinary(x - Math.Log(1 + SlowBy)));
        var (low, high) = (-1.0, 3.0);
        for (var step = 0; step < 60; step++)
        {
            var middle = (low + high) / 2;
            (low, high) = Of(middle) < p ? (middle, high) : (low, middle);
        }

        return TypicalMs * Math.Exp(high);
    }
}
