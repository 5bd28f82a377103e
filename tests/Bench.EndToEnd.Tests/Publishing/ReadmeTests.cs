using System.Text.RegularExpressions;
using Bench.EndToEnd.Tests.Cli;
using Bench.EndToEnd.Tests.Runs;
using Bench.EndToEnd.Tests.Preparing;

namespace Bench.EndToEnd.Tests.Publishing;

/// <summary>What the README shows is what its commands print today, and where it points something is.</summary>
public partial class ReadmeTests
{
    private const int MostLines = 120;

    // Each is run: the first three here, those of fleets by their own tests, the last four by fresh clones and by ToolTests.
    private static readonly string[] Commands =
    [
        "bench run --usd-per-hour 0.0765",
        "bench gate BASE CURRENT --control '*/ort-cpu@*'",
        "bench decide RUN... --models unet --allow-incomplete --images-per-month 2000000 --limit 20ms --quantile p99",
        "bench fleet plan matrix.json --engine slurm --program PUBLISHED --output FLEET",
        "bench fleet status FLEET",
        "bench fleet collect FLEET --output RUNS",
        "dotnet run -c Release --project benchmarks",
        "dotnet test",
        "dotnet pack src/Bench.Cli -o artifacts/packages",
        "dotnet tool install --global Bench.Cli --add-source artifacts/packages --version 0.1.0",
    ];

    private static readonly string Readme = Read("README.md");

    private static IEnumerable<string> Readmes =>
        new[] { ".", "benchmarks", "src/Bench.Cli", "models", "models/training", "tests/Bench.Simulations" }
        .Select(folder => $"{folder}/README.md").Append("CONTRIBUTING.md");

    [Test]
    public void Readme_Lines_AreNoMoreThanOneReads() => Assert.That(Readme.TrimEnd('\n').Split('\n'), Has.Length.AtMost(MostLines));

    [Test]
    public void Readme_Commands_AreThoseThatAreTested()
    {
        var shown = Blocks(Readme).SelectMany(block => block.Split('\n')).Select(line => line.TrimStart('$', ' ').Split("  ")[0].TrimEnd())
            .Where(line => line.StartsWith("bench ", StringComparison.Ordinal) || line.StartsWith("dotnet ", StringComparison.Ordinal));

        Assert.That(shown, Is.EquivalentTo(Commands));
    }

    [Test]
    public void Readme_Run_IsTheConsoleOfTheCommittedRun()
    {
        var console = BenchProgram.Console("report", Run("20261127-065316-vm-a276ba6"), "--format", "console").Output;

        Assert.That(console, Does.StartWith(Block("bench run")));
    }

    [Test]
    public void Readme_Gate_IsWhatItPrintsOfTheCommittedRuns()
    {
        var gate = BenchProgram.Console(
            "gate", Run("20261122-182534-vm-1179016"), Run("20261122-182810-vm-1179016"), "--control", "*/ort-cpu@*");

        Assert.That(gate.Code, Is.EqualTo(1));
        Assert.That(Shortened(gate.Output), Does.StartWith(Block("bench gate")));
    }

    [Test]
    public void Readme_Month_IsWhatItPrintsOfTheCommittedRuns()
    {
        var month = BenchProgram.Console(
            "decide", Run("20261127-065316-vm-a276ba6"), Run("20261127-063249-vm-a276ba6"), "--models", "unet",
            "--allow-incomplete", "--images-per-month", "2000000", "--limit", "20ms", "--quantile", "p99");

        Assert.That(month.Code, Is.Zero);
        Assert.That(month.Output, Does.StartWith(Block("bench decide")));
    }

    /// <summary>The first thing that a newcomer does with a file of his own.</summary>
    [Long]
    [Test]
    public void Run_FileOfOnesOwn_PrintsTheAnswer()
    {
        using var folder = new TemporaryFolder();
        File.Copy(AnyNetworkTests.Network("classifier"), folder.File("mine.onnx"));

        var result = HostProgram.Run(
            folder.Path, "mine.onnx", "--usd-per-hour", "0.0765", "--limit", "20ms", "--profile", "smoke", "--output",
            folder.File("runs"));

        Assert.That(result.ExitCode, Is.AnyOf(0, 3), "so short a run may not bound P90: " + result.Output + result.Error);
        Assert.That(result.Output, Does.Match(@"(?m)^Answer +ort-cpu.* is the cheapest: \$").And.Match("(?m)^Next ")
            .And.Match("(?m)^Limit +P90 within 20 ms is "));
        Assert.That(result.Output.Split('\n').Where(line => line.Length > 120), Is.Empty, "120 columns");
    }

    [TestCaseSource(nameof(Readmes))]
    public void Links_OfAReadme_LeadSomewhere(string readme)
    {
        var folder = Path.GetDirectoryName(Repository.File(readme))!;
        foreach (Match link in Link().Matches(Read(readme)))
        {
            var (path, anchor) = link.Groups[1].Value.Split('#') is [var file, var place] ? (file, place) : (link.Groups[1].Value, null);
            var target = path.Length == 0 ? Repository.File(readme) : Path.GetFullPath(Path.Combine(folder, path));
            Assert.That(File.Exists(target) || Directory.Exists(target), $"{readme}: {link.Value}");
            if (anchor is not null)
            {
                Assert.That(Anchors(File.ReadAllText(target)), Does.Contain(anchor), $"{readme}: {link.Value}");
            }
        }
    }

    private static IEnumerable<string> Anchors(string markdown) => Heading().Matches(markdown.ReplaceLineEndings("\n")).Select(heading =>
        NoAnchor().Replace(heading.Groups[1].Value.ToLowerInvariant(), string.Empty).Replace(' ', '-'));

    private static string Run(string name) => Repository.File("artifacts", "reference", name);

    private static string Shortened(string text) => text.Replace(Repository.File(), "(checkout)", StringComparison.Ordinal);

    /// <summary>What stands below a command.</summary>
    private static string Block(string command)
    {
        var block = Blocks(Readme).Single(block => block.StartsWith($"$ {command}", StringComparison.Ordinal));
        return block[(block.IndexOf('\n', StringComparison.Ordinal) + 1)..];
    }

    private static IEnumerable<string> Blocks(string markdown) => markdown.Split("```").Where((_, i) => i % 2 == 1)
        .Select(block => block.Trim('\n'));

    private static string Read(string path) => File.ReadAllText(Repository.File(path)).ReplaceLineEndings("\n");

    [GeneratedRegex(@"\]\((?!https?:)([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"(?m)^#+ (.+)$")]
    private static partial Regex Heading();

    [GeneratedRegex("[^a-z0-9 -]")]
    private static partial Regex NoAnchor();
}
