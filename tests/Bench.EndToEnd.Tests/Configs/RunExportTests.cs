using System.Globalization;
using Bench.Analysis.Cost;
using Bench.Analysis.Reports;
using Bench.Analysis.Runs;
using Bench.Analysis.Tests.Runs;
using Bench.Benchmarks.Configs;
using Bench.Benchmarks.Machines;
using Bench.EndToEnd.Tests.Cli;
using BenchmarkDotNet.Loggers;

namespace Bench.EndToEnd.Tests.Configs;

public class RunExportTests
{
    private const string Infer = "Bench.Benchmarks.Launches.InferenceBenchmark.Infer";
    private const string Graph = "tiny/ort-cuda+graph=on+layout=nhwc/fp16/linux-x64";
    private const string Versioned = "tiny/ort-cpu@1.29.0/fp32/linux-x64";
    private const string Option = "tiny/ort-cpu+ep.session.x=a%26b%3Dc/fp32/linux-x64";
    private const string Other = "unet/ort-cpu/fp32/linux-x64";
    private const string OtherBaseline = "unet/ort-cpu-unoptimized/fp32/linux-x64";

    private static readonly string[] Cells =
    [
        LaunchFixture.Baseline, LaunchFixture.Plain, LaunchFixture.Threaded, LaunchFixture.Half, Graph, Versioned, Option, Other,
        OtherBaseline,
    ];

    private TemporaryFolder _temporary = null!;

    [SetUp]
    public void Create() => _temporary = new TemporaryFolder();

    [TearDown]
    public void Delete() => _temporary.Dispose();

    [Test]
    public void Json_ReadAsGitHubActionBenchmarkDoes_HasASeriesForEachCell()
    {
        var points = ExportReaders.GitHubActionBenchmark(Json(Export(Cells)));

        Assert.That(points.Select(point => point.Name), Is.EqualTo(new[]
        {
            $"{Infer}(Model: tiny, Backend: ort-cpu-unoptimized, Precision: fp32)",
            $"{Infer}(Model: tiny, Backend: ort-cpu, Precision: fp32)",
            $"{Infer}(Model: tiny, Backend: ort-cpu, Precision: fp32, threads: 2)",
            $"{Infer}(Model: tiny, Backend: ort-cpu, Precision: fp16)",
            $"{Infer}(Model: tiny, Backend: ort-cuda, Precision: fp16, graph: on, layout: nhwc)",
            $"{Infer}(Model: tiny, Backend: ort-cpu@1.29.0, Precision: fp32)",
            $"{Infer}(Model: tiny, Backend: ort-cpu, Precision: fp32, ep.session.x: a%26b%3Dc)",
            $"{Infer}(Model: unet, Backend: ort-cpu, Precision: fp32)",
            $"{Infer}(Model: unet, Backend: ort-cpu-unoptimized, Precision: fp32)",
        }));
        // Cells are 10, 11, 12 … ms, and launches 0.1 ms apart.
        Assert.That(points.Select(point => point.Nanoseconds), Is.EqualTo(Cells.Select((_, i) => 10.22e6 + (i * 1e6))).Within(1));
        Assert.That(points.Select(point => point.Spread), Has.All.EqualTo(85773.788).Within(0.01));
    }

    [Test]
    public void Json_ReadAsBencherDoes_HasASeriesForEachCell()
    {
        var json = Json(Export(Cells));

        Assert.That(ExportReaders.Bencher(json).Select(point => point.Name), Is.Unique);
        Assert.That(ExportReaders.Bencher(json).Select(point => (point.Nanoseconds, point.Spread)),
            Is.EqualTo(ExportReaders.GitHubActionBenchmark(json).Select(point => (point.Nanoseconds, point.Spread))));
        Assert.That(ExportReaders.Bencher(json)[1].Name,
            Is.EqualTo("Bench.Benchmarks.Launches.Infer(Model: tiny, Backend: ort-cpu, Precision: fp32)"));
    }

    [Test]
    public void Json_ReadAsResultsComparerDoes_HasEveryRequestOfEveryCellOnce()
    {
        var values = ExportReaders.ResultsComparer(Json(Export(Cells)));

        Assert.That(values, Has.Count.EqualTo(Cells.Length));
        Assert.That(values[$"{Infer}(Model: tiny, Backend: ort-cpu, Precision: fp32)"], Is.EqualTo(
            new[] { 1, 2, 3 }.SelectMany(round => LaunchFixture.Latencies(round, 11)).Select(ms => ms * 1e6)).Within(0.01));
    }

