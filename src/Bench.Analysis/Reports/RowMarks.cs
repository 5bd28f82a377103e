using Bench.Analysis.Rows;

namespace Bench.Analysis.Reports;

/// <summary>Which rows of a model the eye should find: the cheapest of each backend, and the fastest. Rows of which it is shown that
/// outputs are different, or quality lost, are none of them.</summary>
internal sealed class RowMarks
{
    private readonly HashSet<MeasurementRow> _cheapest;
    private readonly HashSet<MeasurementRow> _ofPrecisions;
    private readonly MeasurementRow? _fastest;

    /// <param name="rows">All rows of the model.</param>
    public RowMarks(IReadOnlyList<MeasurementRow> rows)
    {
        var measured = rows.Where(row => row is { HasComparableTime: true, Throughput: not null, Comparison: not { IsAccepted: false } })
            .ToList();
        _cheapest = [.. measured.GroupBy(row => (row.RunId, row.CellId.Backend)).Select(Cheapest)];
        _ofPrecisions = [.. measured.GroupBy(row => (row.RunId, row.CellId.Backend, row.CellId.Precision)).Select(Cheapest)];
        _fastest = measured.MinBy(row => row.Latency!.MeanMs);
    }

    /// <summary>Whether the row costs the least of its backend's, in its run.</summary>
    public bool IsCheapestOfItsBackend(MeasurementRow row) => _cheapest.Contains(row);

    /// <summary>Whether the row costs the least of its backend's at its precision, in its run.</summary>
    public bool IsCheapestOfItsPrecision(MeasurementRow row) => _ofPrecisions.Contains(row);

    /// <summary>Whether a request is answered the soonest, of all rows.</summary>
    public bool IsFastest(MeasurementRow row) => ReferenceEquals(row, _fastest);

    private static MeasurementRow Cheapest(IEnumerable<MeasurementRow> rows) =>
        rows.MinBy(row => (row.Cost?.UsdPerMillionImages ?? double.MaxValue, row.Throughput!.ImageMs))!;
}
