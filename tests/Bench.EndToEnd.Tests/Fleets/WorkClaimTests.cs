using Bench.Analysis.Fleets;
using Bench.Benchmarks.Fleets;

namespace Bench.EndToEnd.Tests.Fleets;

/// <summary>Only one worker has a piece of work, whatever comes at the same time, and a dead one's is taken over.</summary>
public class WorkClaimTests
{
    private const int Workers = 8;

    private TemporaryFolder _folder = null!;

    private UnitFolder Unit => new(_folder.File("0123456789abcdef"));

    [SetUp]
    public void Create() => _folder = new TemporaryFolder();

    [TearDown]
    public void Delete() => _folder.Dispose();

    [Test]
    public void Take_ManyWorkersAtTheSameTime_OneHasIt()
    {
        const int Rounds = 20;
        for (var round = 1; round <= Rounds; round++)
        {
            using var claim = TakeByMany(round).Single();

            Assert.That(claim.Number, Is.EqualTo(round));
            Assert.That(claim.IsHeld);
        }

        Assert.That(Directory.GetFileSystemEntries(Unit.Path), Has.Length.EqualTo(Rounds), "nothing but claims is left");
    }

    [Test]
    public void Take_WorkerThatIsAlive_IsLeftAlone()
    {
        using var first = WorkClaim.Take(Unit, Owner(1), TimeProvider.System);

        Assert.That(WorkClaim.Take(Unit, Owner(2), TimeProvider.System), Is.Null);
        Assert.That(first!.IsHeld);
        Assert.That(UnitClaim.Last(Unit)!.Owner, Is.EqualTo(Owner(1)));
    }

    [Test]
    public void Take_WorkerThatWasNotSeenForAMinute_IsTakenOverOnce()
    {
        using var dead = WorkClaim.Take(Unit, Owner(0), TimeProvider.System)!;
        File.SetLastWriteTimeUtc(Path.Combine(Unit.ClaimOf(1), UnitClaim.HeartbeatFile), DateTime.UtcNow.AddSeconds(-61));

        using var alive = TakeByMany(1).Single();

        Assert.That(dead.IsHeld, Is.False, "whoever was only slow must not publish");
        dead.Dispose();
        Assert.That(alive.IsHeld, "and takes nothing away from who took over");
        Assert.That(alive.Number, Is.EqualTo(2));
    }

    /// <summary>Kubernetes starts a pod anew within seconds of a kill; leaving with 0 then would mean that nobody does the work.</summary>
    [Test]
    public void Take_WorkerThatThisOneReplaces_IsTakenOverAtOnce()
    {
        using var killed = WorkClaim.Take(Unit, Owner(1) with { Job = "job-a" }, TimeProvider.System)!;

        Assert.That(WorkClaim.Take(Unit, Owner(2) with { Job = "job-b" }, TimeProvider.System), Is.Null);
        Assert.That(WorkClaim.Take(Unit, Owner(3), TimeProvider.System), Is.Null);
        using var next = WorkClaim.Take(Unit, Owner(4) with { Job = "job-a" }, TimeProvider.System);

        Assert.That(next!.Number, Is.EqualTo(2));
        Assert.That(killed.IsHeld, Is.False);
    }

    /// <summary>What a machine leaves that lost its power.</summary>
    [Test]
    public void Take_ClaimWithNothingInIt_DiesToo()
    {
        Directory.CreateDirectory(Unit.ClaimOf(1));

        Assert.That(WorkClaim.Take(Unit, Owner(1), TimeProvider.System), Is.Null);
        Directory.SetLastWriteTimeUtc(Unit.ClaimOf(1), DateTime.UtcNow.AddSeconds(-61));
        using var claim = WorkClaim.Take(Unit, Owner(1), TimeProvider.System);

        Assert.That(claim!.Number, Is.EqualTo(2));
    }

    private List<WorkClaim> TakeByMany(int round)
    {
        var claims = new WorkClaim?[Workers];
        Parallel.For(0, Workers, i => claims[i] = WorkClaim.Take(Unit, Owner((Workers * round) + i), TimeProvider.System));
        return [.. claims.OfType<WorkClaim>()];
    }

    private static ClaimOwner Owner(int number) => new("node", number, $"worker{number}");
}
