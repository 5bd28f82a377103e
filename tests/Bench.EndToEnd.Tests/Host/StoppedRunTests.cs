using Bench.CommandLine;
using Bench.Analysis.Runs;
using Bench.Analysis.Tests.Runs;
using Bench.Benchmarks.Host;

namespace Bench.EndToEnd.Tests.Host;

// Finding a run makes the folder current that it was started in.
[NonParallelizable]
public class StoppedRunTests
{
    private TemporaryFolder _temporary = null!;
    private RunFolder _run = null!;
    private string _before = null!;

    [SetUp]
    public void Create()
    {
        _before = Environment.CurrentDirectory;
        _temporary = new TemporaryFolder();
        _run = LaunchFixture.Create(_temporary.File("run"), LaunchFixture.Plain);
    }

    [TearDown]
    public void Delete()
    {
        Environment.CurrentDirectory = _before;
        _temporary.Dispose();
    }

    [Test]
    public void Find_NothingToResume_IsNull()
    {
        Assert.That(StoppedRun.Find(GivenOptions.Parse(), out var fault, out _), Is.Null);
        Assert.That(fault, Is.Null);
    }

    [Test]
    public void Find_RunThatWasStopped_HasItsOptionsAndItsFolder()
    {
        WriteWork(_temporary.Path, "--profile", "smoke", "--models", "unet", "--set", "threads=1,2", "--seed", "7");

        var found = StoppedRun.Find(GivenOptions.Parse("--resume", _run.Path, "--verbose"), out var fault, out _);

        Assert.That(fault, Is.Null);
        Assert.That(found!.Folder.Path, Is.EqualTo(_run.Path));
        Assert.That(found.Options.Words,
            Is.EqualTo(["--profile", "smoke", "--models", "unet", "--set", "threads=1,2", "--seed", "7"]));
        Assert.That(Environment.CurrentDirectory, Is.EqualTo(_temporary.Path));
    }

    [Test]
    public void Find_OtherOptionsBesideIt_SaysWhich()
    {
        WriteWork(_temporary.Path, "--profile", "smoke");

        Assert.That(StoppedRun.Find(GivenOptions.Parse("--resume", _run.Path, "--profile", "paper"), out var fault, out var code), Is.Null);
        Assert.That(code, Is.EqualTo(ExitCodes.WrongUsage));
        Assert.That(fault, Is.EqualTo(
            "--resume: found --profile beside it; expected nothing: a run goes on with the options it was started with."));
    }

    [Test]
    public void Find_NoRun_SaysSo()
    {
        var path = _temporary.File("nothing");

        Assert.That(StoppedRun.Find(GivenOptions.Parse("--resume", path), out var fault, out _), Is.Null);
        Assert.That(fault, Is.EqualTo($"--resume: found no run in {path}; expected the folder of a run (artifacts/runs/…)."));
    }

    [Test]
    public void Find_RunThatIsComplete_SaysSo()
    {
        Assert.That(StoppedRun.Find(GivenOptions.Parse("--resume", _run.Path), out var fault, out _), Is.Null);
        Assert.That(fault, Is.EqualTo($"--resume: {_run.Path} is complete, or was copied without its folder .work; "
            + "expected a run that was stopped on this machine."));
    }

    [TestCase("{")]
    [TestCase("null")]
    [TestCase("""{"Folder":"/nowhere/at/all","Arguments":[]}""")]
    public void Find_OptionsThatCannotBeUsed_IsNoRunOfThisMachine(string options)
    {
        Directory.CreateDirectory(Path.Combine(_run.Path, ".work"));
        File.WriteAllText(Path.Combine(_run.Path, ".work", "options.json"), options);

        Assert.That(StoppedRun.Find(GivenOptions.Parse("--resume", _run.Path), out var fault, out _), Is.Null);
        Assert.That(fault, Does.Contain("is complete, or was copied"));
    }

    private void WriteWork(string folder, params string[] arguments)
    {
        var work = Directory.CreateDirectory(Path.Combine(_run.Path, ".work"));
        File.WriteAllText(
            Path.Combine(work.FullName, "options.json"),
            System.Text.Json.JsonSerializer.Serialize(new WorkFolder.Asked(folder, arguments)));
    }
}
