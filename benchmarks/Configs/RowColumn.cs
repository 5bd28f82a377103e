using Bench.Analysis.Rows;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace Bench.Benchmarks.Configs;

/// <summary>A column of BenchmarkDotNet's table that shows what Bench found out of a measurement.</summary>
/// <param name="name">Its title.</param>
/// <param name="legend">What it says.</param>
/// <param name="rows">What was found out, by benchmark.</param>
/// <param name="text">How that is written.</param>
internal sealed class RowColumn(
    string name, string legend, IReadOnlyDictionary<BenchmarkCase, MeasurementRow> rows, Func<MeasurementRow, string> text) : IColumn
{
    public string Id => $"{nameof(RowColumn)}.{name}";

    public string ColumnName => name;

    public bool AlwaysShow => true;

    public ColumnCategory Category => ColumnCategory.Custom;

    /// <summary>The columns stand in the order in which they are given.</summary>
    public required int PriorityInCategory { get; init; }

    public required bool IsNumeric { get; init; }

    public UnitType UnitType => UnitType.Dimensionless;

    public string Legend => legend;

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase) => text(rows[benchmarkCase]);

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) => GetValue(summary, benchmarkCase);

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    public bool IsAvailable(Summary summary) => true;
}
