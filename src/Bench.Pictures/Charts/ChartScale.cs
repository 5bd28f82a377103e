using System.Text.Json.Nodes;

namespace Bench.Pictures.Charts;

/// <summary>The scale of an axis: from zero, or logarithmic where the values span so much that the small ones could
/// not be told apart.</summary>
internal sealed record ChartScale(bool IsLogarithmic, double Low, double High)
{
    /// <summary>From which span values are drawn on a logarithmic scale.</summary>
    public const double LogarithmicFrom = 15;

    /// <summary>From which span curves are drawn on a logarithmic scale: batches are powers of two.</summary>
    public const double OfCurves = 3;

    // An interval that is wider than that says "unknown", and must not squash all others.
    private const double WidestInterval = 2;

    /// <summary>The scale for estimates and their intervals.</summary>
    /// <param name="estimates">Values above 0.</param>
    /// <param name="ends">Ends of their intervals.</param>
    /// <param name="fromZero">Whether a linear scale begins at zero even if all values are far from it.</param>
    /// <param name="logarithmicFrom">How many times as large as the smallest the largest value of a logarithmic scale is.</param>
    public static ChartScale Of(
        IEnumerable<double> estimates, IEnumerable<double?> ends, bool fromZero = true, double logarithmicFrom = LogarithmicFrom)
    {
        var values = estimates.ToList();
        if (values.Count == 0)
        {
            return new ChartScale(IsLogarithmic: false, 0, 1);
        }

        var (lowest, highest) = (values.Min(), values.Max());
        var known = ends.OfType<double>().Where(end => end > 0 && double.IsFinite(end)).ToList();
        var high = Math.Min(known.Append(highest).Max(), WidestInterval * highest);
        return highest > logarithmicFrom * lowest
            ? new ChartScale(IsLogarithmic: true, Math.Max(known.Append(lowest).Min(), lowest / WidestInterval) * 0.8, high * 1.25)
            : new ChartScale(IsLogarithmic: false, fromZero ? 0 : Below(known.Append(lowest).Min(), high), high * 1.06);
    }

    /// <summary>Keeps an end of an interval within the picture.</summary>
    public double? Clamp(double? value) => value is { } number ? Math.Clamp(number, Low, High) : null;

    /// <summary>Where a value lies: 0 at the low end, 1 at the high one.</summary>
    public double Position(double value) => IsLogarithmic ? Math.Log(value / Low) / Math.Log(High / Low) : (value - Low) / (High - Low);

    /// <summary>What lies at a position.</summary>
    public double At(double position) => IsLogarithmic ? Low * Math.Pow(High / Low, position) : Low + (position * (High - Low));

    /// <summary>Sets the scale of every quantity on a channel.</summary>
    public void ApplyTo(JsonNode? node, string channel)
    {
        foreach (var encoding in ChartTemplate.Encodings(node, channel)
            .Where(encoding => (string?)encoding["type"] == "quantitative").ToList())
        {
            encoding["scale"] = new JsonObject
            {
                ["type"] = IsLogarithmic ? "log" : "linear",
                ["domain"] = new JsonArray(Low, High),
                ["nice"] = false,
            };
        }
    }

    private static double Below(double low, double high) => low < high / 2 ? 0 : low - Math.Max(0.25 * (high - low), 0.05 * low);
}
