using System.Globalization;
using Bench.Analysis.Rendering;
using Bench.Analysis.Rows;
using Bench.Analysis.Runs;
using Bench.Analysis.Statistics;

namespace Bench.Analysis.Consoles;

/// <summary>The rows of a run that were measured, the cheapest first.</summary>
internal static class RunTable
{
    /// <summary>From which share of the mean on its half-width makes it say nothing.</summary>
    public const double TooWide = 0.25;

    private const int MostRows = 16;
    private const double LeastChange = 5e-5;

    /// <summary>What was measured of a model, or published.</summary>
    public static List<MeasurementRow> Rows(ModelReport model) =>
        [.. model.Rows.Where(row => row.Status is CellStatus.Measured or CellStatus.Published)];

    public static void WriteTo(ConsolePage page, IReadOnlyList<MeasurementRow> rows)
    {
        var (hasCost, hasSpeed) = (rows.Any(row => row.Cost is not null), rows.Any(row => row.TimeAgainstBaseline is not null));
        var hasMachines = rows.Select(row => row.RunId).Distinct().Count() > 1;
        var table = new ConsoleTable(
        [
            new("engine", MayBeCut: true), new("settings", MayBeCut: true), new("precision"),
            .. If(hasMachines, new ConsoleColumn("run", MayBeCut: true)),
            new("mean ms", IsNumber: true), new("P90", IsNumber: true, IsOptional: true),
            new("P99", IsNumber: true), new("images/s", IsNumber: true),
            .. If(hasCost, new ConsoleColumn("$/million", IsNumber: true)),
            .. If(hasSpeed, new ConsoleColumn("speed", IsNumber: true, IsOptional: true)),
            new("outputs", MayBeCut: true),
        ]);
        var ordered = rows.OrderBy(row => row.Cost?.UsdPerMillionImages ?? double.MaxValue)
            .ThenBy(row => row.Throughput?.ImageMs ?? double.MaxValue).ToList();
        foreach (var row in ordered.Take(MostRows))
        {
            table.Add(
            [
                row.CellId.Backend.ToString(), ConsoleNames.Settings(row.Measurement), row.Precision, .. If(hasMachines, row.RunId),
                Mean(row), Percentile(row, row.Latency?.P90Ms, row.Latency?.P90Interval),
                Percentile(row, row.Latency?.P99Ms, row.Latency?.P99Interval),
                row.Throughput is { } throughput
                    ? Figures.Text(throughput.ImagesPerSecond, Figures.RateFormat(throughput.ImagesPerSecond)) : Figures.None,
                .. If(hasCost, row.Cost is { } cost ? Figures.Usd(cost.UsdPerMillionImages) : Figures.None),
                .. If(hasSpeed, Figures.Ratio(1 / row.TimeAgainstBaseline)),
                Outputs(row),
            ]);
        }

        page.Write(table);
        var left = rows.Count - MostRows;
        page.Append(left > 0 ? string.Create(CultureInfo.InvariantCulture, $"and {left} more, in the report\n") : string.Empty);
    }

    /// <summary>Whether a percentile of the row has no interval.</summary>
    public static bool HasUnbounded(MeasurementRow row) => row.Open?.Verdict is null
        && row.Latency is { P90Ms: not null, P90Interval: null } or { P99Ms: not null, P99Interval: null };

    /// <summary>Whether nothing can be said of a mean time: its interval is wider than <see cref="TooWide"/>.</summary>
    public static bool IsTooShort(MeasurementRow row) => HalfWidth(row) > TooWide;

    private static double? HalfWidth(MeasurementRow row) => row.Latency is { MeanInterval: { } interval } latency
        ? (interval.Upper - interval.Lower) / 2 / latency.MeanMs : null;

    private static T[] If<T>(bool condition, T value) => condition ? [value] : [];

    private static string Mean(MeasurementRow row) => row.Open is { Overload: not null } ? "overloaded"
        : row.Latency is not { } latency ? Figures.None
        : HalfWidth(row) is { } half ? $"{Figures.Ms(latency.MeanMs)} ± {Figures.Text(100 * half, "0.0")} %"
            : Figures.Ms(latency.MeanMs);

    // Under an open load late requests are counted, and a limit is judged by them.
    private static string Percentile(MeasurementRow row, double? ms, ConfidenceInterval? interval) =>
        ms is null ? Figures.None : $"{Figures.Ms(ms)}{(interval is null && row.Open?.Verdict is null ? "*" : string.Empty)}";

    // What was not computed as asked was not tested.
    private static string Short(string answer) => answer.Split(',')[0].Replace("not tested: ", string.Empty, StringComparison.Ordinal);

    private static string Outputs(MeasurementRow row) => row.IsReference
            ? $"reference{(row.Metric is { } metric ? $" ({Figures.Metric(metric)})" : string.Empty)}"
        : row.Comparison is not { } comparison
            ? row.PublishedMetricChange is { } told ? $"{Figures.Change(told)} published" : "not compared"
        : Short(comparison.Answer)
            + (comparison.MetricChange is { } change && Math.Abs(change) >= LeastChange ? $" ({Figures.Change(change)})" : string.Empty);
}
