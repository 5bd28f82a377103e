using Bench.Analysis.Fleets;

namespace Bench.Analysis.Tests.Fleets;

/// <summary>How far workers are, by the files that they left.</summary>
public class FleetStatusTests
{
    private static readonly FleetManifest Fleet = FleetFixture.Manifest;

    private TemporaryFolder _folder = null!;

    private FleetFolder Results => new(_folder.Path);

    [SetUp]
    public void Create() => _folder = new TemporaryFolder();

    [TearDown]
    public void Delete() => _folder.Dispose();

    [Test]
    public void Read_NothingYet_IsWaiting() => Assert.That(States(), Is.All.EqualTo(UnitState.Waiting));

    [Test]
    public void Read_OneOfEach_IsTold()
    {
        Directory.CreateDirectory(Results.Of(Fleet.Units[0].Id).Run);
        Claim(1, TimeSpan.FromSeconds(5));
        Claim(2, TimeSpan.FromSeconds(61));
        Attempt(3, 5);
        Attempt(4, 4);
        Attempt(5, null);
        Claim(6, TimeSpan.FromSeconds(5), ended: true);
        Attempt(6, 4);

        Assert.That(States(), Is.EqualTo([
            UnitState.Done, UnitState.Running, UnitState.Dead, UnitState.Unsuitable, UnitState.Failed, UnitState.Dead, UnitState.Failed,
            UnitState.Waiting]));
    }

    [Test]
    public void Write_OneOfEach_SaysWhy()
    {
        Attempt(3, 5);

        var text = FleetStatusText.Write(Fleet, FleetStatus.Read(Fleet, [Results], DateTimeOffset.UtcNow), 120);

        Assert.That(text, Does.Contain("0 of 8 pieces of work are done.").And.Contain(
            "unsuitable  3 (h200, inceptionv3, replicate 2) on n1: it was busy."));
    }

    private IEnumerable<UnitState> States() => FleetStatus.Read(Fleet, [Results], DateTimeOffset.UtcNow).Select(unit => unit.State);

    private void Claim(int index, TimeSpan age, bool ended = false)
    {
        var claim = Directory.CreateDirectory(Results.Of(Fleet.Units[index].Id).ClaimOf(1)).FullName;
        var heartbeat = Path.Combine(claim, UnitClaim.HeartbeatFile);
        File.WriteAllText(heartbeat, "1");
        File.SetLastWriteTimeUtc(heartbeat, DateTime.UtcNow - age);
        if (ended)
        {
            File.WriteAllText(Path.Combine(claim, UnitClaim.EndFile), "1");
        }
    }

    private void Attempt(int index, int? code)
    {
        var folder = Results.Of(Fleet.Units[index].Id);
        Directory.CreateDirectory(folder.Path);
        new FleetAttempt
        {
            Number = 1,
            Unit = folder.Id,
            Node = "n1",
            Process = 1,
            Program = FleetFixture.Digest,
            StartedUtc = DateTimeOffset.UtcNow,
            EndedUtc = code is null ? null : DateTimeOffset.UtcNow,
            ExitCode = code,
            Why = code is null ? null : "it was busy.",
        }.Write(folder);
    }
}
