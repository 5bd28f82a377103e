using System.Text.Json.Nodes;

namespace Bench.Pictures.Charts;

/// <summary>The study's figure 2: time and cost of each cell.</summary>
internal static class CostChart
{
    /// <returns>The chart, or null if nothing has a price.</returns>
    public static JsonObject? Create(string model, IReadOnlyList<ChartCell> cells)
    {
        var priced = cells.Where(cell => cell.Usd is not null).ToList();
        if (priced.Count == 0)
        {
            return null;
        }

        var time = ChartScale.Of(cells.Select(cell => cell.Mean), cells.SelectMany(cell => new[] { cell.MeanLow, cell.MeanHigh }));
        var cost = ChartScale.Of(priced.Select(cell => cell.Usd!.Value),
            priced.SelectMany(cell => new[] { cell.UsdLow, cell.UsdHigh, cell.UsdTimeLow, cell.UsdTimeHigh }));
        var chart = ChartTemplate.Load("cost", $"{model}: time and cost", "of each cell; a point is the estimate");
        chart["data"] = ChartTemplate.Data(cells.Select(cell => cell with
        {
            MeanLow = time.Clamp(cell.MeanLow),
            MeanHigh = time.Clamp(cell.MeanHigh),
            UsdLow = cost.Clamp(cell.UsdLow),
            UsdHigh = cost.Clamp(cell.UsdHigh),
            UsdTimeLow = cost.Clamp(cell.UsdTimeLow),
            UsdTimeHigh = cost.Clamp(cell.UsdTimeHigh),
        }));
        ChartTemplate.SetTimeTitle(chart["hconcat"]![0]!, cells);
        ChartTemplate.WrapLabels(chart["hconcat"]![0]!, cells);
        if (priced.Count < cells.Count)
        {
            // A cell without a price keeps its row, or the costs would stand beside other cells' names.
            chart["hconcat"]![1]!["encoding"]!["y"]!["scale"] =
                new JsonObject { ["domain"] = ChartTemplate.Rows(cells.Select(cell => cell.Label)) };
        }

        time.ApplyTo(chart["hconcat"]![0], "x");
        cost.ApplyTo(chart["hconcat"]![1], "x");
        return chart;
    }
}
