using System.Text.Json.Nodes;
using Bench.Analysis.Measurements;

namespace Bench.Pictures.Charts;

/// <summary>How the single latencies of each cell are distributed, with the percentiles that the sample carries.</summary>
internal static class LatencyChart
{
    private const int Bins = 120;

    /// <param name="model">The model.</param>
    /// <param name="cells">Each cell's label, timings and estimate.</param>
    /// <returns>The chart, or null if there are no single latencies.</returns>
    public static JsonObject? Create(string model, IReadOnlyList<(string Label, CellTimings Timings, LatencyEstimate Latency)> cells)
    {
        if (cells.Count == 0)
        {
            return null;
        }

        var scale = Scale(cells);
        var what = cells.Any(cell => cell.Timings.CellId.Batch > 1) ? "request" : "image";
        var chart = ChartTemplate.Load("latency", $"{model}: latencies", $"every timed {what}; the higher, the more often");
        foreach (var x in ChartTemplate.Encodings(chart, "x").Where(x => x["title"] is not null))
        {
            x["title"] = $"latency of {(what == "image" ? "an" : "a")} {what} in ms";
        }

        if (cells.Any(cell => cell.Label.Length > ChartTemplate.LongestLabel))
        {
            chart["facet"]!["row"]!["header"]!["labelExpr"] = ChartTemplate.WrappedLabel;
        }

        chart["data"] = ChartTemplate.Data(cells.SelectMany(cell => Rows(cell.Label, [.. cell.Timings.All], cell.Latency, scale)));
        ChartTemplate.KeepPresent(chart, "color", [.. cells.Any(cell => cell.Latency.P90Ms is not null) ? ["P90"] : Array.Empty<string>(),
            .. cells.Any(cell => cell.Latency.P99Ms is not null) ? ["P99"] : Array.Empty<string>(), "P50", "slowest"]);
        chart["facet"]!["row"]!["sort"] = new JsonArray([.. cells.Select(cell => (JsonNode)cell.Label)]);
        scale.ApplyTo(chart, "x");
        return chart;
    }

    /// <summary>All latencies are in the picture: none is dropped.</summary>
    private static ChartScale Scale(IReadOnlyList<(string Label, CellTimings Timings, LatencyEstimate Latency)> cells)
    {
        var (low, high) = (cells.Min(cell => cell.Latency.MinimumMs!.Value), cells.Max(cell => cell.Latency.MaximumMs!.Value));
        var isLogarithmic = high > 3 * low;
        var margin = isLogarithmic ? 0.05 * low : 0.04 * (high - low);
        return new ChartScale(isLogarithmic, Math.Max(low - margin, 0.5 * low), isLogarithmic ? high * 1.05 : high + margin);
    }

    private static IEnumerable<Row> Rows(string label, double[] latencies, LatencyEstimate latency, ChartScale scale)
    {
        var counts = new int[Bins];
        foreach (var ms in latencies)
        {
            counts[Math.Clamp((int)(scale.Position(ms) * Bins), 0, Bins - 1)]++;
        }

        var most = counts.Max();
        var bins = counts.Select((count, i) => new Row(label, "bin", scale.At((double)i / Bins), (double)count / most));
        return bins.Append(new Row(label, "bin", scale.High, 0)).Concat(
            new (string Kind, double? Ms)[]
            {
                ("P50", latency.P50Ms), ("P90", latency.P90Ms), ("P99", latency.P99Ms), ("slowest", latency.MaximumMs)
            }
                .Where(mark => mark.Ms is not null)
                .Select(mark => new Row(label, mark.Kind, mark.Ms!.Value, 0)));
    }

    private sealed record Row(string Label, string Kind, double Ms, double Share);
}
