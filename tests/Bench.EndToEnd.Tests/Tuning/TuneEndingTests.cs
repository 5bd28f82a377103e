using Bench.Analysis.Runs;
using Bench.EndToEnd.Tests.Preparing;
using Bench.EndToEnd.Tests.Runs;

namespace Bench.EndToEnd.Tests.Tuning;

/// <summary>Searches that cannot find anything, that are stopped, and that are asked for what they cannot do.</summary>
[Long]
public class TuneEndingTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void Create() => _folder = new TemporaryFolder();

    [TearDown]
    public void Delete() => _folder.Dispose();

    [Test]
    public void Tune_LimitThatNothingMeets_SaysSoAndConfirmsNothing()
    {
        var result = HostProgram.Run(_folder.Path, TuneArguments.Of(_folder, "--limit", "0.01ms"));

        Assert.That(result.ExitCode, Is.EqualTo(1), result.Output + result.Error);
        Assert.That(result.Output, Does.Contain("Nothing meets 0.01 ms: all of 2 configurations are shown to take longer."));
        Assert.That(TuneRecord.Read(Run)!.Outcome, Is.EqualTo(TuneOutcome.NothingMeets));
    }

    [Test]
    [Platform("Linux")]
    public void Tune_StoppedInTheSearch_ClaimsNothingAndGoesOn()
    {
        using (var running = HostProgram.Start(_folder.Path, TuneArguments.Of(
            _folder, "--models", AnyNetworkTests.Network("classifier"), "--precisions", "fp32", "--batch", "1,2")))
        {
            var first = running.WaitForBenchmarkProcess();
            var second = running.WaitForBenchmarkProcess(except: first);
            running.Interrupt(running.WaitForBenchmarkProcess(except: second));
            var stopped = running.Wait();
            Assert.That(stopped.ExitCode, Is.EqualTo(4), stopped.Output + stopped.Error);
            Assert.That(stopped.Output, Does.Contain("A search that is not confirmed claims nothing. Go on with:"));
            Assert.That(File.Exists(TuneRecord.PathOf(Run)), Is.False);
        }

        var before = Search.Launches.ReadAll().Where(record => record.IsFinished).ToDictionary(
            record => record.Name.ToString(), record => record.EndedUtc);
        var result = HostProgram.Run(_folder.Path, "--resume", Run.Path);

        Assert.That(result.ExitCode, Is.AnyOf(0, 3), result.Output + result.Error);
        var after = Search.Launches.ReadAll().ToDictionary(record => record.Name.ToString(), record => record.EndedUtc);
        Assert.That(before.Keys, Is.SubsetOf(after.Keys));
        Assert.That(before, Has.All.Matches<KeyValuePair<string, DateTimeOffset>>(record => after[record.Key] == record.Value),
            "what was measured is left alone");
        Assert.That(TuneRecord.Read(Run)!.Launches, Is.EqualTo(after.Count));
    }

    [Test]
    public void Tune_TooLittleTime_SaysHowMuchItTakes()
    {
        var result = HostProgram.Run(_folder.Path, TuneArguments.Of(_folder, "--budget", "30s"));

        Assert.That(result.ExitCode, Is.EqualTo(2), result.Output);
        Assert.That(result.Error, Does.StartWith("--budget: found 30 s for 2 configurations; expected at least 75 s"));
        Assert.That(Directory.Exists(_folder.File("runs")), Is.False, "nothing was begun");
    }

    [Test]
    public void Tune_SeveralModels_AreOneTooMany()
    {
        var result = HostProgram.Run(_folder.Path, TuneArguments.Of(_folder, "--models", "unet,inceptionv3"));

        Assert.That((result.ExitCode, result.Error.Trim()), Is.EqualTo((2, "tune: found 2 models; expected one, as in --models unet.")));
    }

    [Test]
    public void Tune_PrecisionWhoseOutputsDiffer_IsOutOfTheQuestionBeforeTimeIsSpent()
    {
        var result = HostProgram.Run(_folder.Path, TuneArguments.Of(_folder, "--models", AnyNetworkTests.Network("classifier")));

        Assert.That(result.ExitCode, Is.AnyOf(0, 3), result.Output + result.Error);
        var int8 = TuneRecord.Read(Run)!.Points.Where(point => point.Cell.Precision == "int8").ToList();
        Assert.That(int8.Select(point => (point.Stage, point.Launches)), Is.All.EqualTo((TuneStage.Pruned, 0)).Or.All.EqualTo(
            (TuneStage.Confirmed, int8[0].Launches)), "random weights may be quantised well");
    }

    /// <summary>Whether the limit is met at a rate is measured of what was chosen.</summary>
    [Test]
    public void Tune_RequestsAtRandomMoments_AreMeasuredInTheEnd()
    {
        var result = HostProgram.Run(_folder.Path, TuneArguments.Of(_folder, "--models", AnyNetworkTests.Network("classifier"),
            "--precisions", "fp32", "--set", "optimisation=all,extended", "--rate", "500", "--limit", "50ms", "--quantile", "p90"));

        Assert.That(result.ExitCode, Is.AnyOf(0, 3), result.Output + result.Error);
        var tune = TuneRecord.Read(Run)!;
        var open = Run.ReadManifest().Cells.Where(cell => cell.OpenLoad is not null).ToList();
        Assert.That(open.Select(cell => cell.Status), Is.Not.Empty.And.All.EqualTo(CellStatus.Measured));
        Assert.That(open.Select(cell => cell.Id), Does.Contain(tune.Chosen));
        Assert.That(result.Output, Does.Contain("P90 within 50 ms at 500 requests a second"));
    }

    private RunFolder Run => new(Directory.GetDirectories(_folder.File("runs")).Single());

    private RunFolder Search => new(Path.Combine(Run.Path, "search"));
}
