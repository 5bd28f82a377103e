using System.Globalization;
using Bench.Analysis.Equivalence;

namespace Bench.Analysis.Decision;

/// <summary>What a decision maker should know besides the choice.</summary>
internal static class DecisionRemarks
{
    public static IEnumerable<string> Of(Candidate? choice, IReadOnlyList<Candidate> acceptable, DecisionOptions options)
    {
        if (options.LimitMs is { } limit)
        {
            foreach (var candidate in acceptable.Where(candidate => candidate.Latency.Against(limit) == Feasibility.Undecided
                && (choice is null || candidate.Cost.UsdPerMillionImages < choice.Cost.UsdPerMillionImages)))
            {
                yield return Text($"`{candidate.Label}` would {(choice is null ? "do" : "be cheaper")} at ${candidate.Cost.UsdPerMillionImages:0.00} per million images, but it is not shown to meet {limit:0.###} ms: {Why(candidate)}.");
            }
        }

        if (choice is null)
        {
            yield break;
        }

        if (choice.Latency.Remark is { } remark && (options.LimitMs is not null || options.Quantile != LatencyQuantile.Mean))
        {
            yield return $"the choice's {options.Quantile.Name()}: {remark}.";
        }

        if (choice.Outputs is not (EquivalenceVerdict.Identical or EquivalenceVerdict.Equivalent))
        {
            yield return $"the choice's outputs are not shown to be equivalent ({(choice.Outputs is { } verdict ? verdict.Name() : "not compared")}); --min-equivalence equivalent asks for that.";
        }

        if (choice.MetricChange < 0)
        {
            yield return Text($"the choice loses {-choice.MetricChange.Value:0.####} of the task metric on the evaluation images.");
        }
    }

    private static string Why(Candidate candidate) => candidate.Latency switch
    {
        { LowerMs: { } lower, UpperMs: { } upper } => Text($"its latency lies between {Math.Max(0, lower):0.###} and {upper:0.###} ms"),
        { Remark: { } remark } => remark,
        _ => "the interval is unknown",
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
