using System.Text.Json.Serialization;
using Bench.Analysis.Decision;
using Bench.Analysis.Rows;

namespace Bench.Pictures.Charts;

/// <summary>What the charts show of a cell. Times in ms, costs in USD per million images; null where nothing is known.</summary>
/// <param name="Row">The cell's row; it has a time.</param>
/// <param name="Label">What it is called, and no other is.</param>
/// <param name="Name">The same without the platform.</param>
internal sealed record ChartCell([property: JsonIgnore] MeasurementRow Row, string Label, string Name)
{
    public string Platform => Row.CellId.Platform;

    public double Mean => Row.Latency!.MeanMs;

    public double? MeanLow { get; init; } = Row.Latency!.MeanInterval?.Lower;

    public double? MeanHigh { get; init; } = Row.Latency!.MeanInterval?.Upper;

    public double? Usd => Row.Cost?.UsdPerMillionImages;

    public double? UsdLow { get; init; } = Row.Cost?.LowUsdPerMillionImages;

    public double? UsdHigh { get; init; } = Row.Cost?.HighUsdPerMillionImages;

    public double? UsdTimeLow { get; init; } = Row.Cost is { HalfWidth: { } half } ? Row.Cost.UsdPerMillionImages - half : null;

    public double? UsdTimeHigh { get; init; } = Row.Cost is { HalfWidth: { } half } ? Row.Cost.UsdPerMillionImages + half : null;

    /// <summary>The name without what its variants differ in: all of one backend at a precision on a machine have it.</summary>
    [JsonIgnore]
    public string Series { get; init; } = Name;

    /// <summary>What tells it from the others of its series: <c>batch 32, graph</c>.</summary>
    [JsonIgnore]
    public string Knobs { get; init; } = Name;

    /// <summary>The cells of a model that have a time.</summary>
    /// <param name="model">The model's part of a report.</param>
    /// <param name="decision">What to buy; null if that was not decided.</param>
    public static IReadOnlyList<ChartCell> Of(ModelReport model, ModelDecision? decision) =>
        CellNames.Of([.. model.Rows.Where(row => row.HasComparableTime)], decision);
}