    [Test]
    public void Json_PlainCell_KeepsItsFullNameWhenKnobsAreAdded()
    {
        var (without, with) = (Export([Other], "a"), Export([Other, "unet/ort-cpu+threads=2/fp32/linux-x64", Graph], "b"));

        Assert.That(ExportReaders.GitHubActionBenchmark(Json(without)).Select(point => point.Name), Is.EqualTo(
            ["Bench.Benchmarks.Launches.InferenceBenchmark.Infer(Model: unet, Backend: ort-cpu, Precision: fp32)"]));
        Assert.That(ExportReaders.GitHubActionBenchmark(Json(with))[0].Name,
            Is.EqualTo(ExportReaders.GitHubActionBenchmark(Json(without))[0].Name));
        Assert.That(ExportReaders.Bencher(Json(with))[0].Name, Is.EqualTo(ExportReaders.Bencher(Json(without))[0].Name));
    }

    [Test]
    public void Json_Launches_StandInsideOneBenchmarkWithTheirRounds()
    {
        var run = LaunchFixture.Create(_temporary.File("run"), LaunchFixture.Plain);
        foreach (var round in new[] { 1, 3, 12 })
        {
            LaunchFixture.Write(run, LaunchFixture.Record(LaunchFixture.Plain, round));
        }

        Write(run);

        var benchmark = ExportReaders.Benchmarks(Json(run)).Single();
        var measurements = benchmark.GetProperty("Measurements").EnumerateArray()
            .Select(measurement => (Launch: measurement.GetProperty("LaunchIndex").GetInt32(),
                Iteration: measurement.GetProperty("IterationIndex").GetInt32(),
                Stage: measurement.GetProperty("IterationStage").GetString(),
                Operations: measurement.GetProperty("Operations").GetInt32()))
            .ToList();
        Assert.That(measurements, Is.EqualTo(
            from launch in new[] { 1, 3, 12 }
            from stage in new[] { "Actual", "Result" }
            from iteration in Enumerable.Range(1, LaunchFixture.Requests)
            select (launch, iteration, stage, 1)));
    }

    [Test]
    public void Markdown_HasARowForEachMeasurement_AndARatioWhereverThereIsABaseline()
    {
        var (header, rows) = Table(Export(Cells));

        Assert.That(rows, Has.Count.EqualTo(Cells.Length));
        Assert.That(rows.Select(row => $"{row["Model"]}/{row["Backend"]}{(row["Knobs"] == "-" ? null : "+" + row["Knobs"])}/"
            + $"{row["Precision"]}/{row["Job"]}"), Is.EqualTo(Cells));
        Assert.That(rows.Select(row => double.Parse(row["Ratio"], CultureInfo.InvariantCulture)), Is.EqualTo(
            Cells.Select((cell, i) => (10.22 + i) / (cell.StartsWith("unet", StringComparison.Ordinal) ? 18.22 : 10.22))).Within(0.0051));
        Assert.That(rows[1]["Mean"], Is.EqualTo("11.22 ms"));
        Assert.That(rows[1]["Images/s"], Is.EqualTo("89.1"));
        Assert.That(rows[1]["USD/M"], Is.EqualTo("1.1220"), "0.36 USD an hour");
        Assert.That(rows[1]["First"], Is.EqualTo("52.00 ms"));
        Assert.That(rows[1]["Metric"], Is.EqualTo("0.6667"));
        Assert.That(header, Is.SupersetOf(new[] { "CI99", "StdDev", "P50", "P90", "P99" }));
    }

    [Test]
    public void Markdown_ModelWithoutABaseline_HasNoRatio() =>
        Assert.That(Table(Export([LaunchFixture.Plain])).Rows.Single()["Ratio"], Is.EqualTo("-"));

    [Test]
    public void Markdown_HostBlock_HasAtMostADozenLines()
    {
        var lines = File.ReadAllLines(MarkdownPath(Export(Cells)));
        var fences = lines.Index().Where(line => line.Item == "```").Select(line => line.Index).ToList();

        Assert.That(fences, Has.Count.EqualTo(2));
        Assert.That(fences[1] - fences[0] + 1, Is.InRange(5, 12));
    }

