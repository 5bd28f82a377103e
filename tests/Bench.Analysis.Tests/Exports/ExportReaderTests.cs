using System.Text;
using Bench.Analysis.Exports;
using Bench.Analysis.Input;

namespace Bench.Analysis.Tests.Exports;

public class ExportReaderTests
{
    private static readonly string Folder = Repository.File("tests", "Bench.Analysis.Tests", "Data", "exports");

    /// <summary>As 0.12 writes it: bare NaN and Infinity, jobs in the display text only, results of two launches.</summary>
    [Test]
    public void Read_FullExportOf012_KeepsLaunchesAndJobsApart()
    {
        var export = JsonExportReader.Read(Path.Combine(Folder, "Acme.Sorting-report-full.json"));

        Assert.That(export.Benchmarks, Has.Count.EqualTo(2));
        var (measured, failed) = (export.Benchmarks[0], export.Benchmarks[1]);
        Assert.That(measured.Name, Is.EqualTo(new BenchmarkName("Acme.Sorting", "Quick", "N=100", "Acme.Sorting.Quick(N: 100)",
            new JobTraits(string.Empty, "Runtime=.NET Core 3.1, LaunchCount=2"))));
        Assert.That(measured.Launches, Is.EqualTo(new double[][] { [10e-6, 20e-6], [30e-6, 40e-6] }));
        Assert.That(measured.LaunchNumbers, Is.EqualTo([1, 2]));
        Assert.That(failed.Name.Job.Text, Is.EqualTo("Runtime=.NET Core 5.0, LaunchCount=2"));
        Assert.That((failed.Launches.Count, failed.Failure), Is.EqualTo((0, "it has no measurements: it failed")));
        Assert.That(export.Machine["processor"], Is.EqualTo("Intel Core i7-8700K CPU 3.70GHz (Coffee Lake)"));
        Assert.That(export.Machine["logical cores"], Is.EqualTo("12"));
    }

    [TestCase(new[] { 1, 1, 4, 4 }, new[] { 1, 4 })]
    [TestCase(new[] { 0, 0, 0, 0 }, new int[0], TestName = "launches in one process have no numbers")]
    [TestCase(new[] { 1, 1, 2, 1 }, new int[0], TestName = "nor have those that share one")]
    public void Parse_LaunchIndices_AreTheNumbersOfLaunchesWhereTheyTellThemApart(int[] indices, int[] expected)
    {
        var measurements = indices.Select((index, i) => $$"""
            {"IterationMode":"Workload","IterationStage":"Result","LaunchIndex":{{index}},"IterationIndex":{{i}},
            "Operations":1,"Nanoseconds":5}
            """);
        var export = JsonExportReader.Parse(System.Text.Encoding.UTF8.GetBytes(
            $$"""{"Benchmarks":[{"Type":"X","Method":"A","Measurements":[{{string.Join(',', measurements)}}]}]}"""), "x.json");

        Assert.That(export.Benchmarks.Single().LaunchNumbers, Is.EqualTo(expected));
    }

    /// <summary>As 0.15 writes it: empty texts for what is not finite, titles and parameters with everything that
    /// separates elsewhere.</summary>
    [Test]
    public void Read_BriefExportOf015_TakesTheOriginalValues()
    {
        var benchmark = JsonExportReader.Read(Path.Combine(Folder, "Acme.Parsing-report-brief.json")).Benchmarks.Single();

        Assert.That(benchmark.Name.Method, Is.EqualTo("'with, a [title]'"));
        Assert.That(benchmark.Name.Job, Is.EqualTo(new JobTraits("DefaultJob", string.Empty)));
        Assert.That(benchmark.Launches, Is.EqualTo(new double[][] { [1000.5e-6, 1001.25e-6, 999.75e-6, 1002e-6, 998.5e-6, 1000e-6] }));
    }

    [Test]
    public void Read_TableOfGitHub_TakesMeansHalfWidthsAndParameters()
    {
        var export = MarkdownExportReader.Read(Path.Combine(Folder, "Acme.Sorting-report-github.md"));

        Assert.That(export.Benchmarks.Select(benchmark => benchmark.Name.Label), Is.EqualTo(new[]
        {
            "Acme.Sorting.Quick(N=100, Text=a<b)", "Acme.Sorting.'with space'(N=100, Text=a<b)", "Acme.Sorting.Quick(N=1000, Text=a<b)",
        }));
        Assert.That(export.Benchmarks.Select(benchmark => benchmark.Summary),
            Is.EqualTo(new[]
            {
                ExportedSummary.OfTable(25e-6, 1e-6, 0.9e-6, 1e-9), ExportedSummary.OfTable(1234.5e-6, 20e-6, 15e-6, 1e-8), null,
            }));
        Assert.That(export.Benchmarks[2].Failure, Does.Contain("NA"));
        Assert.That(export.Machine["processor"], Is.EqualTo("Intel Core i7-8700K CPU 3.70GHz (Coffee Lake)"));
        Assert.That(export.Machine["BenchmarkDotNet"], Is.EqualTo("0.12.1"));
    }

