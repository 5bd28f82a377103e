using System.Text.Json.Nodes;
using Bench.Analysis.Decision;
using Bench.Pictures.Rendering;

namespace Bench.Pictures.Charts;

/// <summary>Latency against cost: what each backend can do at a precision as a curve, and the front of what no other cell beats in
/// both.</summary>
internal static class ParetoChart
{
    private const string Others = "others";
    private const int CurveLayer = 1;
    private static readonly int[] IntervalLayers = [2, 3];
    private const double FaintIntervals = 0.35;

    // As in pareto.json.
    private const double Width = 560;
    private const double Height = 300;

    /// <param name="decision">The decision.</param>
    /// <param name="cell">What the charts show of a candidate.</param>
    /// <returns>The chart, or null if nothing has both a latency and a cost.</returns>
    public static JsonObject? Create(ModelDecision decision, Func<Candidate, ChartCell> cell)
    {
        var known = decision.Candidates.Where(candidate => candidate.Latency.EstimateMs is not null).ToList();
        if (known.Count == 0)
        {
            return null;
        }

        var curves = Curve.Of(known, cell);
        var hasCurves = curves.Any(curve => curve.IsLine);
        var logarithmicFrom = hasCurves ? ChartScale.OfCurves : ChartScale.LogarithmicFrom;
        var x = ChartScale.Of(known.Select(candidate => candidate.Latency.EstimateMs!.Value),
            known.SelectMany(candidate => new[] { candidate.Latency.LowerMs, candidate.Latency.UpperMs }),
            fromZero: false, logarithmicFrom);
        var y = ChartScale.Of(
            known.Select(candidate => candidate.Cost.UsdPerMillionImages),
            known.SelectMany(candidate => new double?[] { candidate.Cost.LowUsdPerMillionImages, candidate.Cost.HighUsdPerMillionImages }),
            fromZero: false, logarithmicFrom);
        var groups = Groups(curves, decision);
        var points = curves.SelectMany(curve => curve.All.Select(candidate =>
            PointOf(candidate, cell(candidate.Candidate), curve, groups, decision, x, y))).ToList();

        // In the order of the candidates, the cheapest first: names are placed in it.
        points = [.. points.OrderBy(point => known.IndexOf(point.Candidate))];
        var chart = ChartTemplate.Load("pareto", $"{decision.Model}: latency and cost", hasCurves
            ? "a line by growing batch, all else equal; thin: 99 % interval of the latency, and the providers' prices"
            : "lines: 99 % interval of the latency, and the providers' prices");
        chart["data"] = ChartTemplate.Data(points.Select(point => point.Data));
        chart["datasets"] = new JsonObject { ["names"] = ChartTemplate.Rows(Names(curves, points, x, y)) };
        ChartTemplate.KeepPresent(chart, "shape", [.. points.Select(point => point.Data.State)]);
        DrawCurves(chart, curves, points);
        x.ApplyTo(chart, "x");
        y.ApplyTo(chart, "y");
        chart["layer"]![0]!["encoding"]!["x"]!["title"] =
            $"{decision.Quantile.Name()} latency{(known.Exists(candidate => candidate.Batch > 1) ? " of a request" : string.Empty)} in ms";
        chart["layer"]![0]!["encoding"]!["y"]!["title"] = "USD per million images";
        var names = points.OrderBy(point => point.Data.OnFront ? 0 : 1).ThenBy(point => point.Data.Latency)
            .Select(point => point.Data.Group).Where(group => group != Others).Distinct().ToList();
        string[] rest = points.Exists(point => point.Data.Group == Others) ? [Others] : [];
        ChartTemplate.SetColour(
            chart,
            ChartTemplate.Colour([.. names, .. rest],
                [.. names.Select((_, i) => SvgTheme.Series[i % SvgTheme.Series.Count]), .. rest.Select(_ => SvgTheme.Muted)]),
            ChartTemplate.LegendBelow());
        return chart;
    }

    /// <summary>Which curves have a colour, and so a name in the legend: all where there are lines and colours enough, else those on the
    /// front.</summary>
    private static HashSet<Curve> Groups(IReadOnlyList<Curve> curves, ModelDecision decision) =>
        curves.Any(curve => curve.IsLine) && curves.Count <= SvgTheme.Series.Count
            ? [.. curves]
            : [.. curves.Where(curve => curve.All.Any(candidate => decision.ParetoFront.Contains(candidate.Candidate)))];

