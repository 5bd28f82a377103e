using Bench.Analysis.Runs;
using Bench.EndToEnd.Tests.Cli;
using Bench.EndToEnd.Tests.Runs;

namespace Bench.EndToEnd.Tests.Tuning;

/// <summary>Searches that cannot find anything, and that are asked for what they cannot do.</summary>
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
        var (_, report, error) = BenchProgram.Run("report", Run.Path);
        Assert.That(report, Is.EqualTo(File.ReadAllText(Run.MarkdownReportPath)), error);
        Assert.That(report, Does.Contain("Nothing meets 0.01 ms."));
    }

    [Test]
    public void Tune_TooLittleTime_SaysHowMuchItTakes()
    {
        var result = HostProgram.Run(_folder.Path, TuneArguments.Of(_folder, "--budget", "30s"));

        Assert.That(result.ExitCode, Is.EqualTo(2), result.Output);
        Assert.That(result.Error, Does.StartWith("--budget: found 30 s; expected at least 75 s, so that"));
        Assert.That(Directory.Exists(_folder.File("runs")), Is.False, "nothing was begun");
    }

    [Test]
    public void Tune_EngineThatIsNotHere_SaysWhatItLacks()
    {
        var result = HostProgram.Run(
            _folder.Path, "tune", "--models", "unet", "--backends", "ort-directml", "--output", _folder.File("runs"));

        Assert.That(result.ExitCode, Is.EqualTo(4), result.Output + result.Error);
        Assert.That(result.Output, Does.StartWith("ort-directml: ").And.Contains("There is nothing to search."));
        Assert.That(Directory.Exists(_folder.File("runs")), Is.False, "nothing was begun");
    }

    /// <summary>What others are compared with must be there.</summary>
    [Test]
    public void Tune_DefaultThatIsFilteredOut_SaysSo()
    {
        var result = HostProgram.Run(_folder.Path, TuneArguments.Of(_folder, "--batch", "1,2", "--filter", "*batch=2*"));

        Assert.That(result.ExitCode, Is.EqualTo(4), result.Output + result.Error);
        Assert.That(result.Output, Does.Contain("The default configuration is not among those that --filter leaves"));
    }

    [Test]
    public void Tune_SeveralModels_AreOneTooMany()
    {
        var result = HostProgram.Run(_folder.Path, TuneArguments.Of(_folder, "--models", "unet,inceptionv3"));

        Assert.That((result.ExitCode, result.Error.Trim()), Is.EqualTo((2, "tune: found 2 models; expected one, as in --models unet.")));
    }

    private RunFolder Run => new(Directory.GetDirectories(_folder.File("runs")).Single());
}
