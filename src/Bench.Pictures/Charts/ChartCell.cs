using System.Globalization;
using System.Text.Json.Serialization;
using Bench.Analysis.Decision;
using Bench.Analysis.Rows;

namespace Bench.Pictures.Charts;

/// <summary>What the charts show of a cell. Times in ms, costs in USD per million images; null where nothing is known.</summary>
internal sealed record ChartCell(
    [property: JsonIgnore] string Run,
    [property: JsonIgnore] string Cell,
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
    private const int IdParts = 4;

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
    private static List<(string Label, string Name, string Platform)> Names(List<CellRow> rows, ModelDecision? decision)
    {
        var parts = rows.ConvertAll(row => row.CellId.Split('/') is { Length: IdParts } four ? four : ["", row.CellId, "", ""]);
        var platforms = parts.Select(part => part[3]).Distinct().Count();
        var hardware = rows.ConvertAll(
            row => decision?.Candidates.FirstOrDefault(candidate => candidate.Run == row.RunId && candidate.Cell == row.CellId)?.Hardware);
        var several = hardware.Distinct().Count() > 1;
        var names = rows.Select(
            (row, i) => $"{parts[i][1]} {parts[i][2]}{(several && hardware[i] is { } key ? $" on {key}" : string.Empty)}").ToList();
        var labels = names.Select((name, i) => platforms > 1 ? $"{name}, {parts[i][3]}" : name).ToList();
        var runs = rows.Select(row => row.RunId).Distinct().ToList();
        return [.. labels.Select((label, i) =>
        {
            // Two runs of one machine.
            var number = labels.Count(other => other == label) > 1
                ? string.Create(CultureInfo.InvariantCulture, $" (run {runs.IndexOf(rows[i].RunId) + 1})")
                : string.Empty;
            return (label + number, names[i] + number, parts[i][3]);
        })];
    }
}
