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

        Assert.That(result.ExitCode, Is.AnyOf(1, 3), result.Output + result.Error);
        Assert.That(result.Output, Does.Contain("Nothing meets 0.01 ms").Or.Contain("misses the limit in fresh launches"));
        Assert.That(TuneRecord.Read(Run)!.Outcome, Is.Not.EqualTo(TuneOutcome.Improved));
    }

    [Test]
    [Platform("Linux")]
    public void Tune_StoppedInTheSearch_ClaimsNothingAndGoesOn()
    {
        using (var running = HostProgram.Start(_folder.Path, TuneArguments.Of(_folder, "--precisions", "fp32", "--batch", "1,2")))
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

    private RunFolder Run => new(Directory.GetDirectories(_folder.File("runs")).Single());

    private RunFolder Search => new(Path.Combine(Run.Path, "search"));
}
