using Bench.Analysis.Fleets;
using Bench.Analysis.Runs;

namespace Bench.Analysis.Tests.Fleets;

/// <summary>What workers left of a fleet, made without measuring.</summary>
/// <param name="fleet">The fleet.</param>
/// <param name="results">Where they left it.</param>
/// <param name="create">Makes a run at a path, of a piece of work.</param>
internal sealed class FleetResults(FleetManifest fleet, FleetFolder results, Action<string, FleetUnit> create)
{
    /// <summary>Does everything, each piece of work on a node of its own.</summary>
    public void WorkAll()
    {
        foreach (var unit in fleet.Units)
        {
            Work(unit, $"n{unit.Index}");
        }
    }

    /// <summary>Does a piece of work.</summary>
    public void Work(FleetUnit unit, string node, FleetFolder? folder = null)
    {
        var place = (folder ?? results).Of(unit.Id);
        create(place.Run, unit);
        File.WriteAllText(Path.Combine(place.Run, "report.json"), "{}");
        File.WriteAllText(Path.Combine(place.Run, "report.md"), "# Report");
        Attempt(unit, node, 0, null, folder);
    }

    /// <summary>Writes how an attempt ended; its files are those that stand there now.</summary>
    public void Attempt(
        FleetUnit unit, string node, int code, string? why, FleetFolder? folder = null, string? program = null, int number = 1,
        bool? hasRun = null)
    {
        var place = (folder ?? results).Of(unit.Id);
        Directory.CreateDirectory(place.Path);
        new FleetAttempt
        {
            Number = number,
            Unit = unit.Id,
            Node = node,
            Process = 4711,
            Program = program ?? FleetFixture.Digest,
            StartedUtc = new DateTimeOffset(2026, 11, 27, 12, 0, 0, TimeSpan.Zero).AddHours(number),
            EndedUtc = new DateTimeOffset(2026, 11, 27, 12, 30, 0, TimeSpan.Zero).AddHours(number),
            ExitCode = code,
            Why = why,
            Files = hasRun ?? code == 0 ? FolderDigest.OfFiles(place.Run) : null,
        }.Write(place);
    }

    /// <summary>A manifest as the program would have written it for a piece of work.</summary>
    public static RunManifest Told(RunManifest run, FleetUnit unit) => run with
    {
        CommandLine = [.. unit.Arguments, "--output", "x"],
        Seed = unit.Seed,
        Cells = [.. run.Cells.Where(cell => cell.Status is not CellStatus.Failed)],
    };
}
