using System.Text.Json.Nodes;
using Bench.Analysis.Runs;

namespace Bench.EndToEnd.Tests.Cli;

/// <summary><c>bench trim</c>: cells that are taken out for good, and runs that did not come to their end.</summary>
public class TrimCommandTests
{
    private TemporaryFolder _folder = null!;
    private RunFolder _run = null!;

    [SetUp]
    public void CopyRun()
    {
        _folder = new TemporaryFolder();
        _run = new RunFolder(_folder.Path);
        _run.WriteManifest(new RunManifest
        {
            Id = "20260102-030405-m-0123456",
            CommandLine = [],
            Seed = 1,
            Profile = "smoke",
            StartedUtc = DateTimeOffset.UnixEpoch,
            Complete = true,
            Git = new GitState("0123456789abcdef0123456789abcdef01234567", false),
            Machine = new MachineFacts { Name = "m", Os = "linux", OsVersion = "1", Architecture = "x64", Cpu = "c", LogicalCores = 2 },
            Software = new Dictionary<string, string>(),
            Models = [],
            Cells = [.. new[] { "good", "bad" }.Select(model => new CellFacts
            {
                Id = Analysis.Measurements.CellId.Parse($"{model}/ort-cpu/fp32/linux-x64"),
                Status = CellStatus.Unavailable,
                Reason = "no engine.",
            })],
        });
    }

    [TearDown]
    public void DeleteRun() => _folder.Dispose();

    [Test]
    public void Trim_Without_TakesCellsOutAndTheReportSaysSo()
    {
        var (code, output, error) = BenchProgram.Run("trim", _run.Path, "--without", "bad/*", "--because", "Another job ran.");

        Assert.That((code, error), Is.EqualTo((0, string.Empty)));
        Assert.That(output, Does.StartWith($"{_run.Path}: took out 1 cell\n"));
        Assert.That(_run.ReadManifest().Cells.Select(cell => cell.Model), Is.EqualTo(["good"]));
        Assert.That(BenchProgram.Run("report", _run.Path).Output,
            Does.Contain("1 cell was taken out after the run (`bad/*`): Another job ran.").And.Not.Contain("bad/ort-cpu"));
    }

    [Test]
    public void Trim_WithoutThatMatchesNothing_IsAMistakeAndChangesNothing()
    {
        var before = File.ReadAllText(_run.ManifestPath);

        var (code, _, error) = BenchProgram.Run("trim", _run.Path, "--without", "ugly/*", "--because", "Why not.");

        Assert.That(code, Is.EqualTo(4));
        Assert.That(error, Does.Contain("found no cell that matches 'ugly/*'; there are good/ort-cpu/fp32/linux-x64"));
        Assert.That(File.ReadAllText(_run.ManifestPath), Is.EqualTo(before));
    }

    [TestCase("--without", "bad/*")]
    [TestCase("--because", "Why.")]
    [TestCase("--without", "bad/*", "--because", " ")]
    public void Trim_WithoutOrBecauseAlone_IsWrongUsage(params string[] words)
    {
        var (code, _, error) = BenchProgram.Run(["trim", _run.Path, .. words]);

        Assert.That(code, Is.EqualTo(2));
        Assert.That(error, Does.Contain("--without and --because: found one of them; expected both, or neither."));
    }

    [Test]
    public void Trim_IncompleteRun_TakesNothingOutUnlessToldTo()
    {
        var manifest = JsonNode.Parse(File.ReadAllText(_run.ManifestPath))!;
        manifest["complete"] = false;
        File.WriteAllText(_run.ManifestPath, manifest.ToJsonString());
        var before = File.ReadAllText(_run.ManifestPath);

        var refused = BenchProgram.Run("trim", _run.Path, "--without", "bad/*", "--because", "Why.");
        Assert.That(refused.Code, Is.EqualTo(4));
        Assert.That(refused.Error, Does.Contain("--allow-incomplete"));
        Assert.That(File.ReadAllText(_run.ManifestPath), Is.EqualTo(before), "what is refused changes nothing");

        Assert.That(BenchProgram.Run("trim", _run.Path, "--without", "bad/*", "--because", "Why.", "--allow-incomplete").Code, Is.Zero);
        Assert.That(_run.ReadManifest().Complete, Is.False);
        Assert.That(_run.ReadManifest().Cells, Has.Count.EqualTo(1));
    }
}
