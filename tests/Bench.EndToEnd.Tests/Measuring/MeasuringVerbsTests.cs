using Bench.Cli.Measuring;
using Bench.CommandLine;
using Bench.EndToEnd.Tests.Cli;

namespace Bench.EndToEnd.Tests.Measuring;

/// <summary><c>bench run</c> and <c>bench doctor</c> start the program that measures.</summary>
public class MeasuringVerbsTests
{
    [TestCase("", "")]
    [TestCase("mine.onnx", "--models mine.onnx")]
    [TestCase("a.onnx b.onnx --batch 1,8", "--models a.onnx,b.onnx --batch 1,8")]
    [TestCase("--profile smoke", "--profile smoke")]
    [TestCase("-- --help", "--help")]
    [TestCase("a.onnx -- --help", "--models a.onnx --help")]
    [TestCase("--micro -- --filter *", "--micro -- --filter *")]
    public void Translated_Arguments_FilesThatStandFirstAreModels(string given, string expected) => Assert.That(
        MeasuringVerbs.Translated(given.Split(' ', StringSplitOptions.RemoveEmptyEntries)),
        Is.EqualTo(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

    /// <summary>The program that measures knows its options: a file is a model wherever it stands, unless an option takes it.</summary>
    [TestCase("--usd-per-hour 0.3 mine.onnx", "--models mine.onnx --usd-per-hour 0.3")]
    [TestCase("--list mine.onnx", "--models mine.onnx --list")]
    [TestCase("a.onnx --batch 8 b.json", "--models a.onnx,b.json --batch 8")]
    [TestCase("--models mine.onnx", "--models mine.onnx")]
    [TestCase("--write-card card.json mine.onnx", "--models mine.onnx --write-card card.json")]
    [TestCase("--models a.onnx --batch 8 b.onnx", "--models a.onnx,b.onnx --batch 8")]
    [TestCase("--profile smoke unet", "--profile smoke unet")]
    public void Translated_FileBehindOptions_IsAModel(string given, string expected) => Assert.That(
        ModelArguments.Translated(
            given.Split(' '), option => option is "--usd-per-hour" or "--batch" or "--models" or "--write-card" or "--profile"),
        Is.EqualTo(expected.Split(' ')));

    [Test]
    [Platform("Linux,MacOsX")]
    public void Run_NamedProgram_GetsTheArgumentsAndGivesItsCode()
    {
        using var folder = new TemporaryFolder();
        var program = folder.Write("Bench.Benchmarks", $"#!/bin/sh\nprintf '%s|' \"$@\" > {folder.File("heard")}\nexit 3\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        var run = BenchProgram.Run("run", "mine.onnx", "--program", folder.Path, "--usd-per-hour", "0.3");
        var heard = File.ReadAllText(folder.File("heard"));
        var doctor = BenchProgram.Run("doctor", "--program", folder.Path);

        Assert.That((run.Code, heard), Is.EqualTo((3, "--models|mine.onnx|--usd-per-hour|0.3|")));
        Assert.That((doctor.Code, File.ReadAllText(folder.File("heard"))), Is.EqualTo((3, "--doctor|")));
    }

    [Test]
    public void Run_FolderWithoutAProgram_SaysWhatIsExpected()
    {
        using var folder = new TemporaryFolder();

        var (code, _, error) = BenchProgram.Run("run", "--program", folder.Path);

        Assert.That(code, Is.EqualTo(4));
        Assert.That(error, Does.StartWith($"--program: found no Bench.Benchmarks in {folder.Path}; expected the folder of a published"));
    }

    [Test]
    public void Run_ProgramOptionWithoutAFolder_IsWrongUsage() =>
        Assert.That(BenchProgram.Run("run", "--program").Code, Is.EqualTo(2));

    [Test]
    public void Find_Places_NamedThenBesideThenTheCheckout()
    {
        using var named = new TemporaryFolder();
        using var beside = new TemporaryFolder();
        using var elsewhere = new TemporaryFolder();
        var nested = Directory.CreateDirectory(elsewhere.File("checkout/deep/down")).FullName;
        Directory.CreateDirectory(elsewhere.File("checkout/benchmarks"));
        File.WriteAllText(elsewhere.File("checkout/benchmarks/Bench.Benchmarks.csproj"), "<Project />");

        Assert.That(MeasuringProgram.Find(null, beside.Path, named.Path), Is.Null);
        var checkout = MeasuringProgram.Find(null, beside.Path, nested)!;
        Assert.That((checkout.File, checkout.Before[^2]),
            Is.EqualTo(("dotnet", Path.Combine(elsewhere.Path, "checkout", "benchmarks", "Bench.Benchmarks.csproj"))));
        beside.Write("Bench.Benchmarks.dll", "");
        Assert.That(MeasuringProgram.Find(null, beside.Path, nested)!.Before.Single(), Is.EqualTo(beside.File("Bench.Benchmarks.dll")));
        Assert.That(MeasuringProgram.Find(named.Path, beside.Path, nested), Is.Null, "what is named and not there is not replaced");
        named.Write("Bench.Benchmarks.dll", "");
        Assert.That(
            MeasuringProgram.Find(named.Path, beside.Path, nested)!.Before.Single(), Is.EqualTo(named.File("Bench.Benchmarks.dll")));
    }

    [TestCase("run")]
    [TestCase("doctor")]
    public void Help_OfAVerb_BeginsWithExamples(string verb)
    {
        var (code, output, _) = BenchProgram.Run(verb, "--help");

        Assert.That(code, Is.Zero);
        Assert.That(output, Does.StartWith("Examples:").And.Contain("--program"));
    }
}
