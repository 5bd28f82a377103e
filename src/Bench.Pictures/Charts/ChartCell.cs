using System.Globalization;
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

    /// <summary>The cells of a model that have a time.</summary>
    /// <param name="model">The model's part of a report.</param>
    /// <param name="decision">What to buy; null if that was not decided.</param>
    public static IReadOnlyList<ChartCell> Of(ModelReport model, ModelDecision? decision)
    {
        var rows = model.Rows.Where(row => row.HasComparableTime).ToList();
        return [.. rows.Zip(Names(rows, decision), (row, names) => new ChartCell(row, names.Label, names.Name))];
    }

    /// <summary>Labels are as short as they can be without two rows having the same.</summary>
    private static List<(string Label, string Name)> Names(List<MeasurementRow> rows, ModelDecision? decision)
    {
        var ids = rows.ConvertAll(row => row.CellId);
        var platforms = ids.Select(id => id.Platform).Distinct().Count();
        var known = decision?.Candidates.ToDictionary(candidate => (candidate.Run, candidate.Cell), candidate => candidate.Hardware);
        var hardware = rows.ConvertAll(row => known?.GetValueOrDefault((row.RunId, row.Measurement)));
        var several = hardware.Distinct().Count() > 1;
        var names = ids.Select((id, i) =>
            $"{id.ConfiguredBackend} {id.Precision}{(several && hardware[i] is { } key ? $" on {key}" : string.Empty)}").ToList();
        var labels = names.Select((name, i) => platforms > 1 ? $"{name}, {ids[i].Platform}" : name).ToList();
        var runs = rows.Select(row => row.RunId).Distinct().ToList();
        return [.. labels.Select((label, i) =>
        {
            // Two runs of one machine.
            var number = labels.Count(other => other == label) > 1
                ? string.Create(CultureInfo.InvariantCulture, $" (run {runs.IndexOf(rows[i].RunId) + 1})")
                : string.Empty;
            return (label + number, names[i] + number);
        })];
    }
}
