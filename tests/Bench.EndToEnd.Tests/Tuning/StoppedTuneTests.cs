using Bench.Analysis.Runs;
using Bench.EndToEnd.Tests.Preparing;
using Bench.EndToEnd.Tests.Runs;

namespace Bench.EndToEnd.Tests.Tuning;

/// <summary>A search for the cheapest settings under a rate and a limit that is stopped by Ctrl-C, and goes on.</summary>
[Long]
[Platform("Linux")]
public class StoppedTuneTests
{
    private readonly TemporaryFolder _folder = new();
    private HostProgram.Result _stopped = null!;
    private HostProgram.Result _resumed = null!;
    private bool _claimed;
    private Dictionary<string, DateTimeOffset> _before = null!;

    private RunFolder Run => new(Directory.GetDirectories(_folder.File("runs")).Single());

    [OneTimeSetUp]
    public void StopAndGoOn()
    {
        using (var running = HostProgram.Start(_folder.Path, TuneArguments.Of(
            _folder, "--models", AnyNetworkTests.Network("classifier"), "--set", "optimisation=all,extended",
            "--rate", "500", "--limit", "50ms", "--quantile", "p90")))
        {
            var first = running.WaitForBenchmarkProcess();
            var second = running.WaitForBenchmarkProcess(except: first);
            var third = running.WaitForBenchmarkProcess(except: second);
            running.Interrupt(running.WaitForBenchmarkProcess(except: third));
            _stopped = running.Wait();
        }

        _claimed = File.Exists(TuneRecord.PathOf(Run));
        _before = Launches();
        _resumed = HostProgram.Run(_folder.Path, "--resume", Run.Path);
    }

    [OneTimeTearDown]
    public void Delete() => _folder.Dispose();

    [Test]
    public void Tune_StoppedInTheSearch_ClaimsNothing()
    {
        Assert.That(_stopped.ExitCode, Is.EqualTo(4), _stopped.Output + _stopped.Error);
        Assert.That(_stopped.Output, Does.Contain("A search that is not confirmed claims nothing. Go on with:"));
        Assert.That(_claimed, Is.False);
    }

    [Test]
    public void Resume_OfAStoppedSearch_LeavesAloneWhatWasMeasured()
    {
        Assert.That(_resumed.ExitCode, Is.AnyOf(0, 3), _resumed.Output + _resumed.Error);
        var after = Launches();
        Assert.That(_before, Is.Not.Empty);
        Assert.That(_before.Keys, Is.SubsetOf(after.Keys));
        Assert.That(_before, Has.All.Matches<KeyValuePair<string, DateTimeOffset>>(record => after[record.Key] == record.Value));
        Assert.That(TuneRecord.Read(Run)!.Launches, Is.EqualTo(after.Count));
    }

    /// <summary>Nothing says which images calibrate a network that has no inputs of its own, so its int8 is out of the question.</summary>
    [Test]
    public void Tune_PrecisionThatCannotBe_IsOutOfTheQuestionBeforeTimeIsSpent()
    {
        var int8 = TuneRecord.Read(Run)!.Points.Where(point => point.Cell.Precision == "int8").ToList();

        Assert.That(int8.Select(point => (point.Stage, point.Launches)), Is.Not.Empty.And.All.EqualTo((TuneStage.Pruned, 0)));
        Assert.That(int8.Select(point => point.Reason), Is.All.Not.Null);
    }

    /// <summary>Whether the limit is met at the rate is measured of what was chosen.</summary>
    [Test]
    public void Tune_RequestsAtRandomMoments_AreMeasuredInTheEnd()
    {
        var open = Run.ReadManifest().Cells.Where(cell => cell.OpenLoad is not null).ToList();

        Assert.That(open.Select(cell => cell.Status), Is.Not.Empty.And.All.EqualTo(CellStatus.Measured));
        Assert.That(open.Select(cell => cell.Id), Does.Contain(TuneRecord.Read(Run)!.Chosen));
        Assert.That(_resumed.Output, Does.Contain("P90 within 50 ms at 500 requests a second"));
    }

    private Dictionary<string, DateTimeOffset> Launches() =>
        new RunFolder(Run.SearchPath).Launches.ReadAll().Where(record => record.IsFinished).ToDictionary(
            record => record.Name.ToString(), record => record.EndedUtc);
}
