using System.Diagnostics;

namespace Bench.EndToEnd.Tests.Gate;

/// <summary>The script of the GitHub action, run by a shell: what it measures is copied from runs that are committed.</summary>
[Platform("Linux")]
public class ActionTests
{
    private const string Same = "20261122-182653-vm-1179016";
    private const string Slower = "20261122-182810-vm-1179016";

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void SetUp() => _folder = new TemporaryFolder();

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [TestCase(Slower, "fail", 1)]
    [TestCase(Same, "fail", 3)]
    [TestCase(Same, "pass", 0)]
    public void Action_CellsOfOneRun_HasTheGatesExitCodeAndWritesTheSummary(string run, string inconclusive, int expected)
    {
        var (code, output) = Run(
            ("MEASURE", $"cp -r '{Repository.File("artifacts", "reference", run)}' \"$OUT\""),
            ("ARGUMENTS", "--base-cell '*/ort-cpu@1.30.0/*' --current-cell '*/ort-cpu/*' --threshold 0.5%"),
            ("INCONCLUSIVE", inconclusive));

        Assert.That(code, Is.EqualTo(expected), output);
        Assert.That(File.ReadAllText(_folder.File("summary.md")), Does.Contain("inceptionv3/ort-cpu"));
    }

    /// <summary>What can be known before anything is measured is said before, with a summary, and as no regression.</summary>
    [TestCase("MEASURE", "", "found no measure; expected a command")]
    [TestCase("BENCH", "/no/such/bench", "which does not run; expected how bench is called")]
    [TestCase("INCONCLUSIVE", "maybe", "expected fail or pass")]
    [TestCase("MEASURE", "touch \"$OUT\"/x.csv", "left neither a run nor a JSON export")]
    public void Action_FaultBeforeTheGate_IsFourAndInTheSummary(string variable, string value, string message)
    {
        var (code, output) = Run([("MEASURE", "false"), (variable, value)]);

        Assert.That((code, output), Is.EqualTo((4, output)));
        Assert.That(output, Does.Contain(message));
        Assert.That(File.ReadAllText(_folder.File("summary.md")), Does.StartWith("## Gate: nothing can be said").And.Contain(message));
    }

    [TestCase(1000, 0)]
    [TestCase(1100, 1)]
    public void Action_BaseAndHead_AreMeasuredInTurnsAndComparedWithTheirNoise(int headNs, int expected)
    {
        // What each turn measures: runs of the base that hardly differ, and the head.
        var turns = new Dictionary<string, double>
        {
            ["base-1"] = 1000,
            ["base-2"] = 1001,
            ["head"] = headNs,
            ["base-3"] = 1000.5,
            ["base-4"] = 999.5,
        };
        foreach (var (turn, ns) in turns)
        {
            _folder.Write($"{turn}-report-full.json", ExportText.Of(new ExportText.Benchmark("Acme.X.A", ns)));
        }

        Git("init", "-q");
        Git("-c", "user.name=test", "-c", "user.email=test@localhost", "commit", "-q", "--allow-empty", "-m", "base");
        var baseCommit = Git("rev-parse", "HEAD");

        var (code, output) = Run(
            ("MEASURE", $"cp '{_folder.Path}'/\"$(basename \"$OUT\")\"-report-full.json \"$OUT\""), ("BASE", baseCommit));

        Assert.That(code, Is.EqualTo(expected), output);
        Assert.That(
            output.Split('\n').Where(line => line.StartsWith("::group::", StringComparison.Ordinal)).Select(line => line.Split(' ')[^1]),
            Is.EqualTo(["base-1", "base-2", "head", "base-3", "base-4"]));
        Assert.That(Git("worktree", "list").Split('\n'), Has.Length.EqualTo(1), "the sources of the base are gone again");
    }

    // BenchmarkDotNet looks for the project in all folders of the checkout, and stops if it finds two of its name.
    [Long]
    [Test]
    public void Action_RealBenchmarkDotNetProject_IsMeasuredOnBothSides()
    {
        _folder.Write("perf.sln", string.Empty);
        Directory.CreateDirectory(_folder.File("perf"));
        _folder.Write(
            Path.Combine("perf", "perf.csproj"),
            """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><OutputType>Exe</OutputType></PropertyGroup>
              <ItemGroup><PackageReference Include="BenchmarkDotNet" Version="0.15.8" /></ItemGroup>
            </Project>
            """);
        _folder.Write(
            Path.Combine("perf", "Program.cs"),
            """
            BenchmarkDotNet.Running.BenchmarkSwitcher.FromAssembly(typeof(Sums).Assembly).Run(args);
            public class Sums
            {
                [BenchmarkDotNet.Attributes.Benchmark]
                public int Sum() { int s = 0; for (int i = 0; i < 1000; i++) s += i; return s; }
            }
            """);
        _folder.Write(".gitignore", "bin/\nobj/\nout/\nsummary.md\n");
        Git("init", "-q");
        Git("add", ".");
        Git("-c", "user.name=test", "-c", "user.email=test@localhost", "commit", "-q", "-m", "base");

        var (code, output) = Run(
            ("MEASURE",
                "dotnet run -c Release --project perf -- --filter '*' --job dry --launchCount 2 --exporters json --artifacts \"$OUT\""),
            ("BASE", Git("rev-parse", "HEAD")),
            ("FOLDER", _folder.File("out")));

        Assert.That(code, Is.EqualTo(0).Or.EqualTo(1).Or.EqualTo(3), "measured and judged: " + output);
        foreach (var turn in new[] { "base-1", "base-2", "head", "base-3", "base-4" })
        {
            Assert.That(
                Directory.GetFiles(Path.Combine(_folder.File("out"), turn), "*.json", SearchOption.AllDirectories), Is.Not.Empty, turn);
        }

        Assert.That(File.ReadAllText(_folder.File("summary.md")), Does.Contain("Sum"));
    }

    [Test]
    public void Action_MeasurementThatFails_IsNoPass()
    {
        var (code, output) = Run(("MEASURE", "echo broken; exit 7"));

        Assert.That(code, Is.EqualTo(4));
        Assert.That(output, Does.Contain("::error::measuring run ended with exit code 7"));
    }

    private (int Code, string Output) Run(params (string Name, string Value)[] variables)
    {
        var bench = Path.Combine(AppContext.BaseDirectory, "bench.dll");
        return Start("bash", [Repository.File(".github", "actions", "gate", "gate.sh")],
            [("BENCH", $"dotnet '{bench}'"), ("GITHUB_STEP_SUMMARY", _folder.File("summary.md")), .. variables]);
    }

    private string Git(params string[] arguments) => Start("git", arguments, []).Output.Trim();

    private (int Code, string Output) Start(string command, string[] arguments, (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo(command, arguments)
        {
            WorkingDirectory = _folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }
}
