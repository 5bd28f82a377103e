using Bench.Analysis.Comparison;
using Bench.Analysis.Runs;

namespace Bench.Analysis.Gate;

/// <summary>Why nothing can be said of two sides: a gate compares only what is known to be the same machine.</summary>
internal static class ComparabilityFindings
{
    public static IEnumerable<GateFinding> Of(ComparisonSide baseline, ComparisonSide current, ComparisonReport comparison)
    {
        foreach (var difference in comparison.Differences.Where(difference => difference.BreaksComparison))
        {
            yield return Invalid(null, GateSubject.Comparability, $"{difference.Name}: "
                + $"{difference.Base} in the base and {difference.Current} now; times of the one say nothing of the other.");
        }

        foreach (var (side, name) in new[] { baseline, current }.DistinctBy(side => side.Source)
            .SelectMany(side => Trait.MustBeKnown.Select(name => (side, name))))
        {
            if (side.Traits.FirstOrDefault(trait => trait.Name == name)?.Key is null)
            {
                yield return Invalid(null, GateSubject.Comparability,
                    $"{name}: {side.Source} does not say; expected it, because a gate compares only what is known to be the same machine. "
                    + "Take an export that says it: a full JSON, or the table with the lines above it.");
            }
        }

        foreach (var cell in comparison.Cells.Where(cell => cell.NotComparable is not (null or CellComparison.OfOtherSides)))
        {
            yield return Invalid(cell.Name, GateSubject.Comparability, cell.NotComparable!);
        }

        foreach (var slowed in baseline.Benchmarks
            .Where(benchmark => benchmark.Cell is { SlowedDownBy: not null, Status: CellStatus.Measured }))
        {
            yield return Invalid(slowed.Name, GateSubject.Comparability,
                $"it was slowed down on purpose in {baseline.Source}; nothing can be compared with it.");
        }

        foreach (var side in new[] { baseline, current }.DistinctBy(side => side.Source)
            .Where(side => side.Run is { Manifest.Complete: false }))
        {
            yield return Invalid(null, GateSubject.Presence, $"{side.Source} is incomplete: the run was interrupted.");
        }
    }

    private static GateFinding Invalid(string? cell, GateSubject subject, string text) => new(cell, subject, GateOutcome.Invalid, text);
}
