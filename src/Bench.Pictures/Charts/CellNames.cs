using System.Globalization;
using Bench.Analysis.Decision;
using Bench.Analysis.Measurements;
using Bench.Analysis.Rows;

namespace Bench.Pictures.Charts;

/// <summary>What the measurements of a model are called in charts.</summary>
internal static class CellNames
{
    /// <summary>The names of rows: as short as they can be without two rows having the same.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="decision">What to buy, which knows what each ran on; null if that was not decided.</param>
    public static IReadOnlyList<ChartCell> Of(IReadOnlyList<MeasurementRow> rows, ModelDecision? decision)
    {
        var known = decision?.Candidates.ToDictionary(candidate => (candidate.Run, candidate.Cell), candidate => candidate.Hardware);
        var hardware = rows.Select(row => known?.GetValueOrDefault((row.RunId, row.Measurement))).ToList();
        var several = hardware.OfType<string>().Distinct().Count() > 1;
        var platforms = rows.Select(row => row.CellId.Platform).Distinct().Count();
        var machines = rows.Select((row, i) => (several && hardware[i] is { } key ? $" on {key}" : string.Empty, row.CellId.Platform))
            .Select(machine => (InName: machine.Item1, InLabel: machine.Item1 + (platforms > 1 ? $", {machine.Platform}" : string.Empty)))
            .ToList();
        var names = rows.Select(Name).ToList();
        var labels = names.Select((name, i) => name + machines[i].InLabel).ToList();
        var series = rows.Select((row, i) => $"{row.CellId.Backend} {row.Precision}{machines[i].InLabel}").ToList();
        var runs = rows.Select(row => row.RunId).Distinct().ToList();

        // Two runs of one machine.
        string Run(int i) => string.Create(CultureInfo.InvariantCulture, $" (run {runs.IndexOf(rows[i].RunId) + 1})");
        return
        [
            .. rows.Select((row, i) =>
            {
                var number = labels.Count(other => other == labels[i]) > 1 ? Run(i) : string.Empty;
                var isOfSeveral = rows.Where((_, other) => series[other] == series[i]).Select(other => other.RunId).Distinct().Count() > 1;
                return new ChartCell(row, labels[i] + number, names[i] + machines[i].InName + number)
                {
                    Series = series[i] + (isOfSeveral ? Run(i) : string.Empty),
                    Knobs = VariantWords.Of(row.Measurement, withBatch1: true),
                };
            }),
        ];
    }

    private static string Name(MeasurementRow row) =>
        $"{row.CellId.ConfiguredBackend} {row.Precision}{(row.Load is { } load ? $" {load}" : string.Empty)}";
}
