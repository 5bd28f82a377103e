using System.Globalization;
using System.Text;
using Bench.Analysis.Cost;
using Bench.Analysis.Json;
using Bench.Analysis.Measurements;
using Bench.Analysis.Rendering;
using Bench.Analysis.Rows;
using Bench.Analysis.Runs;

namespace Bench.Analysis.Reports;

/// <summary>Writes the table of a model: a row for each measurement, the cheapest first.</summary>
internal static class MarkdownCells
{
    /// <summary>How many rows the table has at most.</summary>
    public const int MostRows = 40;

    private const string PriceHint = "give --hardware or --usd-per-hour";

    public static void WriteTo(StringBuilder text, ModelReport model)
    {
        // What cannot run here stands below, with the reasons.
        var ordered = Ordered([.. model.Rows.Where(row => row.Status != CellStatus.Unavailable)]);
        if (ordered.Count == 0)
        {
            text.Append("Nothing was measured.\n");
            return;
        }

        var marks = new RowMarks(model.Rows);
        var shown = Shown(ordered, marks);
        var table = new MarkdownTable([
            "cell", "streams × threads", "mean ms ± CI99 half-width", "P50", "P90", "P99", "images/s [CI99]", "USD per million images",
            "first inference ms", "time vs. baseline", .. model.MetricName is { } name ? [$"{name} (change)"] : Array.Empty<string>(),
        ]);
        foreach (var row in shown)
        {
            Add(table, row, marks, model.MetricName is not null);
        }

        table.WriteTo(text);
        if (ordered.Count > shown.Count)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{ordered.Count - shown.Count} more rows are in report.json and on the page: ")
                .Append("shown are all plain cells, the cheapest of each backend and precision, the fastest, and then the cheapest.\n");
        }
    }

    /// <summary>By the time that the machine takes for an image, costs first: what has no time comes last, in the order of the
    /// run.</summary>
    private static List<MeasurementRow> Ordered(IReadOnlyList<MeasurementRow> rows) => rows.Any(row => row.Cost is not null)
        ? [.. rows.OrderBy(row => row.Cost?.UsdPerMillionImages ?? double.MaxValue)
            .ThenBy(row => row.Throughput?.ImageMs ?? double.MaxValue)]
        : [.. rows.OrderBy(row => row.Throughput?.ImageMs ?? double.MaxValue)];

    private static List<MeasurementRow> Shown(List<MeasurementRow> rows, RowMarks marks)
    {
        if (rows.Count <= MostRows)
        {
            return rows;
        }

        var always = rows.Where(row => row.Throughput is not null
                && (row.CellId.IsPlain || marks.IsCheapestOfItsPrecision(row) || marks.IsFastest(row))).ToHashSet();
        var rest = rows.Where(row => row.Throughput is not null && !always.Contains(row)).Take(Math.Max(0, MostRows - always.Count));
        always.UnionWith(rest);
        return [.. rows.Where(always.Contains)];
    }

    private static void Add(MarkdownTable table, MeasurementRow row, RowMarks marks, bool hasMetric)
    {
        if (row is not { Latency: { } latency, Throughput: { } throughput })
        {
            table.Add([row.Label, Figures.None, Status(row), .. Enumerable.Repeat(Figures.None, hasMetric ? 8 : 7)]);
            return;
        }

        var change = row.PublishedMetricChange is { } told
            ? $"{Figures.Change(told)} published"
            : row.Comparison?.MetricChange is { } found ? Figures.Change(found) : row.IsReference ? "reference" : "no reference";
        table.Add([
            row.Label,
            Streams(row),
            Marked(latency.MeanWithHalfWidth(), marks.IsFastest(row)),
            Figures.Ms(latency.P50Ms),
            LatencyText.Percentile(latency.P90Ms, 0.90, latency.P90Interval),
            LatencyText.Percentile(latency.P99Ms, 0.99, latency.P99Interval),
            throughput.WithInterval(),
            Marked(row.Cost is { } cost ? cost.WithRange() : row.NotComparable is null ? PriceHint : "not comparable",
                row.Cost is not null && marks.IsCheapestOfItsBackend(row)),
            Figures.Ms(row.FirstInferenceMs),
            Figures.Ratio(row.TimeAgainstBaseline),
            .. !hasMetric ? Array.Empty<string>()
                : row.Metric is null && row.PublishedMetricChange is null ? [Figures.None]
                : [$"{Figures.Metric(row.Metric)} ({change})"],
        ]);
    }

    /// <summary>What stands instead of times: an overloaded load was measured, and its times say nothing.</summary>
    private static string Status(MeasurementRow row) => row.Open is { Overload: not null } ? "overloaded"
        : row.Facts.WhyNoThroughput is not null ? "all late"
        : row.Facts.IsAnsweredUnmeasured ? "limit missed"
        : EnumNames.Of(row.Status);

    private static string Marked(string text, bool isMarked) => isMarked ? $"**{text}**" : text;

    private static string Streams(MeasurementRow row) => string.Create(
        CultureInfo.InvariantCulture, $"{row.Streams} × {row.Threads?.ToString(CultureInfo.InvariantCulture) ?? "?"}");
}