    private static Place PointOf(
        JudgedCandidate candidate, ChartCell cell, Curve curve, HashSet<Curve> groups, ModelDecision decision, ChartScale x, ChartScale y)
    {
        var isOnFront = decision.ParetoFront.Contains(candidate.Candidate);
        var isColoured = groups.Contains(curve);
        var data = new Point(
            cell.Label,
            isColoured ? curve.Name : Others,
            isOnFront ? "on the Pareto front" : candidate.IsAcceptable ? "not on it" : "not acceptable",
            isOnFront,
            candidate.Latency.EstimateMs!.Value,
            x.Clamp(candidate.Latency.LowerMs),
            x.Clamp(candidate.Latency.UpperMs),
            candidate.Cost.UsdPerMillionImages,
            y.Clamp(candidate.Cost.LowUsdPerMillionImages)!.Value,
            y.Clamp(candidate.Cost.HighUsdPerMillionImages)!.Value);
        return new Place(candidate, curve, data, Text(cell, curve, candidate, isOnFront, isColoured));
    }

    /// <summary>What stands beside a point: where a line begins and ends, and what is on the front. The legend says the rest.</summary>
    private static string? Text(ChartCell cell, Curve curve, JudgedCandidate candidate, bool isOnFront, bool isColoured) =>
        !isOnFront && !curve.IsEnd(candidate) ? null
        : curve.All.Count == 1 ? (isColoured ? null : cell.Label)
        : isColoured ? cell.Knobs
        : $"{curve.Name}, {cell.Knobs}";

    private static List<List<Place>> Lines(IReadOnlyList<Curve> curves, List<Place> points) =>
    [
        .. curves.SelectMany(curve => curve.Lines).Select(line => line.Select(
            candidate => points.Find(point => point.Candidate == candidate)!).ToList()),
    ];

    private static void DrawCurves(JsonObject chart, IReadOnlyList<Curve> curves, List<Place> points)
    {
        var lines = Lines(curves, points);
        var layers = chart["layer"]!.AsArray();
        if (lines.Count == 0)
        {
            layers.RemoveAt(CurveLayer);
            return;
        }

        chart["datasets"]!["curves"] = ChartTemplate.Rows(lines.SelectMany((line, number) => line.Select(point => new CurvePoint(
            number, point.Data.Group, point.Data.Latency, point.Data.Usd, point.Candidate.Batch))));

        // Intervals of many points would hide the curves.
        foreach (var layer in IntervalLayers)
        {
            layers[layer]!["mark"]!["opacity"] = FaintIntervals;
        }
    }

    private static List<PointName> Names(IReadOnlyList<Curve> curves, List<Place> points, ChartScale x, ChartScale y)
    {
        var labels = new PointLabels(Width, Height);
        double X(Place point) => x.Position(point.Data.Latency) * Width;
        double Y(double usd) => (1 - y.Position(usd)) * Height;
        foreach (var point in points)
        {
            var data = point.Data;
            labels.AvoidPoint(X(point), Y(data.Usd));

            // Those of curves are faint.
            Action<double, double, double, double> avoid = point.Curve.IsLine ? labels.AvoidIfPossible : labels.Avoid;
            avoid(X(point) - 1, Y(data.UsdHigh), X(point) + 1, Y(data.UsdLow));
            avoid(x.Position(data.LatencyLow ?? data.Latency) * Width, Y(data.Usd) - 1,
                x.Position(data.LatencyHigh ?? data.Latency) * Width, Y(data.Usd) + 1);
        }

        var front = points.Where(point => point.Data.OnFront).OrderBy(point => point.Data.Latency).ToList();
        foreach (var (from, to) in front.Zip(front.Skip(1)))
        {
            labels.Avoid(X(from), Y(from.Data.Usd) - 1, X(to), Y(from.Data.Usd) + 1);
            labels.Avoid(X(to) - 1, Y(from.Data.Usd), X(to) + 1, Y(to.Data.Usd));
        }

        foreach (var line in Lines(curves, points))
        {
            foreach (var (from, to) in line.Zip(line.Skip(1)))
            {
                labels.AvoidLine(X(from), Y(from.Data.Usd), X(to), Y(to.Data.Usd));
            }
        }

        return [.. points.OrderBy(point => point.Data.OnFront ? 0 : 1).Where(point => point.Text is not null)
            .Select(point => labels.Place(point.Text!, point.Data.Latency, point.Data.Usd, X(point), Y(point.Data.Usd)))];
    }

    private sealed record Place(JudgedCandidate Candidate, Curve Curve, Point Data, string? Text);

    private sealed record Point(
        string Label, string Group, string State, bool OnFront, double Latency, double? LatencyLow, double? LatencyHigh, double Usd,
        double UsdLow, double UsdHigh);

    private sealed record CurvePoint(int Line, string Group, double Latency, double Usd, int Batch);
}
