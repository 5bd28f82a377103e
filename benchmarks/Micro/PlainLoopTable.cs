using System.Globalization;
using System.Text;
using Bench.Analysis.Measurements;
using Bench.Analysis.Statistics.TwoSamples;
using Bench.CommandLine;

namespace Bench.Benchmarks.Micro;

/// <summary>A cell of <c>plain-loop</c>: what its launches found.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Launches">The launches that ended well.</param>
/// <param name="Failure">What went wrong with another one; null if nothing did.</param>
internal sealed record PlainLoopRow(CellId Cell, IReadOnlyList<PlainLoopRecord> Launches, string? Failure)
{
    /// <summary>How far the product may be from the plain loop.</summary>
    public const double Limit = 0.05;

    private const double Level = 0.95;

    /// <summary>What the product says an image takes, in ms.</summary>
    public double ProductMs => Product.Average();

    /// <summary>What the plain loop says.</summary>
    public double PlainMs => Plain.Average();

    /// <summary>The product's figure over the plain loop's, launch by launch.</summary>
    public RatioEstimate Ratio => MeanRatio.Paired(Plain, Product, Level);

    /// <summary>Whether both say the same.</summary>
    public bool IsWithin => Failure is null && Launches.Count > 0 && Math.Abs(Ratio.Ratio - 1) <= Limit;

    private double[] Product => [.. Launches.Select(launch => launch.ProductMs.Average())];

    private double[] Plain => [.. Launches.Select(launch => launch.PlainMs.Average())];
}

/// <summary>What <c>plain-loop</c> says at the end.</summary>
internal static class PlainLoopTable
{
    /// <summary>Writes the table, and what comes of it.</summary>
    /// <param name="rows">A row for each cell.</param>
    public static string Text(IReadOnlyList<PlainLoopRow> rows)
    {
        List<string[]> cells =
        [
            ["cell", "launches", "product, ms per image", "plain loop, ms per image", "ratio [95 % interval]"],
            .. rows.Select(Cells),
        ];
        var widths = Enumerable.Range(0, cells[0].Length).Select(column => cells.Max(row => row[column].Length)).ToArray();
        var text = new StringBuilder();
        foreach (var row in cells)
        {
            text.AppendJoin("  ", row.Select((cell, i) => i == 0 ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i]))).Append('\n');
        }

        text.Append('\n');
        foreach (var row in rows.Where(row => row.Failure is not null))
        {
            text.Append(CultureInfo.InvariantCulture, $"{row.Cell} failed: {row.Failure}\n");
        }

        var beyond = rows.Where(row => row is { Failure: null, IsWithin: false }).ToList();
        var limit = string.Create(CultureInfo.InvariantCulture, $"{PlainLoopRow.Limit * 100:0} %");
        return text.Append(beyond.Count > 0
                ? $"Further than {limit} from the plain loop: {string.Join(", ", beyond.Select(row => row.Cell))}.\n"
                : rows.Any(row => row.Failure is not null) ? $"The others are within {limit} of the plain loop.\n"
                : $"All are within {limit} of the plain loop.\n")
            .ToString();
    }

    /// <summary>0 if all cells are within the limit, 1 if one is not, 4 if one could not be measured.</summary>
    public static int ExitCode(IReadOnlyList<PlainLoopRow> rows) =>
        rows.Any(row => row.Failure is not null) ? ExitCodes.Incomplete
        : rows.All(row => row.IsWithin) ? ExitCodes.Success
        : ExitCodes.Regression;

    private static string[] Cells(PlainLoopRow row) => row.Launches.Count == 0
        ? [row.Cell.ToString(), "0", "–", "–", "–"]
        : [row.Cell.ToString(), row.Launches.Count.ToString(CultureInfo.InvariantCulture), Ms(row.ProductMs), Ms(row.PlainMs),
            Text(row.Ratio)];

    private static string Ms(double ms) => ms.ToString(ms < 1 ? "0.0000" : ms < 100 ? "0.00" : "0.0", CultureInfo.InvariantCulture);

    private static string Text(RatioEstimate ratio) => string.Create(
        CultureInfo.InvariantCulture,
        $"{ratio.Ratio:0.000} {(ratio.Interval is { } interval ? Interval(interval.Lower, interval.Upper) : "[n/a]")}");

    private static string Interval(double lower, double upper) =>
        string.Create(CultureInfo.InvariantCulture, $"[{lower:0.000}, {upper:0.000}]");
}