    [TestCase("1,234.5 μs", 1234500)]
    [TestCase("1,234.5 us", 1234500)]
    [TestCase("1,234.5 \u00B5s", 1234500)]
    [TestCase("1.234,5 ms", 1234.5e6)]
    [TestCase("1\u00A0234,5 ms", 1234.5e6)]
    [TestCase("0.5 s", 5e8)]
    [TestCase("12,5 ns", 12.5)]
    public void Milliseconds_EveryNotation_IsRead(string cell, double ns) =>
        Assert.That(MarkdownDuration.Read(Place(cell, 1), NumberStyle.Of([cell])).Ms, Is.EqualTo(ns / 1e6).Within(1e-9).Percent);

    [TestCase("1,234 ms")]
    [TestCase("12.5")]
    [TestCase("12.5 parsecs")]
    [TestCase("-1.0 ns")]
    [TestCase("fast")]
    public void Milliseconds_WhatIsNoTimeOrTwo_IsRefused(string cell) =>
        Assert.That(
            () => MarkdownDuration.Read(Place(cell, 7), NumberStyle.Of([cell])),
            Throws.TypeOf<RunFormatException>().With.Message.Contains($"'{cell}' under Mean in line 7"));

    [TestCase("Job-ABCDEF(IterationTime=250.0000 ms, MaxIterationCount=20)", "IterationTime=250ms, MaxIterationCount=20")]
    [TestCase("Job-ABCDEF", "")]
    [TestCase("DefaultJob", "DefaultJob")]
    [TestCase(".NET 8.0(Runtime=.NET 8.0)", ".NET 8.0(Runtime=.NET 8.0)")]
    public void Parse_LettersThatChangeFromRunToRun_AreNoName(string job, string expected) =>
        Assert.That(JobTraits.Parse(job).Text, Is.EqualTo(expected));

    [TestCase("", "found no table")]
    [TestCase("| Method | Mean |\nA 1 ns\n", "found no rule")]
    [TestCase("| Method | Mean |\n|---|---|\n", "without rows")]
    [TestCase("| Name | Mean |\n|---|---|\n| A | 1.0 ns |", "found no column Method")]
    [TestCase("| Method | Mean |\n|---|---|\n| A |", "found 1 cells in line 3 and 2 columns")]
    [TestCase("| Method | Mean |\n|---|---|\n| A | 1.0 parsecs |", "expected a time")]
    public void Parse_BrokenTable_SaysWhatAndWhere(string text, string message) =>
        Assert.That(() => MarkdownExportReader.Parse(text, "x-report-github.md"),
            Throws.TypeOf<RunFormatException>().With.Message.Contains(message));

    [TestCase("", "damaged or truncated")]
    [TestCase("{", "damaged or truncated")]
    [TestCase("[1]", "damaged or truncated")]
    [TestCase("{}", "found no Benchmarks")]
    [TestCase("{\"Benchmarks\":[null]}", "found no Benchmarks")]
    [TestCase("{\"Benchmarks\":[{}]}", "without Method")]
    [TestCase("{\"Benchmarks\":[{\"Method\":\"A\",\"Measurements\":["
        + "{\"IterationMode\":\"Workload\",\"IterationStage\":\"Result\",\"Operations\":0,\"Nanoseconds\":1}]}]}", "found 0 operations")]
    [TestCase("{\"Benchmarks\":[{\"Method\":\"A\",\"Statistics\":{\"OriginalValues\":[-1]}}]}", "found a time of -1 ns")]
    [TestCase("{\"Benchmarks\":[{\"Method\":\"A\",\"Statistics\":{\"OriginalValues\":[NaN]}}]}", "found a time of NaN ns")]
    public void Parse_BrokenJson_SaysWhat(string text, string message) =>
        Assert.That(() => JsonExportReader.Parse(Encoding.UTF8.GetBytes(text), "x.json"),
            Throws.TypeOf<RunFormatException>().With.Message.Contains(message));

