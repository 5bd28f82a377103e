using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Bench.Analysis.Decision;
using Bench.Analysis.Rendering;

namespace Bench.Pictures.Charts;

/// <summary>The study's figure 3: the cost of the cheapest choice against the time limit, with the zone without a solution and
/// the alternatives.</summary>
internal static class DecisionChart
{
    private const string NotChosen = "not chosen at any limit";
    private const string NotAcceptable = "not acceptable";
    private const double BeyondTheLast = 1.2;
    private const int CurveLayer = 3;

    // As in decision.json.
    private const double Width = 560;
    private const double Height = 280;
    private const double LineWidth = 4;
    private const double LineHeight = 14;
    private const double LetterWidth = 7;

    /// <param name="decision">The decision.</param>
    /// <param name="cell">What the charts show of a candidate.</param>
    /// <returns>The chart, or null if no candidate is shown to meet any limit.</returns>
    public static JsonObject? Create(ModelDecision decision, Func<Candidate, ChartCell> cell)
    {
        if (decision.Steps.Count == 0)
        {
            return null;
        }

        var steps = decision.Steps;
        var known = decision.Candidates.Where(candidate => candidate.Latency.UpperMs is not null && !IsTooSlow(candidate)).ToList();
        var curves = Curve.Of(known, cell);
        var others = known.Where(candidate => steps.All(step => step.Candidate != candidate.Candidate))
            .Select(candidate => Other(candidate, cell(candidate.Candidate), curves.First(curve => curve.All.Contains(candidate))))
            .ToList();
        var lines = curves.SelectMany(curve => curve.Lines).SelectMany((line, number) => line.Select(candidate => new CurvePoint(
            number, candidate.Latency.UpperMs!.Value, candidate.Cost.UsdPerMillionImages, candidate.Batch))).ToList();
        var logarithmicFrom = lines.Count > 0 ? ChartScale.OfCurves : ChartScale.LogarithmicFrom;
        var limits = Limits(
            steps.Select(step => step.FromMs).Concat(others.Select(other => other.Limit)).Min(),
            ChartScale.Of(
                [.. steps.Select(step => step.FromMs * BeyondTheLast), steps[0].FromMs, .. others.Select(other => other.Limit)], [],
                logarithmicFrom: logarithmicFrom));
        var costs = ChartScale.Of(
            [.. steps.Select(step => step.UsdPerMillionImages), .. others.Select(other => other.Usd)],
            steps.SelectMany(
                step => new double?[] { step.Candidate.Cost.LowUsdPerMillionImages, step.Candidate.Cost.HighUsdPerMillionImages }),
            logarithmicFrom: logarithmicFrom);
        var chart = ChartTemplate.Load("decision", $"{decision.Model}: what to buy for a time limit",
            $"the cheapest acceptable cell whose {decision.Quantile.Name()} is shown to meet it; band: providers' prices"
                + (lines.Count > 0 ? "; thin line: by growing batch" : string.Empty));
        var rows = steps.Select((step, i) => new Segment(
            string.Create(CultureInfo.InvariantCulture, $"from {Math.Ceiling((decimal)step.FromMs * 100) / 100:0.00##} ms: "
                + $"{cell(step.Candidate).Label}, ${Figures.Usd(step.UsdPerMillionImages)}"),
            step.FromMs,
            i + 1 < steps.Count ? steps[i + 1].FromMs : limits.High,
            step.UsdPerMillionImages,
            costs.Clamp(step.Candidate.Cost.LowUsdPerMillionImages)!.Value,
            costs.Clamp(step.Candidate.Cost.HighUsdPerMillionImages)!.Value,
            i == 0 ? null : steps[i - 1].UsdPerMillionImages)).ToList();
        chart["datasets"] = new JsonObject
        {
            ["zone"] = ChartTemplate.Rows(Zones(decision.NoSolutionBelowMs ?? limits.Low, steps[0].FromMs, limits)),
            ["steps"] = ChartTemplate.Rows(rows),
            ["alternatives"] = ChartTemplate.Rows(others),
            ["names"] = ChartTemplate.Rows(Names(rows, others, lines, limits, costs)),
        };
        DrawCurves(chart, lines);
        ChartTemplate.KeepPresent(chart, "shape", [.. others.Select(other => other.State)]);
        limits.ApplyTo(chart, "x");
        costs.ApplyTo(chart, "y");
        chart["layer"]![2]!["encoding"]!["x"]!["title"] =
            $"time limit {(decision.Candidates.Any(candidate => candidate.Batch > 1) ? "of a request " : string.Empty)}in ms "
            + $"({decision.Quantile.Name()})";
        chart["layer"]![2]!["encoding"]!["y"]!["title"] = "USD per million images";
        ChartTemplate.SetColour(chart, ChartTemplate.Colour(rows.Select(row => row.Name)), ChartTemplate.LegendBelow());
        return chart;
    }

