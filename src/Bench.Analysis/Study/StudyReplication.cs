using System.Text;
using Bench.Analysis.Cost;
using Bench.Analysis.Decision;
using Bench.Analysis.Input;
using Bench.Analysis.Rows;
using Bench.Analysis.Runs;

namespace Bench.Analysis.Study;

/// <summary>Recomputes the study with the code that handles users' runs.</summary>
public static class StudyReplication
{
    private const double AcceptedDrop = 0.01;

    /// <summary>Recomputes it.</summary>
    /// <returns>What its tables say.</returns>
    public static StudyReport Create()
    {
        var tables = StudyTables.BuiltIn();
        var runs = Runs("table1");
        var models = RowBuilder.Build(runs, CostModel.Runtime);
        var costs = Costs(tables, runs, models);
        StudyDecision[] decisions = [.. Decide(runs, models, AcceptedDrop), .. Decide(runs, models, 0)];
        return new StudyReport(costs, Ratios(tables), decisions, StudyClaims.Check(tables, costs, decisions));
    }

    private static IReadOnlyList<PricedRun> Runs(string table)
    {
        var price = new RunPrice(PriceCatalogue.BuiltIn());
        return [.. EmbeddedFile.Names
            .Where(name => name.StartsWith($"study/{table}/", StringComparison.Ordinal)
                || name.StartsWith($"study/{table}\\", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => MeasuredRun.OfPublished(name, RunFolder.Parse(Encoding.UTF8.GetBytes(EmbeddedFile.Read(name)), name)))
            .Select(run => new PricedRun(run, price))];
    }

    private static IReadOnlyList<RecomputedCost> Costs(
        StudyTables tables, IReadOnlyList<PricedRun> runs, IReadOnlyList<ModelReport> models) =>
    [
        .. tables.Costs.Select(row =>
        {
            var run = runs.Single(run => run.Manifest.Machine.Name == row.Hardware);
            var cell = models.Single(model => model.Id == row.Model)
                .Rows.Single(cell => cell.RunId == run.Manifest.Id && cell.Precision == row.Precision);
            return new RecomputedCost(
                row.Model,
                row.Hardware,
                row.Precision,
                cell.Latency!.MeanMs,
                run.PriceOf(cell.Facts).Price!.UsdPerHour,
                row.Usd.Value,
                cell.Cost!.UsdPerMillionImages,
                row.LowestUsdPerHour,
                row.HighestUsdPerHour);
        }),
    ];

    private static IReadOnlyList<RecomputedRatio> Ratios(StudyTables tables) =>
    [
        .. tables.Times.Select(row => new RecomputedRatio(
            row.Model, row.Engine, row.Device, row.Ms.Value, row.Ms.Value / tables.Time(row.Model, "tensorflow", "i5").Ms.Value)),
    ];

    private static IEnumerable<StudyDecision> Decide(IReadOnlyList<PricedRun> runs, IReadOnlyList<ModelReport> models, double drop) =>
        DecisionBuilder.Build(runs, models, new DecisionOptions { MaxAccuracyDrop = drop, PlainOnly = true })
            .Select(decision => new StudyDecision(drop, decision));
}
