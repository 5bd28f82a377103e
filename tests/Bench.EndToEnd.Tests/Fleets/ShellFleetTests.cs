using System.Diagnostics;
using Bench.Analysis.Fleets;
using Bench.EndToEnd.Tests.Cli;
using Bench.EndToEnd.Tests.Runs;

namespace Bench.EndToEnd.Tests.Fleets;

/// <summary>A fleet without a scheduler: from a matrix to one report with three commands.</summary>
public class ShellFleetTests
{
    private TemporaryFolder _folder = null!;

    private string Fleet => _folder.File("fleet");

    [SetUp]
    public void Create() => _folder = new TemporaryFolder();

    [TearDown]
    public void Delete() => _folder.Dispose();

    [Long]
    [Test]
    [Platform("Linux")]
    public void Loop_OfAPlan_MeasuresOnceAndIsCollected()
    {
        Assert.That(Plan("unet").Code, Is.Zero);

        Assert.That(Loop(), Is.Zero);
        Assert.That(Loop(), Is.Zero, "what is done is left alone");

        Assert.That(BenchProgram.Run("fleet", "status", Fleet).Code, Is.Zero);
        var (code, output, error) = BenchProgram.Run("fleet", "collect", Fleet, "--output", _folder.File("runs"));
        Assert.That(code, Is.Zero, output + error);
        Assert.That(output, Does.Contain("1 of 1 pieces of work count.").And.Contain("nothing is known of how nodes of this kind differ."));
        Assert.That(File.ReadAllText(_folder.File("runs/report.md")), Does.Contain("## The fleet").And.Contain("unet"));
        Assert.That(BenchProgram.Run("decide", _folder.File("runs/here"), "--limit", "1s", "--quantile", "mean").Code, Is.AnyOf(0, 3));
    }

    [Test]
    public void Plan_NothingMeasuredYet_IsIncomplete()
    {
        Assert.That(Plan("unet").Code, Is.Zero);

        Assert.That(BenchProgram.Run("fleet", "status", Fleet).Code, Is.EqualTo(4));
        var (code, output, _) = BenchProgram.Run("fleet", "collect", Fleet, "--output", _folder.File("runs"));
        Assert.That(code, Is.EqualTo(4));
        Assert.That(output, Does.Contain("0 (here, unet, replicate 1): missing: nobody has tried it.").And.Contain("there is no report"));
        Assert.That(File.Exists(_folder.File("runs/report.md")), Is.False);
    }

    [Test]
    public void Plan_ModelThatTheProgramDoesNotKnow_IsWrongUsageAndLeavesNoPlan()
    {
        Assert.That(Plan("u-net").Code, Is.EqualTo(2));
        Assert.That(File.Exists(Path.Combine(Fleet, FleetManifest.FileName)), Is.False);
        Assert.That(Plan("unet").Code, Is.Zero);
    }

    [Test]
    public void Plan_FolderWithAnotherPlan_IsRefused()
    {
        Assert.That(Plan("unet").Code, Is.Zero);
        Assert.That(Plan("unet").Code, Is.Zero, "the same plan may be written again");

        var (code, _, error) = Plan("inceptionv3");

        Assert.That(code, Is.EqualTo(2));
        Assert.That(error, Does.Contain("holds another plan"));
    }

    /// <summary>Nothing of somebody else's is written over, or taken away.</summary>
    [Test]
    public void PlanAndCollect_FilesOfSomebodyElse_AreLeftAlone()
    {
        Directory.CreateDirectory(Fleet);
        var mine = _folder.Write("fleet/here.sh", "mine");
        Assert.That(Plan("unet").Code, Is.EqualTo(2));
        Assert.That(File.ReadAllText(mine), Is.EqualTo("mine"));
        Assert.That(Directory.GetFiles(Fleet), Has.Length.EqualTo(1));
        File.Delete(mine);
        Assert.That(Plan("unet").Code, Is.Zero);
        Directory.CreateDirectory(_folder.File("runs"));
        var report = _folder.Write("runs/report.md", "mine");

        var (code, _, error) = BenchProgram.Run("fleet", "collect", Fleet, "--output", _folder.File("runs"));

        Assert.That((code, File.ReadAllText(report)), Is.EqualTo((2, "mine")));
        Assert.That(error, Does.Contain("no fleet was collected into"));
    }

    [Test]
    public void Plan_FolderInTheProgram_IsRefused()
    {
        var program = _folder.File("program");
        Directory.CreateDirectory(program);
        File.WriteAllText(Path.Combine(program, "Bench.Benchmarks"), string.Empty);

        var (code, _, error) = BenchProgram.Run(
            "fleet", "plan", Matrix("unet"), "--engine", "shell", "--program", program, "--output", Path.Combine(program, "fleet"));

        Assert.That(code, Is.EqualTo(2));
        Assert.That(error, Does.Contain("whose digest it would change"));
    }

    [Test]
    public void Collect_FolderThatIsNotThere_IsNamed()
    {
        Assert.That(Plan("unet").Code, Is.Zero);

        var (code, _, error) = BenchProgram.Run("fleet", "collect", Fleet, _folder.File("elsewhere"));

        Assert.That(code, Is.EqualTo(2));
        Assert.That(error, Does.Contain($"found no folder {_folder.File("elsewhere")}"));
    }

    private (int Code, string Output, string Error) Plan(string model) => BenchProgram.Run(
        "fleet", "plan", Matrix(model), "--engine", "shell", "--program", HostProgram.Folder, "--output", Fleet);

    private string Matrix(string model) => _folder.Write("matrix.json", $$"""
        {
          "models": ["{{model}}"], "backends": ["ort-cpu"], "precisions": ["fp32"], "profile": "smoke",
          "machines": [{ "name": "here", "usdPerHour": 0.0765, "mostOtherLoad": 1 }]
        }
        """);

    private int Loop()
    {
        using var loop = Process.Start(new ProcessStartInfo("sh", [Path.Combine(Fleet, "here.sh"), HostProgram.Folder]))!;
        loop.WaitForExit();
        return loop.ExitCode;
    }
}
