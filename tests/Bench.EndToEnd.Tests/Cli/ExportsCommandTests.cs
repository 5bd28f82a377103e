using System.Text.Json;
using static Bench.Tests.ExportText;

namespace Bench.EndToEnd.Tests.Cli;

/// <summary>
/// <c>compare</c> and <c>gate</c> of other projects' exports: allocations, references, filters, and files that are no exports.
/// </summary>
public class ExportsCommandTests
{
    private static readonly string Real = Repository.File("tests", "Bench.Analysis.Tests", "Data", "exports", "real-0.15.8");

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    /// <summary>
    /// Two runs of BenchmarkDotNet 0.15.8: the second copies the text that it built. Times do not show it, and allocations do.
    /// </summary>
    [Test]
    public void Gate_RealExportsOfCodeThatAllocatesMore_IsARegression()
    {
        var result = BenchProgram.Run("gate", Path.Combine(Real, "base"), Path.Combine(Real, "current"));

        Assert.That(result.Code, Is.EqualTo(1), result.Output + result.Error);
        Assert.That(result.Output, Does.Contain("- **regression** `Acme.Text.Joining.Builder` allocated: 16,648 → 24,456 B (+7,808) an "
            + "operation (allowed no growth).\n"));
        Assert.That(result.Output, Does.Contain("All names begin with `Acme.Text.Joining.`.").And.Contain("| Builder   |").And.Contain(
            "0.965 / 0 / 0 → 1.414 / 0 / 0"));
    }

    [Test]
    public void Compare_RealExportsAsJson_HaveTheAllocations()
    {
        using var json = JsonDocument.Parse(BenchProgram.Run("compare", Path.Combine(Real, "base"), Path.Combine(Real, "current"),
            "--json").Output);
        var memory = json.RootElement.GetProperty("cells").EnumerateArray().Single(
            cell => cell.GetProperty("name").GetString() == "Acme.Text.Joining.Builder").GetProperty("memory");

        Assert.That(memory.GetProperty("current").GetProperty("allocated").GetProperty("bytes").GetDouble(), Is.EqualTo(24456));
        Assert.That((memory.GetProperty("threshold").GetString(), memory.GetProperty("verdict").GetString()), Is.EqualTo(("0", "more")));
    }

    /// <summary>The README's rule; and without a noise file nothing passes, whatever is allowed.</summary>
    [TestCase("{}", 1)]
    [TestCase("""{ "*.Builder": { "allocationThreshold": "8 KB" } }""", 3)]
    [TestCase("""{ "*.Builder": { "allocationThreshold": "50%" } }""", 3)]
    [TestCase("""{ "*.Builder": { "allocationThreshold": "any" } }""", 3)]
    [TestCase("""{ "*.Builder": { "allocationThreshold": "7 KB" } }""", 1)]
    public void Gate_RuleOfAllocations_AllowsThatMuch(string cells, int code)
    {
        var rules = _folder.Write("rules.json", $$"""{ "schemaVersion": 1, "cells": {{cells}} }""");

        Assert.That(BenchProgram.Run("gate", Path.Combine(Real, "base"), Path.Combine(Real, "current"), "--rules", rules).Code,
            Is.EqualTo(code));
    }

    /// <summary>A table prints kilobytes with two digits: what is equal in print is not shown to be equal.</summary>
    [TestCase("1.05 KB", "1.05 KB", 3, "not shown to have risen beyond its rounding")]
    [TestCase("1.05 KB", "1.06 KB", 1, "allocated: 1,075 ± 5.1 → 1,085 ± 5.1 B (+10) an operation")]
    [TestCase("344 B", "344 B", 3, "344 → 344 B")]
    [TestCase("-", "24 B", 1, "allocated: 0 → 24 B (+24) an operation")]
    [TestCase("344 B", "?", 3, "not compared: the base tells its bytes and the current side does not")]
    public void Gate_Tables_ClaimOnlyWhatTheirRoundingAllows(string before, string now, int code, string text)
    {
        string Table(string side, string size)
        {
            Directory.CreateDirectory(_folder.File(side));
            return _folder.Write(
                Path.Combine(side, "Acme.X-report-github.md"),
                "```\nBenchmarkDotNet v0.15.8, Ubuntu 24.04\nCPU 1, 1 CPU, 4 logical and 2 physical cores\n```\n| Method | Mean | Error "
                    + "| StdDev | Gen0 | Allocated | Alloc Ratio |\n|---|---:|---:|---:|---:|---:|---:|\n"
                + $"| A | 10.00 us | 0.10 us | 0.09 us | 0.5000 | {size} | 1.00 |\n");
        }

        var result = BenchProgram.Run("gate", Table("base", before), Table("current", now));
        Assert.That(result.Code, Is.EqualTo(code), result.Output + result.Error);
        Assert.That(result.Output, Does.Contain(text));
    }

