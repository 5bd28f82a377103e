using System.Text.Json.Nodes;

namespace Bench.Pictures.Charts;

/// <summary>The study's figure 1: the time of each cell with its interval, grouped by operating system.</summary>
internal static class TimeChart
{
    public static JsonObject Create(string model, IReadOnlyList<ChartCell> cells)
    {
        var scale = ChartScale.Of(cells.Select(cell => cell.Mean), cells.SelectMany(cell => new[] { cell.MeanLow, cell.MeanHigh }));
        var platforms = cells.Select(cell => cell.Platform).Distinct().ToList();
        var what = cells.Any(cell => cell.Row.Batch > 1) ? "of a request" : "per image";
        var chart = ChartTemplate.Load("time", $"{model}: time {what}", string.Join(", ", platforms));
        chart["data"] = ChartTemplate.Data(
            cells.Select(cell => cell with { MeanLow = scale.Clamp(cell.MeanLow), MeanHigh = scale.Clamp(cell.MeanHigh) }));
        ChartTemplate.SetTimeTitle(chart, cells);
        ChartTemplate.WrapLabels(chart, cells);
        scale.ApplyTo(chart, "x");
        ChartTemplate.SetColour(chart, ChartTemplate.Colour(platforms), null);
        if (platforms.Count == 1)
        {
            chart["encoding"]!["color"]!["legend"] = null;
        }

        return chart;
    }
}
