using System.Text.Json.Nodes;
using Bench.Analysis.Decision;
using Bench.Pictures.Rendering;

namespace Bench.Pictures.Charts;

/// <summary>Latency against cost, and the front of what no other cell beats in both.</summary>
internal static class ParetoChart
{
    private const string Others = "others";

    // As in pareto.json.
    private const double Width = 560;
    private const double Height = 300;

    /// <param name="decision">The decision.</param>
    /// <param name="label">How a candidate is called.</param>
    /// <returns>The chart, or null if nothing has both a latency and a cost.</returns>
    public static JsonObject? Create(ModelDecision decision, Func<Candidate, string> label)
    {
        var known = decision.Candidates.Where(candidate => candidate.Latency.EstimateMs is not null).ToList();
        if (known.Count == 0)
        {
            return null;
        }

        var x = ChartScale.Of(known.Select(candidate => candidate.Latency.EstimateMs!.Value),
            known.SelectMany(candidate => new[] { candidate.Latency.LowerMs, candidate.Latency.UpperMs }), fromZero: false);
        var y = ChartScale.Of(
            known.Select(candidate => candidate.Cost.UsdPerMillionImages),
            known.SelectMany(candidate => new double?[] { candidate.Cost.LowUsdPerMillionImages, candidate.Cost.HighUsdPerMillionImages }),
            fromZero: false);
        var points = known.ConvertAll(candidate =>
        {
            var isOnFront = decision.ParetoFront.Contains(candidate.Candidate);
            var name = label(candidate.Candidate);
            return new Point(
                name,
                isOnFront ? name : Others,
                isOnFront ? "on the Pareto front" : candidate.IsAcceptable ? "not on it" : "not acceptable",
                isOnFront,
                candidate.Latency.EstimateMs!.Value,
                x.Clamp(candidate.Latency.LowerMs),
                x.Clamp(candidate.Latency.UpperMs),
                candidate.Cost.UsdPerMillionImages,
                y.Clamp(candidate.Cost.LowUsdPerMillionImages)!.Value,
                y.Clamp(candidate.Cost.HighUsdPerMillionImages)!.Value);
        });
        var chart = ChartTemplate.Load(
            "pareto", $"{decision.Model}: latency and cost", "lines: 99 % interval of the latency, and the providers' prices");
        chart["data"] = ChartTemplate.Data(points);
        chart["datasets"] = new JsonObject { ["names"] = ChartTemplate.Rows(Names(points, x, y)) };
        ChartTemplate.KeepPresent(chart, "shape", [.. points.Select(point => point.State)]);
        x.ApplyTo(chart, "x");
        y.ApplyTo(chart, "y");
        chart["layer"]![0]!["encoding"]!["x"]!["title"] = $"{decision.Quantile.Name()} latency in ms";
        chart["layer"]![0]!["encoding"]!["y"]!["title"] = "USD per million images";
        var names = points.Where(point => point.OnFront).OrderBy(point => point.Latency).Select(point => point.Label).ToList();
        string[] rest = points.Exists(point => !point.OnFront) ? [Others] : [];
        ChartTemplate.SetColour(
            chart,
            ChartTemplate.Colour([.. names, .. rest],
                [.. names.Select((_, i) => SvgTheme.Series[i % SvgTheme.Series.Count]), .. rest.Select(_ => SvgTheme.Muted)]),
            ChartTemplate.LegendBelow());
        return chart;
    }

    // The front's names are in the legend.
    private static IEnumerable<PointName> Names(List<Point> points, ChartScale x, ChartScale y)
    {
        var labels = new PointLabels(Width, Height);
        double X(Point point) => x.Position(point.Latency) * Width;
        double Y(double usd) => (1 - y.Position(usd)) * Height;
        foreach (var point in points)
        {
            labels.AvoidPoint(X(point), Y(point.Usd));
            labels.Avoid(X(point) - 1, Y(point.UsdHigh), X(point) + 1, Y(point.UsdLow));
            labels.Avoid(x.Position(point.LatencyLow ?? point.Latency) * Width, Y(point.Usd) - 1,
                x.Position(point.LatencyHigh ?? point.Latency) * Width, Y(point.Usd) + 1);
        }

        var front = points.Where(point => point.OnFront).OrderBy(point => point.Latency).ToList();
        foreach (var (from, to) in front.Zip(front.Skip(1)))
        {
            labels.Avoid(X(from), Y(from.Usd) - 1, X(to), Y(from.Usd) + 1);
            labels.Avoid(X(to) - 1, Y(from.Usd), X(to) + 1, Y(to.Usd));
        }

        return points.Where(point => !point.OnFront)
            .Select(point => labels.Place(point.Label, point.Latency, point.Usd, X(point), Y(point.Usd)));
    }

    private sealed record Point(
        string Label, string Group, string State, bool OnFront, double Latency, double? LatencyLow, double? LatencyHigh, double Usd,
        double UsdLow, double UsdHigh);
}