    /// <summary>What does not hold the rate of images is no alternative at any limit.</summary>
    private static bool IsTooSlow(JudgedCandidate candidate) => candidate.HoldsRate is not (null or Feasibility.Feasible);

    private static Alternative Other(JudgedCandidate candidate, ChartCell cell, Curve curve) => new(
        cell.Label, candidate.Latency.UpperMs!.Value, candidate.Cost.UsdPerMillionImages,
        candidate.IsAcceptable ? NotChosen : NotAcceptable)
    {
        Text = curve.All.Count == 1 ? cell.Label : curve.IsEnd(candidate) ? $"{curve.Name}, {cell.Knobs}" : null,
    };

    private static void DrawCurves(JsonObject chart, List<CurvePoint> lines)
    {
        if (lines.Count == 0)
        {
            chart["layer"]!.AsArray().RemoveAt(CurveLayer);
        }
        else
        {
            chart["datasets"]!["curves"] = ChartTemplate.Rows(lines);
        }
    }

    // The zone without a solution is as wide as it must be to be seen.
    private static ChartScale Limits(double first, ChartScale scale) =>
        scale.IsLogarithmic ? scale : scale with { Low = Math.Max(0, first - ((scale.High - first) / 3)) };

    /// <summary>Where nothing is fast enough, and where nothing is shown to be.</summary>
    private static IEnumerable<Zone> Zones(double noSolution, double first, ChartScale scale)
    {
        foreach (var (name, opacity, from, to) in new[]
        {
            ("no solution", 1, scale.Low, Math.Max(scale.Low, noSolution)), ("undecided", 0.5, Math.Max(scale.Low, noSolution), first)
        })
        {
            var width = (scale.Position(to) - scale.Position(from)) * Width;
            if (width > 0)
            {
                // In a narrow zone its name stands upright; in a sliver it has no room.
                var isNarrow = width < name.Length * LetterWidth;
                yield return new Zone(width < LineHeight ? string.Empty : name, opacity, from,
                    scale.At((scale.Position(from) + scale.Position(to)) / 2), to, isNarrow ? 270 : 0, isNarrow ? "right" : "center");
            }
        }
    }

    private static IEnumerable<PointName> Names(
        List<Segment> steps, List<Alternative> others, List<CurvePoint> lines, ChartScale limits, ChartScale costs)
    {
        double X(double ms) => limits.Position(ms) * Width;
        double Y(double usd) => (1 - costs.Position(usd)) * Height;
        var labels = new PointLabels(Width, Height);
        labels.Avoid(0, 0, X(steps[0].From), Height);
        foreach (var step in steps)
        {
            labels.Avoid(X(step.From), Y(step.Usd) - LineWidth, X(step.To), Y(step.Usd) + LineWidth);
            labels.Avoid(X(step.From) - 1, Y(step.UsdBefore ?? step.Usd), X(step.From) + 1, Y(step.Usd));
        }

        foreach (var other in others)
        {
            labels.AvoidPoint(X(other.Limit), Y(other.Usd));
        }

        foreach (var curve in lines.GroupBy(point => point.Line))
        {
            foreach (var (from, to) in curve.Zip(curve.Skip(1)))
            {
                labels.AvoidLine(X(from.Limit), Y(from.Usd), X(to.Limit), Y(to.Usd));
            }
        }

        return others.Where(other => other.Text is not null)
            .Select(other => labels.Place(other.Text!, other.Limit, other.Usd, X(other.Limit), Y(other.Usd)));
    }

    private sealed record Zone(string Name, double Opacity, double From, double Middle, double To, double Angle, string Align);

    private sealed record Segment(string Name, double From, double To, double Usd, double UsdLow, double UsdHigh, double? UsdBefore);

    private sealed record Alternative(string Label, double Limit, double Usd, string State)
    {
        [JsonIgnore]
        public string? Text { get; init; }
    }

    private sealed record CurvePoint(int Line, double Limit, double Usd, int Batch);
}
