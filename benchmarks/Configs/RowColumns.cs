using System.Globalization;
using Bench.Analysis.Measurements;
using Bench.Analysis.Rows;
using Bench.Benchmarks.Launches;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Running;

namespace Bench.Benchmarks.Configs;

/// <summary>The columns of BenchmarkDotNet's table.</summary>
internal static class RowColumns
{
    private const string None = "-";

    /// <param name="rows">What was found out, by benchmark. It may be filled later; only the names of knobs are looked up when the columns
    /// are used.</param>
    public static IColumn[] All(IReadOnlyDictionary<BenchmarkCase, MeasurementRow> rows) =>
    [
        .. new (string Name, bool IsNumeric, string Legend, Func<MeasurementRow, string> Text)[]
        {
            // By these two and the parameters tools know a row, our own among them.
            ("Method", false, "What is measured: one request", _ => nameof(InferenceBenchmark.Infer)),
            ("Job", false, "Operating system and architecture", row => Id(row).Platform),
            ("Model", false, "The network", row => Id(row).Model),
            ("Backend", false, "Engine, provider and device", row => Id(row).Backend.ToString()),
            ("Precision", false, "The precision that was asked for", row => Id(row).Precision),
            ("Knobs", false, "Settings that are not at their defaults",
                row => Id(row).Variant is { IsNone: false } knobs ? $"{knobs}" : None),
            ("Mean", true, "Mean latency of a request over launches", row => Ms(row.Latency?.MeanMs)),
            ("CI99", true, "Half-width of its 99 % interval, Student's t over launches",
                row => Ms(row.Latency?.MeanInterval?.HalfWidth)),
            ("StdDev", true, "Standard deviation of all latencies",
                row => Ms(row.Latency is { CoefficientOfVariation: { } cv } latency ? cv * latency.MeanMs : null)),
            ("P50", true, "Median latency", row => Ms(row.Latency?.P50Ms)),
            ("P90", true, "90th percentile", row => Ms(row.Latency?.P90Ms)),
            ("P99", true, "99th percentile", row => Ms(row.Latency?.P99Ms)),
            ("First", true, "Median time of the first inference", row => Ms(row.FirstInferenceMs)),
            ("Images/s", true, "Images per second, all streams together", row => Text(row.Throughput?.ImagesPerSecond, "0.0")),
            ("USD/M", true, "USD per million images", row => Text(row.Cost?.UsdPerMillionImages, "0.0000")),
            ("Metric", true, "Accuracy, or mean Dice", row => Text(row.Metric, "0.0000")),
            ("Ratio", true, "Time for an image over that of the baseline of the same model", row => Text(row.TimeAgainstBaseline, "0.00")),
        }.Select((column, i) =>
            new RowColumn(column.Name, column.Legend, rows, column.Text) { PriorityInCategory = i, IsNumeric = column.IsNumeric }),
    ];

    private static CellId Id(MeasurementRow row) => row.CellId;

    private static string Ms(double? ms) => Text(ms, ms >= 100 ? "0.0 'ms'" : ms >= 1 ? "0.00 'ms'" : "0.0000 'ms'");

    private static string Text(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? None;
}
