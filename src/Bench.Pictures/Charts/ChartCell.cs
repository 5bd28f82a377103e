using System.Globalization;
using System.Text.Json.Serialization;
using Bench.Analysis.Decision;
using Bench.Analysis.Measurements;
using Bench.Analysis.Rows;

namespace Bench.Pictures.Charts;

/// <summary>What the charts show of a cell. Times in ms, costs in USD per million images; null where nothing is known.</summary>
internal sealed record ChartCell(
    [property: JsonIgnore] string Run,
    [property: JsonIgnore] CellId Cell,
    string Label,
    string Name,
    string Platform,
    double Mean,
    double? MeanLow,
    double? MeanHigh,
    double? Usd,
    double? UsdLow,
    double? UsdHigh,
    double? UsdTimeLow,
    double? UsdTimeHigh)
{
    /// <summary>The cells of a model that have a time.</summary>
    /// <param name="model">The model's part of a report.</param>
    /// <param name="decision">What to buy; null if that was not decided.</param>
    public static IReadOnlyList<ChartCell> Of(ModelReport model, ModelDecision? decision)
    {
        var rows = model.Rows.Where(row => row.HasComparableTime).ToList();
        var names = Names(rows, decision);
        return [.. rows.Select((row, i) => new ChartCell(
            row.RunId,
            row.CellId,
            names[i].Label,
            names[i].Name,
            names[i].Platform,
            row.Latency!.MeanMs,
            row.Latency.MeanInterval?.Lower,
            row.Latency.MeanInterval?.Upper,
            row.Cost?.UsdPerMillionImages,
            row.Cost?.LowUsdPerMillionImages,
            row.Cost?.HighUsdPerMillionImages,
            row.Cost is { HalfWidth: { } half } ? row.Cost.UsdPerMillionImages - half : null,
            row.Cost is { HalfWidth: { } width } ? row.Cost.UsdPerMillionImages + width : null))];
    }

    /// <summary>Labels are as short as they can be without two rows having the same.</summary>
    private static List<(string Label, string Name, string Platform)> Names(List<MeasurementRow> rows, ModelDecision? decision)
    {
        var ids = rows.ConvertAll(row => row.CellId);
        var platforms = ids.Select(id => id.Platform).Distinct().Count();
        var hardware = rows.ConvertAll(
            row => decision?.Candidates.FirstOrDefault(candidate => candidate.Run == row.RunId && candidate.Cell == row.CellId)?.Hardware);
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
            return (label + number, names[i] + number, ids[i].Platform);
        })];
    }
}
