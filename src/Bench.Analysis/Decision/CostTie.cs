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
    public static bool Is(Candidate one, Candidate other) =>
        other.Cost.UsdPerMillionImages / one.Cost.UsdPerMillionImages <= LargestTied(one, other);

    /// <summary>The largest ratio of two costs that does not tell them apart.</summary>
    /// <param name="one">A candidate.</param>
    /// <param name="other">Another one, which by the estimates costs no less.</param>
    /// <returns>The ratio at which 1 is the end of its 95 % interval; infinite where there is none. Published means are taken as they
    /// stand. What prices and starts make of the ratio of times has no noise.</returns>
    public static double LargestTied(Candidate one, Candidate other)
    {
        if (one.IsPublished || other.IsPublished)
        {
            // Published costs have no interval, but nobody saves "0 %".
            return 1 + SmallestPrinted;
        }

        var isOneRun = one.RunId == other.RunId;
        var (ratio, interval) = Means(one, other, isOneRun);
        if (interval is null)
        {
            return double.PositiveInfinity;
        }

        var wider = TimeRatio.Widen(
            interval, ratio, new BetweenRuns(isOneRun ? RunEvidence.Paired : RunEvidence.Unknown), TimeSubject.Mean);
        return wider.Lower > 0 ? ratio / wider.Lower : double.PositiveInfinity;
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