    [Test]
    public void Parse_ByteOrderMarkAndControlCharacters_AreForgiven()
    {
        byte[] json = [0xEF, 0xBB, 0xBF,
            .. Encoding.UTF8.GetBytes("{\"Benchmarks\":[{\"Method\":\"A\u0001B\\\"NaN\",\"Statistics\":{\"OriginalValues\":[1]}}]}")];

        Assert.That(JsonExportReader.Parse(json, "x.json").Benchmarks.Single().Name.Method, Is.EqualTo("A B\"NaN"));
    }

    /// <summary>Inside one process every launch has the index 0.</summary>
    [Test]
    public void Parse_LaunchesWithoutIndex_AreToldByTheirIterations()
    {
        var rows = string.Join(',', new[] { 1, 2, 3, 1, 2 }.Select((index, i) => $$"""
            {"IterationMode":"Workload","IterationStage":"Actual","LaunchIndex":0,"IterationIndex":{{index}},
            "Operations":1,"Nanoseconds":{{i + 1}}}
            """));
        var json = $$"""{"Benchmarks":[{"Method":"A","Statistics":{"Mean":3},"Measurements":[{{rows}}]}]}""";

        Assert.That(JsonExportReader.Parse(Encoding.UTF8.GetBytes(json), "x.json").Benchmarks.Single().Launches,
            Is.EqualTo(new double[][] { [1e-6, 2e-6, 3e-6], [4e-6, 5e-6] }));
    }

    [Test]
    public void Read_Folder_TakesOfEachClassTheExportThatSaysMost()
    {
        using var temporary = new TemporaryFolder();
        foreach (var file in Directory.GetFiles(Folder))
        {
            temporary.Write(Path.GetFileName(file),
                File.ReadAllText(file).Replace("\"LogicalCoreCount\":8", "\"LogicalCoreCount\":12", StringComparison.Ordinal)
                    .Replace("\"LogicalCoreCount\": 8", "\"LogicalCoreCount\": 12", StringComparison.Ordinal)
                    .Replace("AMD EPYC 9354 3.25GHz", "Intel Core i7-8700K CPU 3.70GHz", StringComparison.Ordinal));
        }

        var export = ExportFolder.Read(temporary.Path);

        Assert.That(
            export.Files.Select(Path.GetFileName), Is.EqualTo(new[] { "Acme.Parsing-report-brief.json", "Acme.Sorting-report-full.json" }));
        Assert.That(export.IsMarkdown, Is.False);
    }

    [Test]
    public void Read_FolderWithExportsOfTwoMachines_IsRefused() => Assert.That(
        () => ExportFolder.Read(Folder), Throws.TypeOf<RunFormatException>().With.Message.Contains("exports of several machines: "));

    [Test]
    public void Read_FolderWithTheSameMeasurementsTwice_TakesThemOnce()
    {
        using var temporary = new TemporaryFolder();
        var json = File.ReadAllText(Path.Combine(Folder, "Acme.Sorting-report-full.json"));
        temporary.Write("A-report-full.json", json);
        temporary.Write("B-report-full.json", json);

        Assert.That(ExportFolder.Read(temporary.Path).Benchmarks, Has.Count.EqualTo(2));
        temporary.Write("B-report-full.json", json.Replace("\"Nanoseconds\":20}", "\"Nanoseconds\":21}", StringComparison.Ordinal));
        Assert.That(ExportFolder.Read(temporary.Path).Benchmarks, Has.Count.EqualTo(3), "other times are other measurements");
    }

    [Test]
    public void Read_EmptyFolder_SaysWhatWasExpected()
    {
        using var temporary = new TemporaryFolder();

        Assert.That(() => ExportFolder.Read(temporary.Path),
            Throws.TypeOf<RunFormatException>().With.Message.Contains("found neither run.json nor an export"));
    }

    /// <summary>A gigabyte of nothing, without a gigabyte on disk.</summary>
    [TestCase("big-report-full.json")]
    [TestCase("big-report-github.md")]
    public void Read_HugeFile_IsRefusedBeforeItIsRead(string name)
    {
        using var temporary = new TemporaryFolder();
        var path = Path.Combine(temporary.Path, name);
        using (var stream = File.Create(path))
        {
            stream.SetLength(1L << 30);
        }

        Assert.That(() => ExportFolder.Read(path), Throws.TypeOf<RunFormatException>().With.Message.Contains("found 1024 MiB"));
    }

    private static MarkdownNumber.Place Place(string cell, int line) => new(cell, "Mean", "x.md", line);
}
