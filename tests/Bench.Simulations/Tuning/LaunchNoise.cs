using Bench.Models.Data;

namespace Bench.Simulations.Tuning;

/// <summary>How launches scatter: what a round shares, what each has for itself, and one in twenty that takes 30 % longer.</summary>
/// <param name="PairDeviation">The standard deviation of the difference of two launches of a round, as a share.</param>
/// <param name="Seed">The seed of the replay.</param>
internal sealed record LaunchNoise(double PairDeviation, ulong Seed)
{
    // From run to run cells scatter together by 1.8 %: benchmarks/README.md.
    private const double Shared = 0.018;
    private const double SlowShare = 0.05;
    private const double Slower = 1.3;

    /// <summary>A launch: the same candidate in the same round is the same launch.</summary>
    /// <param name="truth">What it costs without noise.</param>
    /// <param name="candidate">The configuration.</param>
    /// <param name="round">The round.</param>
    public double Launch(double truth, int candidate, int round)
    {
        var together = new SeededRandom(Seed, (ulong)round << 32);
        var alone = new SeededRandom(Seed, ((ulong)round << 32) | (uint)(candidate + 1));
        var own = PairDeviation / Math.Sqrt(2);
        return truth * Math.Exp((Shared * together.NextNormal()) + (own * alone.NextNormal()))
            * (alone.NextDouble() < SlowShare ? Slower : 1);
    }
}
