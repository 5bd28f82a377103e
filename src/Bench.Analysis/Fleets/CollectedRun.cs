using Bench.Analysis.Input;
using Bench.Analysis.Measurements;
using Bench.Analysis.Runs;

namespace Bench.Analysis.Fleets;

/// <summary>A run that a worker left, whole and of the right program.</summary>
/// <param name="Unit">The piece of work.</param>
/// <param name="Measured">What was measured.</param>
/// <param name="Node">Where.</param>
/// <param name="Missed">What its worker says of it that was not measured, a sentence or a few; null if it says nothing.</param>
public sealed record CollectedRun(FleetUnit Unit, MeasuredRun Measured, string Node, string? Missed = null)
{
    /// <summary>What is in a state.</summary>
    /// <param name="status">The state.</param>
    public IEnumerable<MeasurementId> Cells(CellStatus status) =>
        Measured.Manifest.Cells.Where(cell => cell.Status == status).Select(cell => cell.Measurement);

    /// <summary>Reads what a worker left.</summary>
    /// <param name="manifest">The fleet.</param>
    /// <param name="unit">The piece of work.</param>
    /// <param name="folder">Its folder, with a run in it.</param>
    /// <returns>The run, or why it does not count.</returns>
    public static (CollectedRun? Run, string? Fault) Read(FleetManifest manifest, FleetUnit unit, UnitFolder folder)
    {
        try
        {
            var found = FolderDigest.OfFiles(folder.Run);
            // A worker that was thought dead may have measured, too: whose run it is, its files tell.
            var attempts = folder.Attempts().Where(attempt => attempt.Files is not null).ToList();
            var attempt = attempts.FindLast(one => Differences(one.Files!, found).Count == 0) ?? attempts.LastOrDefault();
            if (attempt is null)
            {
                return (null, "nothing says who measured it, and which files it has: no attempt-K.json does.");
            }

            if ((OfAttempt(manifest, unit, attempt) ?? OfFiles(manifest, attempt.Files!, found)) is { } wrong)
            {
                return (null, wrong);
            }

            var measured = MeasuredRun.Read(new RunFolder(folder.Run));
            return OfRun(unit, measured.Manifest) is { } fault
                ? (null, fault)
                : (new CollectedRun(unit, measured, attempt.Node, UnitStatus.Missed(attempt)), null);
        }
        catch (Exception e) when (e is RunFormatException or IOException or UnauthorizedAccessException)
        {
            return (null, e.Message);
        }
    }

    private static string? OfAttempt(FleetManifest manifest, FleetUnit unit, FleetAttempt attempt) =>
        attempt.Unit != unit.Id ? $"it belongs to another piece of work, {attempt.Unit}."
        : attempt.Program != manifest.Program.Digest
            ? $"it was measured by another program: found the digest {attempt.Program}; expected {manifest.Program.Digest}."
        : null;

    private static string? OfFiles(
        FleetManifest manifest, IReadOnlyDictionary<string, string> measured, IReadOnlyDictionary<string, string> found) =>
        manifest.Files.Where(file => !found.ContainsKey(file)).ToList() is { Count: > 0 } missing ? $"found no {Faults.Names(missing)}."
        : Differences(measured, found) is { Count: > 0 } differences
            ? $"its files are not those that were measured: {Faults.Names(differences)}."
        : null;

    private static List<string> Differences(IReadOnlyDictionary<string, string> measured, IReadOnlyDictionary<string, string> found) =>
    [
        .. measured.Where(file => found.GetValueOrDefault(file.Key) != file.Value)
            .Select(file => found.ContainsKey(file.Key) ? $"{file.Key} is another one" : $"{file.Key} is missing"),
        .. found.Keys.Where(file => !measured.ContainsKey(file)).Select(file => $"{file} was not there"),
    ];

    private static string? OfRun(FleetUnit unit, RunManifest run)
    {
        var told = run.CommandLine.Take(unit.Arguments.Count).ToList();
        return run.Cells.All(cell => cell.Status != CellStatus.Measured) ? "nothing in it was measured."
            : !run.Complete && run.Cells.Any(cell => cell.Status == CellStatus.Pending) ? "the run is not complete."
            : run.Seed != unit.Seed ? FormattableString.Invariant($"found the seed {run.Seed}; expected {unit.Seed}.")
            : !told.SequenceEqual(unit.Arguments) ? $"it measured something else: found '{string.Join(' ', told)}'; expected "
                + $"'{string.Join(' ', unit.Arguments)}'."
            : null;
    }
}
