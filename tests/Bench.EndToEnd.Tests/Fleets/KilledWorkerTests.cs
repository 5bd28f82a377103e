using System.Diagnostics;
using Bench.Analysis.Fleets;
using Bench.Analysis.Runs;
using Bench.EndToEnd.Tests.Runs;
using Bench.Models.Data;

namespace Bench.EndToEnd.Tests.Fleets;

/// <summary>Workers of the real program that are killed whenever, and two that are started at the same time: nothing counts that is not
/// whole, and in the end all does.</summary>
[Long]
[Platform("Linux")]
public class KilledWorkerTests
{
    private const int Kills = 8;
    private const int LongestWaitMs = 9000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private TemporaryFolder _folder = null!;
    private FleetManifest _fleet = null!;

    private FleetFolder Results => new(_folder.File("results"));

    private UnitFolder Unit => Results.Of(_fleet.Units[0].Id);

    [SetUp]
    public void Plan()
    {
        _folder = new TemporaryFolder();
        _fleet = FleetPlan.Of(
            new FleetMatrix
            {
                Models = [Path.GetFileName(UserModels.Write(_folder, "first", UserModels.Onnx("Abs")))],
                Backends = ["ort-cpu"],
                Precisions = ["fp32"],
                Profile = "smoke",
                Launches = 4,
                Machines = [new MachineKind { Name = "here", MostOtherLoad = 1 }],
            },
            new FleetProgram(FolderDigest.OfProgram(HostProgram.Folder)));
        _fleet.Write(_folder.Path);
    }

    [TearDown]
    public void Delete() => _folder.Dispose();

    [Test]
    public void Work_KilledAtAnyMoment_NothingCountsUntilAllIsWhole()
    {
        var random = new SeededRandom(17);
        for (var kill = 0; kill < Kills && !Unit.IsDone; kill++)
        {
            using (var worker = Start())
            {
                var wait = (int)(random.NextUInt64() % LongestWaitMs);
                for (var since = Stopwatch.StartNew(); since.ElapsedMilliseconds < wait && !worker.HasEnded; Thread.Sleep(20))
                {
                }

                worker.Kill();
                _ = worker.Wait();
            }

            var collection = FleetCollection.Of(_fleet, [Results]);
            Assert.That(collection.Runs, Has.Count.EqualTo(Unit.IsDone ? 1 : 0), $"kill {kill}");
            Assert.That(collection.Faults, Has.Count.EqualTo(Unit.IsDone ? 0 : 1), string.Join('\n', collection.Faults));
            Bury();
        }

        using var last = Start();
        Assert.That(last.Wait().ExitCode, Is.Zero);

        var whole = FleetCollection.Of(_fleet, [Results]);
        Assert.That(whole.Faults, Is.Empty);
        Assert.That(whole.Runs.Single().Measured.Manifest.Cells.Single().Status, Is.EqualTo(CellStatus.Measured));
        Assert.That(Directory.GetDirectories(Unit.Path, "new-*"), Is.Empty, "no claim is left half-made");
    }

    [Test]
    public void Work_TwoAtTheSameTime_OneMeasuresAndBothEndWell()
    {
        using var one = Start();
        using var other = Start();

        var results = new[] { one.Wait(), other.Wait() };

        Assert.That(results.Select(result => result.ExitCode), Is.All.Zero, results[0].Output + results[1].Output);
        Assert.That(Unit.Attempts(), Has.Count.EqualTo(1));
        Assert.That(FleetCollection.Of(_fleet, [Results]).Faults, Is.Empty);
    }

    /// <summary>Slurm and Kubernetes ask before they kill: the worker says that it was asked.</summary>
    [Test]
    public void Work_AskedToEnd_SaysSoAndGivesTheWorkUp()
    {
        using var worker = Start();
        Assert.That(() => Unit.LastClaim() > 0 && Directory.Exists(Unit.WorkOf(1)), Is.True.After(30_000, 50));

        worker.Terminate();

        Assert.That(worker.Wait().ExitCode, Is.EqualTo(4));
        var attempt = Unit.Attempts().Single();
        Assert.That((attempt.ExitCode, attempt.Why), Is.EqualTo((4, "the worker was asked to end before all was measured.")));
        Assert.That(UnitClaim.Last(Unit)!.HasEnded, "the next worker need not wait");
    }

    private HostProgram.Running Start() => HostProgram.Start(
        _folder.Path, "fleet-worker", "--manifest", _folder.File(FleetManifest.FileName), "--index", "0", "--output", Results.Path);

    /// <summary>Others take a worker for dead only after a minute without a sign of it, and what it started ends soon after it.</summary>
    private void Bury()
    {
        var work = Unit.WorkOf(Unit.LastClaim());
        for (var since = Stopwatch.StartNew(); since.Elapsed < Patience && IsUsed(work); Thread.Sleep(100))
        {
        }

        if (Unit.LastClaim() is > 0 and var number && File.Exists(Path.Combine(Unit.ClaimOf(number), UnitClaim.HeartbeatFile)))
        {
            File.SetLastWriteTimeUtc(
                Path.Combine(Unit.ClaimOf(number), UnitClaim.HeartbeatFile), DateTime.UtcNow - UnitClaim.Death - TimeSpan.FromSeconds(1));
        }
    }

    private static bool IsUsed(string folder) => Directory.GetDirectories("/proc").Any(process =>
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline")).Contains(folder, StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    });
}