    /// <summary>The first reference, one like it, one that is slower, and one that allocates more.</summary>
    [TestCase("reference.json")]
    [TestCase("reference")]
    [TestCase("empty")]
    public void Gate_Accept_TakesExportsThatPass(string name)
    {
        var reference = name == "empty" ? Directory.CreateDirectory(_folder.File(name)).FullName : _folder.File(name);
        var noise = _folder.Write("noise.json", QuietNoise("Acme.X.A"));
        (int Code, string Output, string Error) Accept(string file, Benchmark benchmark, params string[] options) =>
            BenchProgram.Run(["gate", reference, _folder.Write($"{file}-report-full.json", Of(benchmark)), "--accept", "--noise", noise,
                .. options]);

        var first = Accept("first", new("Acme.X.A", 1000, 100));
        Assert.That(first, Is.EqualTo((0, string.Empty, first.Error)));
        Assert.That(first.Error,
            Does.Match(@"^No reference yet, so that nothing was compared: made one: .* is now exports-[0-9a-f]{12}\.\r?\n$"));

        var same = Accept("same", new("Acme.X.A", 1001, 100), "--json");
        Assert.That(same.Code, Is.Zero, same.Output + same.Error);
        Assert.That(same.Error, Does.StartWith("Accepted: "));
        Assert.That(() => JsonDocument.Parse(same.Output), Throws.Nothing);

        foreach (var (file, benchmark) in new[] { ("slower", new Benchmark("Acme.X.A", 1100, 100)),
            ("larger", new Benchmark("Acme.X.A", 1000, 101)) })
        {
            var refused = Accept(file, benchmark);
            Assert.That(refused.Code, Is.EqualTo(1), file);
            Assert.That(refused.Error, Does.Contain("still the reference"));
        }

        var failed = Accept("failed", new("Acme.X.A", Launches: 0));
        Assert.That(failed.Code, Is.EqualTo(4));
        Assert.That(failed.Error, Does.Contain("cannot become the reference: Acme.X.A [DefaultJob] failed. nothing was measured."));
        Assert.That(BenchProgram.Run("gate", reference, _folder.File("same-report-full.json"), "--noise", noise).Code, Is.Zero,
            "the reference is the one that passed");
    }

    /// <summary>The README's workflow: four runs of the base say how runs differ, and the head is gated beside one of them.</summary>
    [TestCase(1.000, 100, 0)]
    [TestCase(1.200, 100, 1)]
    [TestCase(1.000, 124, 1)]
    [TestCase(1.045, 100, 3)]
    public void Gate_ReadmesWorkflow_GivesTheExitCode(double factor, int bytes, int code)
    {
        string Run(string name, double ns, int allocated)
        {
            Directory.CreateDirectory(Path.Combine(_folder.File(name), "results"));
            _folder.Write(Path.Combine(name, "results", "Acme.X-report-full-compressed.json"),
                Of(new Benchmark("Acme.X.A", ns, allocated)));
            return _folder.File(name);
        }

        var bases = new[] { 1000, 1004, 998, 1001 }.Select((ns, i) => Run($"base-{i + 1}", ns, 100)).ToArray();
        var (noise, gate) = (_folder.File("noise.json"), _folder.File("gate.md"));
        var measured = BenchProgram.Run(["noise", .. bases, "--output", noise]);
        Assert.That(measured.Code, Is.Zero);
        Assert.That(measured.Error, Does.Match(@"^4 runs, 1 cell or benchmark\. Runs of the same code differ so much that no slowdown "
            + @"below \+1\.\d % can be shown\."));

        var compared = BenchProgram.Run("compare", bases[1], bases[2], "--noise", noise);
        Assert.That(compared.Output, Does.Contain("same").And.Not.Contain("is not known how runs of the same code differ"));
        var result = BenchProgram.Run("gate", bases[1], Run("head", 1004 * factor, bytes), "--noise", noise, "--output", gate);
        Assert.That(result.Code, Is.EqualTo(code), File.ReadAllText(gate) + result.Error);
        Assert.That(File.ReadAllText(gate), Does.Contain("All names begin with `Acme.X.`."));
    }

