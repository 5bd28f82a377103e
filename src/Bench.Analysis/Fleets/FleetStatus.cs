using System.Globalization;
using Bench.Analysis.Input;

namespace Bench.Analysis.Fleets;

/// <summary>How far a piece of work is.</summary>
public enum UnitState
{
    /// <summary>Nobody has taken it.</summary>
    Waiting,

    /// <summary>Somebody works on it.</summary>
    Running,

    /// <summary>Whoever worked on it was not seen for a minute.</summary>
    Dead,

    /// <summary>The last machine that tried it was not what the plan asks for, or not fit.</summary>
    Unsuitable,

    /// <summary>It failed.</summary>
    Failed,

    /// <summary>It is done, but some cells failed there, or could not be had.</summary>
    InPart,

    /// <summary>It is done.</summary>
    Done,
}

/// <summary>How far a piece of work is, and why it is no further.</summary>
/// <param name="Unit">The piece of work.</param>
/// <param name="State">How far it is.</param>
/// <param name="Node">Where the last attempt was; null if there was none.</param>
/// <param name="Why">What it said; null if it said nothing.</param>
public sealed record UnitStatus(FleetUnit Unit, UnitState State, string? Node, string? Why)
{
    /// <summary>What was not measured of something that is done.</summary>
    /// <param name="folder">Its folder.</param>
    /// <returns>A sentence or a few; null if all was, or nobody says.</returns>
    /// <exception cref="RunFormatException">What an attempt left is damaged.</exception>
    public static string? Missed(UnitFolder folder) => Missed(folder.Attempts());

    /// <summary>The same by attempts that were read.</summary>
    /// <param name="attempts">All attempts, in their order.</param>
    internal static string? Missed(IReadOnlyList<FleetAttempt> attempts) =>
        attempts.LastOrDefault(attempt => attempt.Files is not null) is { } last ? Missed(last) : null;

    /// <summary>The same of an attempt that came to a run.</summary>
    /// <param name="attempt">The attempt; its worker may have been killed before it had an end.</param>
    internal static string? Missed(FleetAttempt attempt) => attempt is { ExitCode: null or > 0, Why: { } why } ? why : null;
}

/// <summary>How far a fleet is, from files alone.</summary>
public static class FleetStatus
{
    // The exit code of a worker whose machine is not what the plan asks for, or not fit.
    private const int NotSuitable = 5;

    /// <summary>Reads it.</summary>
    /// <param name="manifest">The fleet.</param>
    /// <param name="results">Where workers leave what they measured; of several folders that counts which is the furthest.</param>
    /// <param name="now">The time.</param>
    public static IReadOnlyList<UnitStatus> Read(FleetManifest manifest, IReadOnlyList<FleetFolder> results, DateTimeOffset now) =>
        [.. manifest.Units.Select(unit => results.Select(folder => Read(unit, folder.Of(unit.Id), now)).MaxBy(status => status.State)!)];

    private static UnitStatus Read(FleetUnit unit, UnitFolder folder, DateTimeOffset now)
    {
        IReadOnlyList<FleetAttempt> attempts;
        try
        {
            attempts = folder.Attempts();
        }
        catch (RunFormatException e)
        {
            return new UnitStatus(unit, UnitState.Failed, null, e.Message);
        }

        var last = attempts.Count == 0 ? null : attempts[^1];
        if (folder.IsDone)
        {
            return UnitStatus.Missed(attempts) is { } missed
                ? new UnitStatus(unit, UnitState.InPart, last?.Node, missed)
                : new UnitStatus(unit, UnitState.Done, last?.Node, null);
        }

        if (UnitClaim.Last(folder) is { HasEnded: false } claim)
        {
            var node = claim.Owner?.Node ?? last?.Node;
            var seen = string.Create(
                CultureInfo.InvariantCulture, $"last seen {Math.Max(0, (now - claim.LastSeenUtc).TotalSeconds):0} s ago");
            return now - claim.LastSeenUtc < UnitClaim.Death
                ? new UnitStatus(unit, UnitState.Running, node, seen)
                : new UnitStatus(unit, UnitState.Dead, node, $"{seen}; the next worker takes it over");
        }

        return last switch
        {
            null => new UnitStatus(unit, UnitState.Waiting, null, null),
            { ExitCode: null } => new UnitStatus(unit, UnitState.Dead, last.Node, "it ended without a word"),
            { ExitCode: NotSuitable } => new UnitStatus(unit, UnitState.Unsuitable, last.Node, last.Why),
            _ => new UnitStatus(unit, UnitState.Failed, last.Node, last.Why),
        };
    }
}