    [Test]
    public void Write_RunThatMeasuredNothing_LeavesNoExport()
    {
        var run = LaunchFixture.Create(_temporary.File("run"), LaunchFixture.Plain);

        Write(run);

        Assert.That(Directory.GetFiles(run.BenchmarkDotNetPath), Is.Empty);
    }

    [Test]
    public void Write_CellThatFailed_LeavesTheOthers()
    {
        var run = LaunchFixture.Create(_temporary.File("run"), LaunchFixture.Plain, LaunchFixture.Half);
        LaunchFixture.WriteLaunches(run, LaunchFixture.Plain, 2);
        LaunchFixture.Write(run, LaunchFixture.Failed(LaunchFixture.Half, 1, "no."));

        Write(run);

        Assert.That(ExportReaders.Benchmarks(Json(run)), Has.Count.EqualTo(1));
    }

    [Test]
    public void Compare_ItsOwnExports_NamesCellsAsRunsDo([Values] bool json)
    {
        var run = Export(Cells);
        var export = json ? JsonPath(run) : MarkdownPath(run);

        var (code, output, error) = BenchProgram.Run("compare", export, export);

        Assert.That((code, error), Is.EqualTo((0, string.Empty)));
        foreach (var cell in Cells)
        {
            Assert.That(output, Does.Contain($"| {cell} "));
        }

        Assert.That(output, Does.Contain($"of {Cells.Length} (threshold"));
    }

    [Test]
    public void Compare_RunWithItsExport_FindsEveryCell()
    {
        var run = Export(Cells);
        // An export has the machine that wrote it, which is that of the run.
        run.WriteManifest(run.ReadPlan() with { Machine = MachineProbe.Read() });
        foreach (var export in new[] { JsonPath(run), run.BenchmarkDotNetPath })
        {
            var output = BenchProgram.Run("compare", run.Path, export).Output;

            Assert.That(
                output, Does.Contain($"of {Cells.Length} (threshold").Or.Contain($"of {Cells.Length}, 1 failed (threshold"), export);
            Assert.That(output, Does.Not.Contain("the current side does not have it"), export);
        }
    }

    [Test]
    public void Compare_CellsOfOneExport_ArePairedByRound()
    {
        var export = JsonPath(Export(Cells));

        var (_, output, error) = BenchProgram.Run(
            "compare", export, "--base-cell", "tiny/ort-cpu/fp32/*", "--current-cell", "tiny/ort-cpu+threads=2/fp32/*");

        Assert.That(error, Is.Empty);
        Assert.That(output, Does.Contain("tiny/ort-cpu+threads=2/fp32/linux-x64").And.Contain("11.220 ms").And.Contain("12.220 ms"));
    }

    private RunFolder Export(string[] cells, string name = "run")
    {
        var run = LaunchFixture.Create(_temporary.File(name), cells);
        foreach (var (i, cell) in cells.Index())
        {
            LaunchFixture.WriteLaunches(run, cell, 3, 10 + i);
        }

        LaunchFixture.Complete(run);
        Write(run);
        return run;
    }

    private static void Write(RunFolder run) => RunExport.Write(
        MeasuredRun.Read(run), ReportBuilder.Build([run], new RunPrice(PriceCatalogue.BuiltIn())).Models, [], NullLogger.Instance);

    private static string JsonPath(RunFolder run) => Path.Combine(run.BenchmarkDotNetPath, "InferenceBenchmark-report-full.json");

    private static string Json(RunFolder run) => File.ReadAllText(JsonPath(run));

    private static string MarkdownPath(RunFolder run) => Path.Combine(run.BenchmarkDotNetPath, "InferenceBenchmark-report-github.md");

    private static (IReadOnlyList<string> Header, IReadOnlyList<Dictionary<string, string>> Rows) Table(RunFolder run)
    {
        var lines = File.ReadAllLines(MarkdownPath(run)).Where(line => line.StartsWith('|'))
            .Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim(' ', '*')).ToList()).ToList();
        return (lines[0], [.. lines.Skip(2).Where(cells => cells.Exists(cell => cell.Length > 0))
            .Select(cells => lines[0].Zip(cells).ToDictionary(column => column.First, column => column.Second))]);
    }
}
