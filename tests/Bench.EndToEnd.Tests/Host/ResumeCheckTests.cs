using Bench.Analysis.Measurements;
using Bench.Analysis.Runs;
using Bench.Analysis.Tests.Runs;
using Bench.Benchmarks.Host;

namespace Bench.EndToEnd.Tests.Host;

public class ResumeCheckTests
{
    private static readonly (string Name, Func<RunManifest, RunManifest> Change, string Begin, string Found, string Expected)[] Changes =
    [
        ("another processor", run => run with { Machine = run.Machine with { Cpu = "Other CPU" } },
            "the machine", "Other CPU", "Test CPU 3.0"),
        ("another machine", run => run with { Machine = run.Machine with { Name = "other" } }, "the machine", "other,", "testbox,"),
        ("fewer cores", run => run with { Machine = run.Machine with { LogicalCores = 4 } }, "the machine", "4 logical", "8 logical"),
        ("another quota", run => run with { Machine = run.Machine with { CpuQuota = 1.5 } }, "the machine", "quota 1.5", "quota 2"),
        ("a new system", run => run with { Machine = run.Machine with { OsVersion = "Test Linux 2.0" } },
            "the machine", "Test Linux 2.0", "Test Linux 1.0"),
        ("a GPU", run => run with { Machine = run.Machine with { Gpus = [new GpuFacts("GPU", "1.2")] } },
            "the machine", "GPU (driver 1.2)", "no GPU"),
        ("another build", run => run with { Build = "e" }, "the program", "e", "dddd"),
        ("another runtime", run => run with { Software = new Dictionary<string, string> { ["dotnet"] = ".NET 10.0.1" } },
            "dotnet", ".NET 10.0.1", ".NET 10.0.0"),
        ("a library that is gone", run => run with { Software = new Dictionary<string, string>() }, "dotnet", "nothing", ".NET 10.0.0"),
        ("another network", run => run with { Models = [run.Models[0] with { Files = Files('f', 'b') }] },
            "the files of tiny", "fp32=ffffffffffff", "fp32=aaaaaaaaaaaa"),
        ("other images", run => run with { Models = [run.Models[0] with { DataSha256 = new string('9', 64) }] },
            "the files of tiny", "data=999999999999", "data=cccccccccccc"),
        ("a model that is gone", run => run with { Models = [] }, "the files of tiny", "nothing", "fp32=aaaaaaaaaaaa"),
        ("another engine", run => run with { Cells = [run.Cells[0] with { Engine = "onnxruntime 2.0.0" }, .. run.Cells.Skip(1)] },
            "the engine of ort-cpu", "onnxruntime 2.0.0 from NuGet", "onnxruntime 1.0.0 from NuGet"),
        ("an engine from elsewhere", run => run with { Cells = [run.Cells[0] with { EngineSource = "npm" }, .. run.Cells.Skip(1)] },
            "the engine of ort-cpu", "onnxruntime 1.0.0 from npm", "onnxruntime 1.0.0 from NuGet"),
        ("one cell less", run => run with { Cells = [.. run.Cells.SkipLast(1)] }, "the cells", LaunchFixture.Plain, LaunchFixture.Missing),
        ("one cell more", run => run with
        {
            Cells = [.. run.Cells, run.Cells[0] with { Id = CellId.Parse(LaunchFixture.Half) }],
        }, "the cells", LaunchFixture.Half, LaunchFixture.Plain),
    ];

    private static IEnumerable<TestCaseData> Cases => Changes.Select((change, i) => new TestCaseData(i).SetArgDisplayNames(change.Name));

    [TestCaseSource(nameof(Cases))]
    public void Differences_OneChange_IsOneSentence(int place)
    {
        var (_, change, begin, found, expected) = Changes[place];
        var then = Plan();

        var differences = ResumeCheck.Differences(then, change(then));

        Assert.That(differences, Has.Count.EqualTo(1));
        Assert.That(differences[0], Does.Match(
            $"^--resume: {begin} changed since the run was started: found .*{Escaped(found)}.*; expected .*{Escaped(expected)}.*[.]$"));
    }

    [Test]
    public void Differences_NoneThatMatters_IsEmpty()
    {
        var then = Plan();
        var now = then with
        {
            Complete = true,
            CommandLine = ["--resume", "x"],
            StartedUtc = then.StartedUtc.AddDays(1),
            EndedUtc = then.StartedUtc.AddDays(2),
            Git = new GitState(new string('1', 40), true),
            Cells = [.. then.Cells.Select(cell => cell with { Reason = "other words" })],
            Software = new Dictionary<string, string>(then.Software),
        };

        Assert.That(ResumeCheck.Differences(then, now), Is.Empty);
    }

    [Test]
    public void Differences_SeveralChanges_AreASentenceEach()
    {
        var then = Plan();
        var now = Changes[0].Change(Changes[6].Change(Changes[9].Change(then)));

        Assert.That(ResumeCheck.Differences(then, now), Has.Count.EqualTo(3));
    }

    private static RunManifest Plan()
    {
        using var temporary = new TemporaryFolder();
        return LaunchFixture.Create(temporary.File("run"), LaunchFixture.Plain).ReadPlan();
    }

    private static Dictionary<string, FileFacts> Files(char fp32, char fp16) => new()
    {
        ["fp32"] = new(new string(fp32, 64), 1000),
        ["fp16"] = new(new string(fp16, 64), 500),
    };

    private static string Escaped(string text) => System.Text.RegularExpressions.Regex.Escape(text);
}
