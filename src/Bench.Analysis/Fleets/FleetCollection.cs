using System.Globalization;
using Bench.Analysis.Input;

namespace Bench.Analysis.Fleets;

/// <summary>What a fleet has measured, held against what it was to measure: nothing that is missing, doubled or foreign is averaged.
/// </summary>
/// <param name="Manifest">The fleet.</param>
/// <param name="Runs">The runs that count, in the order of the manifest.</param>
/// <param name="Faults">What is missing or does not belong, a sentence each.</param>
/// <param name="Findings">How nodes of a kind differ, for each kind that something counts of.</param>
public sealed record FleetCollection(
    FleetManifest Manifest, IReadOnlyList<CollectedRun> Runs, IReadOnlyList<string> Faults, IReadOnlyList<FleetFinding> Findings)
{
    /// <summary>Collects.</summary>
    /// <param name="manifest">The fleet.</param>
    /// <param name="results">The folders that workers left things in; the order says nothing.</param>
    /// <exception cref="IOException">A folder cannot be read.</exception>
    /// <exception cref="RunFormatException">Outputs are not of one shape.</exception>
    public static FleetCollection Of(FleetManifest manifest, IReadOnlyList<FleetFolder> results)
    {
        var faults = new List<string>();
        var known = manifest.Units.Select(unit => unit.Id).ToHashSet(StringComparer.Ordinal);
        var found = results.SelectMany(folder => folder.All()).OrderBy(folder => folder.Path, StringComparer.Ordinal)
            .DistinctBy(folder => Path.GetFullPath(folder.Path)).ToLookup(folder => folder.Id, StringComparer.Ordinal);
        var runs = new List<CollectedRun>();
        foreach (var unit in manifest.Units)
        {
            var done = found[unit.Id].Where(folder => folder.IsDone).ToList();
            var (run, fault) = done.Count switch
            {
                0 => (null, $"missing: {WhyMissing(found[unit.Id])}"),
                1 => CollectedRun.Read(manifest, unit, done[0]),
                _ => (null, FormattableString.Invariant(
                    $"found {done.Count} results of it; expected one: {string.Join(", ", done.Select(folder => folder.Run))}.")),
            };
            if (run is not null)
            {
                runs.Add(run);
            }
            else
            {
                faults.Add($"{unit.Label}: {fault}{(done.Count == 0 ? string.Empty : HowToRepeat(done))}");
            }
        }

        faults.AddRange(found.Where(same => !known.Contains(same.Key)).SelectMany(same => same)
            .Select(folder => $"{folder.Path}: is no piece of work of this fleet."));
        var kept = FleetAgreement.Keep(runs, faults);
        faults.AddRange(FleetGaps.Of(kept));
        return new FleetCollection(manifest, kept, faults, FleetFindings.Of(manifest, kept));
    }

    private static string HowToRepeat(IEnumerable<UnitFolder> folders) =>
        $" To have it measured again, remove {string.Join(" and ", folders.Select(folder => folder.Path))} and start its job once more.";

    private static string WhyMissing(IEnumerable<UnitFolder> folders)
    {
        try
        {
            var attempts = folders.SelectMany(folder => folder.Attempts()).OrderBy(attempt => attempt.StartedUtc)
                .ThenBy(attempt => attempt.Number).ThenBy(attempt => attempt.Node, StringComparer.Ordinal);
            return attempts.LastOrDefault() is not { } last ? "nobody has tried it."
                : last.Why ?? (last.ExitCode == 0 ? $"{last.Node} has measured it, and its run is gone." : null)
                ?? string.Create(CultureInfo.InvariantCulture,
                    $"{last.Node} began it at {last.StartedUtc.UtcDateTime:yyyy-MM-dd HH:mm} UTC and did not end it.");
        }
        catch (RunFormatException e)
        {
            return e.Message;
        }
    }
}
