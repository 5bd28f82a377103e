using Bench.Analysis.Cost;
using Bench.Analysis.Input;
using Bench.Analysis.Rows;
using Bench.Analysis.Runs;

namespace Bench.Analysis.Reports;

/// <summary>Turns run folders into a <see cref="Report"/>.</summary>
public static class ReportBuilder
{
    /// <summary>Reads runs and reports on them.</summary>
    /// <param name="folders">The run folders, at least one.</param>
    /// <param name="price">What the user says about the machines' price.</param>
    /// <param name="cost">How times and prices become costs; null for runtime alone.</param>
    /// <returns>The report.</returns>
    /// <exception cref="RunFormatException">A folder, or a file in it, is missing or damaged.</exception>
    /// <exception cref="ArgumentException">A hardware key or price is not a valid one.</exception>
    public static Report Build(IReadOnlyList<RunFolder> folders, RunPrice price, CostModel? cost = null) =>
        Build(PricedRun.Read(folders, price), cost ?? CostModel.Runtime);

    /// <summary>Reports on runs.</summary>
    /// <param name="runs">The runs, at least one.</param>
    /// <param name="cost">How times and prices become costs.</param>
    /// <returns>The report.</returns>
    /// <exception cref="RunFormatException">Timings or outputs are missing or damaged.</exception>
    /// <exception cref="ArgumentException">The cost model is out of range.</exception>
    public static Report Build(IReadOnlyList<PricedRun> runs, CostModel cost)
    {
        return new Report(Report.CurrentSchemaVersion, [.. runs.Select(Summary)], RowBuilder.Build(runs, cost), cost);
    }

    private static RunSummary Summary(PricedRun run) => new(
        run.Manifest.Id,
        run.Manifest.Complete,
        run.Manifest.Profile,
        run.Manifest.StartedUtc,
        run.Manifest.Cells.Max(cell => cell.SlowedDownBy),
        run.Manifest.Published,
        run.Manifest.Git,
        run.Manifest.Machine,
        run.Manifest.Software,
        [.. run.Manifest.Cells
            .Where(cell => cell is { Status: CellStatus.Measured or CellStatus.Published, Engine: not null })
            .DistinctBy(cell => (cell.Backend, cell.Engine, cell.Device, Settings(cell)))
            .GroupBy(cell => (cell.Backend, cell.Engine, cell.Device))
            .Select(cells => new EngineSummary(
                cells.Key.Backend.ToString(), cells.Key.Engine!, cells.First().EngineSource, cells.Key.Device, Common(cells.ToList())))],
        run.DevicePrices)
    {
        LeftOut = run.Manifest.LeftOut,
        Nodes = run.Manifest.Nodes,
        IsSearch = run.Manifest.IsSearch,
        Tune = run.Measured.Tune,
        Roles = run.Manifest.Roles,
    };

    private static string Settings(CellFacts cell) =>
        string.Join(' ', cell.EngineSettings.OrderBy(setting => setting.Key, StringComparer.Ordinal));

    /// <summary>Settings that all cells of a backend have; those that differ from precision to precision stand in run.json.</summary>
    private static SortedDictionary<string, string> Common(List<CellFacts> cells) => new(
        cells[0].EngineSettings
            .Where(setting => cells.TrueForAll(cell => cell.EngineSettings.GetValueOrDefault(setting.Key) == setting.Value)).ToDictionary(),
        StringComparer.Ordinal);
}
