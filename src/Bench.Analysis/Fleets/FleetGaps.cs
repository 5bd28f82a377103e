using System.Globalization;
using Bench.Analysis.Measurements;
using Bench.Analysis.Runs;

namespace Bench.Analysis.Fleets;

/// <summary>What some nodes have not measured of what was to be measured together, by the runs themselves: a worker may have been killed
/// before it could say so.</summary>
internal static class FleetGaps
{
    private const int MostNamed = 3;

    /// <summary>Names it.</summary>
    /// <param name="runs">The runs that count.</param>
    /// <returns>A sentence for each run that lacks something.</returns>
    public static IEnumerable<string> Of(IReadOnlyList<CollectedRun> runs)
    {
        foreach (var same in runs.GroupBy(run => (run.Unit.Machine, run.Unit.Model)))
        {
            var all = same.SelectMany(run => run.Cells(CellStatus.Measured)).ToHashSet();
            foreach (var run in same)
            {
                var gaps = run.Cells(CellStatus.Failed).Concat(run.Cells(CellStatus.Pending))
                    .Concat(all.Except(run.Cells(CellStatus.Measured))).Distinct().ToList();
                var missed = gaps.Count > 0 ? $"was not measured: {Named(run, gaps)}" : run.Missed;
                if (missed is not null)
                {
                    yield return $"{run.Unit.Label}: counts, but on {run.Node} {missed}";
                }
            }
        }
    }

    private static string Named(CollectedRun run, List<MeasurementId> gaps)
    {
        var named = gaps.Take(MostNamed).Select(gap => $"{gap} ({Reason(run.Measured.Manifest, gap)})");
        return string.Join(", ", named) + (gaps.Count <= MostNamed ? "."
            : string.Create(CultureInfo.InvariantCulture, $" and {gaps.Count - MostNamed} more."));
    }

    private static string Reason(RunManifest run, MeasurementId gap) =>
        run.Cells.FirstOrDefault(cell => cell.Measurement == gap) is not { } cell
            ? "it has no such cell, and other nodes have"
            : (cell.Reason ?? "nobody says why").ReplaceLineEndings(" ").TrimEnd('.', ' ');
}
