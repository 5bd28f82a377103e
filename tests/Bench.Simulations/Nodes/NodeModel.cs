using Bench.Analysis.Measurements;
using MathNet.Numerics.Distributions;

namespace Bench.Simulations.Nodes;

/// <summary>Latencies on nodes of one kind that differ, in launches that differ: all three levels are lognormal, so that mean and
/// quantiles over requests of random nodes are exact.</summary>
/// <param name="NodeDeviation">By how much nodes differ, as a share.</param>
/// <param name="SlowLaunchBy">By how much one launch in twenty is slower, as a share; 0 for none. It counts to the truth of the mean only.
/// </param>
internal sealed record NodeModel(double NodeDeviation, double SlowLaunchBy = 0)
{
    private const double LaunchDeviation = 0.02;
    private const double Within = 0.025;
    private const double SlowShare = 0.05;
    private const double TypicalMs = 20;

    private double Variance => (NodeDeviation * NodeDeviation) + (LaunchDeviation * LaunchDeviation) + (Within * Within);

    /// <summary>The mean over requests of random nodes, in ms.</summary>
    public double Mean => TypicalMs * Math.Exp(Variance / 2) * (1 + (SlowShare * SlowLaunchBy));

    /// <summary>The quantile over requests of random nodes, in ms, where no launch is slow.</summary>
    public double Quantile(double p) => TypicalMs * Math.Exp(Normal.InvCDF(0, Math.Sqrt(Variance), p));

    /// <summary>Draws a cell's timings.</summary>
    /// <param name="random">Randomness.</param>
    /// <param name="nodes">How many nodes.</param>
    /// <param name="launches">How many launches on each.</param>
    /// <param name="requests">How many requests in each launch.</param>
    /// <returns>They; rounds of slow launches are negative.</returns>
    public CellTimings Draw(Random random, int nodes, int launches, int requests)
    {
        var drawn = new List<LaunchTimings>();
        for (var node = 0; node < nodes; node++)
        {
            var level = NodeDeviation * Normal.Sample(random, 0, 1);
            for (var launch = 0; launch < launches; launch++)
            {
                var isSlow = random.NextDouble() < SlowShare && SlowLaunchBy > 0;
                var of = level + (LaunchDeviation * Normal.Sample(random, 0, 1)) + (isSlow ? Math.Log(1 + SlowLaunchBy) : 0);
                drawn.Add(new LaunchTimings(
                    isSlow ? -(drawn.Count + 1) : drawn.Count + 1,
                    [.. Enumerable.Range(0, requests).Select(_ => TypicalMs * Math.Exp(of + (Within * Normal.Sample(random, 0, 1))))])
                {
                    Node = $"n{node}",
                });
            }
        }

        return new CellTimings(CellId.Parse("a/b/fp32/c"), drawn);
    }

    /// <summary>Whether a slow launch was drawn.</summary>
    /// <param name="timings">What was drawn.</param>
    public static bool HasSlow(CellTimings timings) => timings.Launches.Any(launch => launch.Round < 0);
}
