using Bench.Analysis.Json;
using Bench.Analysis.Statistics.Paired;

namespace Bench.Analysis.Equivalence;

/// <summary>The JSON of <c>bench equivalence --json</c>.</summary>
internal sealed record EquivalenceJson(
    int N,
    int Zeros,
    int Ties,
    EquivalenceJson.MeanJson Mean,
    EquivalenceJson.ShareJson BeyondMargin,
    EquivalenceJson.AccuracyJson? Accuracy,
    EquivalenceJson.ShareJson? ChangedTopClasses,
    EquivalenceJson.WilcoxonJson Wilcoxon,
    EquivalenceJson.CentreJson HodgesLehmann,
    EquivalenceJson.TostJson Tost,
    EquivalenceJson.SignTestJson SignTest,
    double MaxAbsDifference,
    string Statistic,
    string Verdict,
    IReadOnlyList<string> Reasons,
    double RankBiserial,
    IReadOnlyList<string> Remarks)
{
    /// <summary>Writes a report.</summary>
    public static string Write(EquivalenceReport report)
    {
        var (evidence, tests, wilcoxon) = (report.Evidence, report.Evidence.Paired, report.Evidence.Paired.Wilcoxon);
        var json = new EquivalenceJson(
            wilcoxon.Pairs,
            wilcoxon.Zeros,
            wilcoxon.Ties,
            new MeanJson(tests.Mean.Value, tests.Mean.Interval?.Lower, tests.Mean.Interval?.Upper, report.Level, evidence.Margin,
                tests.Mean.PWithin, tests.Mean.PBeyond),
            Share(tests.Beyond)!,
            evidence.Accuracy is { } accuracy
                ? new AccuracyJson(accuracy.Answers.OnlyFirstRight, accuracy.Answers.OnlySecondRight, accuracy.Loss.Lower,
                    accuracy.Loss.Upper, report.Level, accuracy.McNemarPValue)
                : null,
            Share(evidence.TopClasses),
            new WilcoxonJson(wilcoxon.WPlus, wilcoxon.WMinus, wilcoxon.Statistic, wilcoxon.PValue, Method(wilcoxon),
                Name(wilcoxon.ZeroMethod), wilcoxon.Continuity),
            new CentreJson(tests.Centre.Value, tests.Centre.Interval?.Lower, tests.Centre.Interval?.Upper, report.Level),
            new TostJson(tests.Tost.Margin, tests.Tost.PLower, tests.Tost.PUpper, tests.Tost.PValue),
            new SignTestJson(tests.SignTestPValue),
            tests.MaxAbsDifference,
            EnumNames.Of(report.Statistic),
            report.Verdict.Name(),
            report.Reasons,
            wilcoxon.RankBiserial,
            report.Remarks);
        return JsonText.Write(json);
    }

    internal static string Method(SignedRankResult result) => result.IsExact ? "exact" : "normal";

    internal static string Name(ZeroMethod method) => method.ToString().ToLowerInvariant();

    private static ShareJson? Share(ShareEvidence? share) =>
        share is null ? null : new ShareJson(share.Count, share.Share, share.Allowed, share.Lower, share.Upper);

    internal sealed record MeanJson(
        double Difference, double? Lower, double? Upper, double Level, double Margin, double PWithin, double PBeyond);

    internal sealed record ShareJson(int Count, double Share, double Allowed, double Lower, double Upper);

    internal sealed record AccuracyJson(
        int OnlyReferenceRight, int OnlyCandidateRight, double LossLower, double LossUpper, double Level, double McNemarPValue);

    internal sealed record WilcoxonJson(
        double WPlus, double WMinus, double Statistic, double PValue, string Method, string ZeroMethod, bool Continuity);

    internal sealed record CentreJson(double Estimate, double? Lower, double? Upper, double Level);

    internal sealed record TostJson(double Margin, double PLower, double PUpper, double PValue);

    internal sealed record SignTestJson(double PValue);
}
