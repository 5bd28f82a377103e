using Bench.Analysis.Comparison;
using Bench.Analysis.Statistics;
using Bench.Analysis.Statistics.TwoSamples;

namespace Bench.Analysis.Decision;

/// <summary>Whether anything tells the costs of two candidates apart.</summary>
/// <remarks>Cells of one run are paired round by round; of different runs it is not known how runs differ, so that the gate's cautious
/// default stands in.</remarks>
internal static class CostTie
{
    private const double Level = 0.95;
    private const double SmallestPrinted = 0.005;

    /// <summary>Whether it is not shown which of two costs less.</summary>
    /// <param name="one">A candidate.</param>
    /// <param name="other">Another one, which by the estimates costs no less.</param>
    /// <returns>Whether the 95 % interval of the ratio of costs has 1 in it, or there is none.
    /// Published means are taken as they stand.</returns>
    public static bool Is(Candidate one, Candidate other)
    {
        if (one.IsPublished || other.IsPublished)
        {
            // Published costs have no interval, but nobody saves "0 %".
            return (other.Cost.UsdPerMillionImages / one.Cost.UsdPerMillionImages) - 1 < SmallestPrinted;
        }

        var isOneRun = one.RunId == other.RunId;
        var (ratio, interval) = Means(one, other, isOneRun);
        if (interval is null)
        {
            return true;
        }

        var wider = TimeRatio.Widen(
            interval, ratio, new BetweenRuns(isOneRun ? RunEvidence.Paired : RunEvidence.Unknown), TimeSubject.Mean);

        // The ratio of costs is that of means times what price and starts make of it, which have no noise.
        var factor = other.Cost.UsdPerMillionImages / one.Cost.UsdPerMillionImages / ratio;
        return wider.Lower * factor <= 1;
    }

    private static (double Ratio, ConfidenceInterval? Interval) Means(Candidate one, Candidate other, bool isOneRun)
    {
        List<int> rounds = [.. one.LaunchImageMs.Keys.Intersect(other.LaunchImageMs.Keys).Order()];
        var estimate = isOneRun && rounds.Count > 1
            ? MeanRatio.Paired(
                [.. rounds.Select(round => one.LaunchImageMs[round])], [.. rounds.Select(round => other.LaunchImageMs[round])], Level)
            : MeanRatio.Independent([.. one.LaunchImageMs.Values], [.. other.LaunchImageMs.Values], Level);
        return (estimate.Ratio, estimate.Interval);
    }
}
