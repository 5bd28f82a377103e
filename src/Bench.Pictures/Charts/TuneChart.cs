using System.Text.Json.Nodes;
using Bench.Analysis.Measurements;
using Bench.Analysis.Runs;

namespace Bench.Pictures.Charts;

/// <summary>How settings were found: every configuration of a search by what it cost in short launches, and how far it came.</summary>
internal static class TuneChart
{
    private const int LaunchesOfALine = 5;

    private static readonly TuneStage[] Stages = [TuneStage.Confirmed, TuneStage.Raced, TuneStage.Screened];

    /// <summary>Draws it.</summary>
    /// <param name="tune">What the search left.</param>
    /// <returns>The chart; null if nothing was measured.</returns>
    public static JsonObject? Create(TuneRecord tune)
    {
        var points = Stages.SelectMany(stage => Of(tune, stage)).ToList();
        if (points.Count == 0)
        {
            return null;
        }

        var model = tune.Default.Model;
        var chart = ChartTemplate.Load("tune", $"{model}: the search for the cheapest settings",
            FormattableString.Invariant($"{points.Count} configurations, {tune.Launches} short launches; ")
                + "a line is a 95 % interval of five launches or more");
        chart["data"] = ChartTemplate.Data(points);
        ChartTemplate.SetColour(chart, ChartTemplate.Colour(points.Select(point => point.Kind).Distinct()), ChartTemplate.LegendBelow());
        return chart;
    }

    private static IEnumerable<Point> Of(TuneRecord tune, TuneStage stage)
    {
        List<TunePoint> all = [.. tune.Points.Where(point => point.Stage == stage && point.Ratio is not null).OrderBy(point =>
            point.Ratio!.Ratio)];
        // In a few rows, so that none hides another.
        const int Rows = 5;
        return all.Select((point, i) => new Point(
            stage.ToString().ToLowerInvariant(), $"{point.Cell.Backend} {point.Cell.Precision}", Label(point.Cell), point.Ratio!.Ratio,
            HasLine(point) ? point.Ratio.Lower : null, HasLine(point) ? point.Ratio.Upper : null, ((i % Rows) + 0.5) / Rows, point.Launches,
            point.Reason ?? string.Empty,
            point.Cell == tune.Chosen ? "chosen" : point.Cell == tune.Default ? "default" : string.Empty));
    }

    /// <summary>Of few launches it would be the longest thing in the picture.</summary>
    private static bool HasLine(TunePoint point) => point is { Launches: >= LaunchesOfALine, Ratio.Lower: > 0 };

    private static string Label(CellId cell) => VariantWords.Of(new MeasurementId(cell, Load.Closed)) is { Length: > 0 } words
        ? $"{cell.Backend} {cell.Precision} ({words})"
        : $"{cell.Backend} {cell.Precision}";

    private sealed record Point(
        string Stage, string Kind, string Label, double Ratio, double? Lower, double? Upper, double Place, int Launches, string Reason,
        string Role);
}