    /// <summary>Where nobody measured how runs differ, a verdict says what it supposes, and "faster" is no pass.</summary>
    [TestCase(1.6, 1, "Supposing that runs of the same code differ by no more than 5 % (standard deviation), which nobody measured here")]
    [TestCase(0.6, 3, "It is faster if runs of the same code differ no more than is supposed; nothing passes on that")]
    public void Gate_NothingKnownOfNoise_SaysWhatItSupposes(double factor, int code, string words)
    {
        var side = _folder.Write("a-report-full.json", Of(new Benchmark("Acme.X.A")));
        var other = _folder.Write("b-report-full.json", Of(new Benchmark("Acme.X.A", 1000 * factor)));

        var result = BenchProgram.Run("gate", side, other);

        Assert.That(result.Code, Is.EqualTo(code));
        Assert.That(result.Output, Does.Contain(words));
    }

    [Test]
    public void Compare_ParentOfFolders_NamesThem()
    {
        var side = _folder.File("out");
        Directory.CreateDirectory(Path.Combine(side, "base-1"));
        _folder.Write(Path.Combine("out", "base-1", "a-report-full.json"), Of(new Benchmark("Acme.X.A")));

        Assert.That(BenchProgram.Run("compare", side, side).Error,
            Does.Contain($"there are some in {Path.Combine(side, "base-1")}: give one of them"));
    }

    [Test]
    public void Gate_AcceptOfASingleLaunch_SaysThatNothingCanPassBesideIt()
    {
        var result = BenchProgram.Run("gate", _folder.File("reference"),
            _folder.Write("a-report-full.json", Of(new Benchmark("Acme.X.A", Launches: 1))), "--accept");

        Assert.That(result.Code, Is.Zero);
        Assert.That(result.Error, Does.Contain("1 of 1 benchmarks have a single launch, and nothing can pass beside them. Measure with "
            + "--launchCount 5"));
    }

    [Test]
    public void Gate_SingleLaunch_SaysHowManyItTakesAndWhatThatCosts()
    {
        var side = _folder.Write("a-report-full.json", Of(new Benchmark("Acme.X.A", Launches: 1)));
        var result = BenchProgram.Run("gate", side, side);

        Assert.That(result.Code, Is.EqualTo(3));
        Assert.That(result.Output, Does.Contain(
            "launch each benchmark five times or more (--launchCount 5), which takes five times as long"));
    }

    [Test]
    public void Compare_Filter_TakesOneBenchmarkAndCountsTheRest()
    {
        var side = _folder.Write("a-report-full.json", Of(new("Acme.X.Deep"), new Benchmark("Acme.X.Flat")));
        var result = BenchProgram.Run("compare", side, side, "--filter", "*Deep*");

        Assert.That(result.Code, Is.Zero);
        Assert.That(result.Output, Does.StartWith("**1 inconclusive of 1 (threshold 5 %)**").And.Contain(
            "Only what matches `*Deep*` was looked at; 1 left out."));
    }

    [TestCase("Acme-report.csv", "Method,Job,N,Mean,Error\n",
        "this is BenchmarkDotNet's CSV export: it has no single measurements. Expected a JSON export")]
    [TestCase("Acme-report.html", "<!DOCTYPE html><html><pre>BenchmarkDotNet v0.15.8", "this is BenchmarkDotNet's HTML export")]
    [TestCase("Acme.log", "// Validating benchmarks:\n", "this is BenchmarkDotNet's log, and no export")]
    public void Gate_FileThatIsNoExport_SaysWhatItIs(string name, string text, string message)
    {
        var result = BenchProgram.Run("gate", Path.Combine(Real, "base"), _folder.Write(name, text));

        Assert.That((result.Code, result.Output), Is.EqualTo((4, string.Empty)));
        Assert.That(result.Error, Does.Contain(message).And.Contain("--exporters json"));
    }
}
