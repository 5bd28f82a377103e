using System.Globalization;
using System.Text.Json.Nodes;
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

    // As in decision.json.
    private const double Width = 560;
    private const double Height = 280;
    private const double LineWidth = 4;
    private const double LineHeight = 14;
    private const double LetterWidth = 7;

    /// <param name="decision">The decision.</param>
    /// <param name="label">How a candidate is called.</param>
    /// <returns>The chart, or null if no candidate is shown to meet any limit.</returns>
    public static JsonObject? Create(ModelDecision decision, Func<Candidate, string> label)
    {
        if (decision.Steps.Count == 0)
        {
            return null;
        }

        var steps = decision.Steps;
        var others = decision.Candidates
            .Where(candidate => candidate.Latency.UpperMs is not null && steps.All(step => step.Candidate != candidate.Candidate))
            .Select(candidate => new Alternative(label(candidate.Candidate), candidate.Latency.UpperMs!.Value,
                candidate.Cost.UsdPerMillionImages, candidate.IsAcceptable ? NotChosen : NotAcceptable))
            .ToList();
        var limits = Limits(steps[0].FromMs, ChartScale.Of(
            [.. steps.Select(step => step.FromMs * BeyondTheLast), steps[0].FromMs, .. others.Select(other => other.Limit)], []));
        var costs = ChartScale.Of(
            [.. steps.Select(step => step.UsdPerMillionImages), .. others.Select(other => other.Usd)],
            steps.SelectMany(
                step => new double?[] { step.Candidate.Cost.LowUsdPerMillionImages, step.Candidate.Cost.HighUsdPerMillionImages }));
        var chart = ChartTemplate.Load("decision", $"{decision.Model}: what to buy for a time limit",
            $"the cheapest acceptable cell whose {decision.Quantile.Name()} is shown to meet it; band: providers' prices");
        var rows = steps.Select((step, i) => new Segment(
            string.Create(CultureInfo.InvariantCulture, $"from {Math.Ceiling((decimal)step.FromMs * 100) / 100:0.00##} ms: "
                + $"{label(step.Candidate)}, ${Figures.Usd(step.UsdPerMillionImages)}"),
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
            ["names"] = ChartTemplate.Rows(Names(rows, others, limits, costs)),
        };
        ChartTemplate.KeepPresent(chart, "shape", [.. others.Select(other => other.State)]);
        limits.ApplyTo(chart, "x");
        costs.ApplyTo(chart, "y");
        chart["layer"]![2]!["encoding"]!["x"]!["title"] = $"time limit in ms ({decision.Quantile.Name()})";
        chart["layer"]![2]!["encoding"]!["y"]!["title"] = "USD per million images";
        ChartTemplate.SetColour(chart, ChartTemplate.Colour(rows.Select(row => row.Name)), ChartTemplate.LegendBelow());
        return chart;
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

    private static IEnumerable<PointName> Names(List<Segment> steps, List<Alternative> others, ChartScale limits, ChartScale costs)
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

        return others.Select(other => labels.Place(other.Label, other.Limit, other.Usd, X(other.Limit), Y(other.Usd)));
    }

    private sealed record Zone(string Name, double Opacity, double From, double Middle, double To, double Angle, string Align);

    private sealed record Segment(string Name, double From, double To, double Usd, double UsdLow, double UsdHigh, double? UsdBefore);

    private sealed record Alternative(string Label, double Limit, double Usd, string State);
}
