using Bench.Analysis.Decision;
using Bench.Analysis.Input;
using Bench.Analysis.Reports;
using Bench.Analysis.Rows;

namespace Bench.Analysis.Consoles;

/// <summary>What a report says first: of each model what is the cheapest, and what answers the soonest.</summary>
public static class ReportAnswers
{
    /// <summary>What is the cheapest of each model that has prices, whether or not the runs came to their end.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="report">Their report.</param>
    /// <returns>The decisions; none where the runs cannot be put into one, or where nothing has a price.</returns>
    public static IReadOnlyList<ModelDecision> Decisions(IReadOnlyList<PricedRun> runs, Report report)
    {
        try
        {
            return report.Models.Any(model => model.Rows.Any(row => row.Cost is not null))
                ? DecisionBuilder.Build(
                    runs,
                    report.Models,
                    new DecisionOptions { Cost = report.CostModel, AllowIncomplete = true, Draws = DecisionOptions.FewestDraws })
                : [];
        }
        catch (Exception e) when (e is RunFormatException or ArgumentException)
        {
            // Runs that belong to different questions have a report, and no answer together.
            return [];
        }
    }

    /// <summary>The sentences, by model; none of a model of which nothing was measured.</summary>
    /// <param name="report">The report.</param>
    /// <param name="decisions">Its decisions.</param>
    public static IReadOnlyDictionary<string, string> Of(Report report, IReadOnlyList<ModelDecision> decisions) => report.Models
        .Select(model => (Model: model, Rows: RunTable.Rows(model)))
        .Where(entry => entry.Rows.Count > 0)
        .ToDictionary(entry => entry.Model.Id, entry => RunAnswer.Of(
            entry.Model, entry.Rows, decisions.FirstOrDefault(decision => decision.Model == entry.Model.Id)));
}
