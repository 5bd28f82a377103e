using Bench.Analysis.Decision;
using Bench.Analysis.Reports;
using Bench.Analysis.Rows;

namespace Bench.Pictures.Page;

/// <summary>What a page is made of.</summary>
/// <param name="Report">The report.</param>
/// <param name="Decisions">What to buy, for each latency that may be asked for; empty if nothing could be decided.</param>
/// <param name="WhyNoDecision">Why nothing was decided; null if something was.</param>
/// <param name="Question">What the page is asked first.</param>
/// <param name="Pictures">The pictures, by the latency that they show; those that show none are in all.</param>
public sealed record PageContent(
    Report Report,
    IReadOnlyDictionary<LatencyQuantile, IReadOnlyList<ModelDecision>> Decisions,
    string? WhyNoDecision,
    PageQuestion Question,
    IReadOnlyDictionary<LatencyQuantile, IReadOnlyList<Picture>> Pictures)
{
    /// <summary>Whether the first question is the one that was asked; it is another where nothing is known of the latency that was.
    /// </summary>
    public bool IsAsAsked { get; init; } = true;

    /// <summary>What is decided first.</summary>
    public IReadOnlyList<ModelDecision> First => Decisions.GetValueOrDefault(Question.Quantile, []);

    /// <summary>What stands on the page.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="report">The report on them.</param>
    /// <param name="decide">Decides by a latency.</param>
    /// <param name="question">What the page is asked first.</param>
    /// <returns>The content. Where no candidate has the first question's latency, and none has a limit to meet, it is the mean.</returns>
    public static PageContent Of(
        IReadOnlyList<PricedRun> runs,
        Report report,
        Func<LatencyQuantile, IReadOnlyList<ModelDecision>> decide,
        PageQuestion question)
    {
        var decisions = Enum.GetValues<LatencyQuantile>().ToDictionary(quantile => quantile, decide);
        var isKnown = question.LimitMs is not null || decisions[question.Quantile].Any(IsKnown);
        return new PageContent(
            report, decisions, null, isKnown ? question : question with { Quantile = LatencyQuantile.Mean },
            decisions.ToDictionary(entry => entry.Key, entry => PictureSet.Create(runs, report, entry.Value)))
        {
            IsAsAsked = isKnown,
        };
    }

    /// <summary>Whether any candidate's latency is known.</summary>
    /// <param name="decision">The decision, by that latency.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsKnown(ModelDecision decision) => decision.Candidates.Any(candidate => candidate.Latency.EstimateMs is not null);

    /// <summary>What stands on the page where nothing could be decided.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="report">The report on them.</param>
    /// <param name="whyNot">Why nothing could be decided.</param>
    /// <returns>The content.</returns>
    public static PageContent Undecided(IReadOnlyList<PricedRun> runs, Report report, string whyNot)
    {
        var question = PageQuestion.Open(report.CostModel);
        return new PageContent(
            report, new Dictionary<LatencyQuantile, IReadOnlyList<ModelDecision>>(), whyNot, question,
            new Dictionary<LatencyQuantile, IReadOnlyList<Picture>> { [question.Quantile] = PictureSet.Create(runs, report, []) });
    }
}
