using Bench.Analysis.Statistics.TwoSamples;

namespace Bench.Benchmarks.Tuning;

/// <summary>The claim that a search ends with.</summary>
/// <param name="IsRunnerUp">Whether the runner-up is shown to be cheaper than the winner of the search, and takes its place.</param>
/// <param name="TimesAsCheap">The default's cost over that of what is chosen, with its interval.</param>
/// <param name="RunnerUp">The runner-up's cost over the winner's; null without one.</param>
internal sealed record TuneClaim(bool IsRunnerUp, RatioEstimate TimesAsCheap, RatioEstimate? RunnerUp)
{
    /// <summary>The confidence of the claim. Of two that might have been made the one that is made is chosen by the same launches, so each
    /// has half of the chance to be wrong (Bonferroni).</summary>
    public const double Level = 0.95;

    private const double OfEach = 1 - ((1 - Level) / 2);

    /// <summary>Makes the claim.</summary>
    /// <param name="winner">The cost of an image in each launch of the winner, by rounds.</param>
    /// <param name="runnerUp">The same of the runner-up; null without one.</param>
    /// <param name="standard">The same of the default.</param>
    public static TuneClaim Of(double[] winner, double[]? runnerUp, double[] standard)
    {
        var other = runnerUp is null ? null : MeanRatio.Paired(winner, runnerUp, OfEach);
        var isRunnerUp = other?.Interval is { Upper: < 1 };
        return new TuneClaim(isRunnerUp, MeanRatio.Paired(isRunnerUp ? runnerUp! : winner, standard, OfEach), other);
    }

    /// <summary>Whether what is chosen is shown to be cheaper than the default.</summary>
    public bool IsImprovement => TimesAsCheap.Interval is { Lower: > 1 };
}
