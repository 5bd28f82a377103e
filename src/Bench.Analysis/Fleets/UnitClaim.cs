using System.Text.Json;

namespace Bench.Analysis.Fleets;

/// <summary>Who makes an attempt at a piece of work, and when that worker was last seen.</summary>
/// <param name="Number">The number of the attempt, from 1.</param>
/// <param name="Owner">Who it is; null if that cannot be read.</param>
/// <param name="LastSeenUtc">When the claim was last renewed, by the clock of the file system.</param>
/// <param name="HasEnded">Whether the worker gave it up.</param>
public sealed record UnitClaim(int Number, ClaimOwner? Owner, DateTimeOffset LastSeenUtc, bool HasEnded)
{
    /// <summary>The file that says whose a claim is.</summary>
    public const string OwnerFile = "owner.json";

    /// <summary>The file that is written again and again to renew a claim.</summary>
    public const string HeartbeatFile = "heartbeat";

    /// <summary>The file that says that a worker gave a claim up.</summary>
    public const string EndFile = "ended";

    /// <summary>After how long without a renewal a worker is dead.</summary>
    public static readonly TimeSpan Death = TimeSpan.FromSeconds(60);

    /// <summary>Reads the newest claim: those before it count no more.</summary>
    /// <param name="folder">The folder of the piece of work.</param>
    /// <returns>Null if there is none.</returns>
    public static UnitClaim? Last(UnitFolder folder) => folder.LastClaim() is > 0 and var number
        ? new UnitClaim(
            number, ReadOwner(folder.ClaimOf(number)), Seen(folder.ClaimOf(number)), File.Exists(Place(folder, number, EndFile)))
        : null;

    private static string Place(UnitFolder folder, int number, string file) => Path.Combine(folder.ClaimOf(number), file);

    private static ClaimOwner? ReadOwner(string claim)
    {
        try
        {
            return JsonSerializer.Deserialize<ClaimOwner>(File.ReadAllText(Path.Combine(claim, OwnerFile)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            // The name of a worker is for people; nothing rests on it.
            return null;
        }
    }

    private static DateTimeOffset Seen(string claim)
    {
        var heartbeat = new FileInfo(Path.Combine(claim, HeartbeatFile));
        try
        {
            // Network file systems ask the server for the time of a file that is opened; until then they may tell an old one.
            using var opened = heartbeat.Open(FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            heartbeat.Refresh();
            return heartbeat.LastWriteTimeUtc;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A machine that lost its power may have lost the file, too.
            return Directory.GetLastWriteTimeUtc(claim);
        }
    }
}

/// <summary>Who works on a piece of work.</summary>
/// <param name="Node">The name of the node.</param>
/// <param name="Process">The number of the process there.</param>
/// <param name="Id">Tells it from every other worker: letters and digits.</param>
/// <param name="Job">The job of an engine that starts a worker anew only when the one before it has ended; null if there is none.</param>
public sealed record ClaimOwner(string Node, int Process, string Id, string? Job = null)
{
    /// <summary>The variable that names the job.</summary>
    public const string JobVariable = "BENCH_JOB";

    /// <summary>The variable that names the node, where a process sees another name of it, as in a container.</summary>
    public const string NodeVariable = "BENCH_NODE";

    /// <summary>This process.</summary>
    public static ClaimOwner OfThisProcess() => new(
        Told(NodeVariable) ?? Environment.MachineName, Environment.ProcessId, Guid.NewGuid().ToString("N"), Told(JobVariable));

    /// <summary>Whether this worker was started in place of another one: then that one is dead, whenever it was last seen.</summary>
    /// <param name="other">The other one; null if nobody knows who it is.</param>
    public bool Replaces(ClaimOwner? other) => Job is not null && other?.Job == Job;

    private static string? Told(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } told ? told : null;
}
