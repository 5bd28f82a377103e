using System.Text.Json;
using Bench.Analysis.Fleets;

namespace Bench.Benchmarks.Fleets;

/// <summary>The right to make an attempt at a piece of work: a folder that only one worker can make. It holds who that is, and a file that
/// is written every ten seconds; one that was not written for a minute belongs to a worker that is dead.</summary>
/// <remarks>
/// <para>Claims are numbered, and none is ever taken away: who finds the newest one dead or given up makes the next one, and of all who try
/// only one does. So a worker that was only slow finds out by the number of the newest claim that its own counts no more.</para>
/// <para>Kubernetes starts a pod anew at once when the one before it was killed; it must not leave with 0 because that one was seen a
/// moment ago, since then nobody would do the work: <see cref="ClaimOwner.Replaces"/>.</para>
/// <para>The folder is made under another name and moved into place, owner and all: a folder that is not empty is never replaced by a
/// move, on local disks and on NFS. Ages are differences of times that the file system itself gave, so clocks of nodes need not agree.
/// </para>
/// </remarks>
internal sealed class WorkClaim : IDisposable
{
    /// <summary>How often a claim is renewed.</summary>
    public static readonly TimeSpan Renewal = TimeSpan.FromSeconds(10);

    private readonly UnitFolder _folder;
    private readonly ITimer _timer;

    private WorkClaim(UnitFolder folder, int number, TimeProvider time)
    {
        (_folder, Number) = (folder, number);
        _timer = time.CreateTimer(_ => Try(() => Write(UnitClaim.HeartbeatFile)), null, Renewal, Renewal);
    }

    /// <summary>The number of the attempt, from 1.</summary>
    public int Number { get; }

    /// <summary>Whether it still counts: another worker may have thought this one dead.</summary>
    public bool IsHeld => _folder.LastClaim() == Number;

    /// <summary>Takes a piece of work, if nobody who is alive works on it.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="owner">This worker.</param>
    /// <param name="time">When it is renewed.</param>
    /// <returns>The claim; null if somebody works on it.</returns>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static WorkClaim? Take(UnitFolder folder, ClaimOwner owner, TimeProvider time)
    {
        Directory.CreateDirectory(folder.Path);
        var last = UnitClaim.Last(folder);
        if (last is { HasEnded: false } && !owner.Replaces(last.Owner) && Now(folder, owner) - last.LastSeenUtc < UnitClaim.Death)
        {
            return null;
        }

        var (own, number) = (Path.Combine(folder.Path, $"new-{owner.Id}"), (last?.Number ?? 0) + 1);
        Directory.CreateDirectory(own);
        File.WriteAllText(Path.Combine(own, UnitClaim.OwnerFile), JsonSerializer.Serialize(owner));
        File.WriteAllText(Path.Combine(own, UnitClaim.HeartbeatFile), "1");
        try
        {
            Directory.Move(own, folder.ClaimOf(number));
            return new WorkClaim(folder, number, time);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException && Directory.Exists(folder.ClaimOf(number)))
        {
            Directory.Delete(own, recursive: true);
            return null;
        }
    }

    /// <summary>Gives it up.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        Try(() => Write(UnitClaim.EndFile));
    }

    private void Write(string file) => File.WriteAllText(Path.Combine(_folder.ClaimOf(Number), file), "1");

    private static void Try(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The disk may be back in ten seconds; until then others see how old the claim is.
        }
    }

    /// <summary>The time of the file system.</summary>
    private static DateTimeOffset Now(UnitFolder folder, ClaimOwner owner)
    {
        var probe = Path.Combine(folder.Path, $"now-{owner.Id}");
        try
        {
            File.WriteAllText(probe, "1");
            return File.GetLastWriteTimeUtc(probe);
        }
        finally
        {
            File.Delete(probe);
        }
    }
}
