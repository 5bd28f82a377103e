using System.Globalization;
using System.Text.Json.Nodes;
using Bench.Analysis.Comparison;
using Bench.Analysis.Cost;
using Bench.Analysis.Input;
using Bench.Analysis.Measurements;
using Bench.Analysis.Reports;
using Bench.Analysis.Runs;
using Bench.Analysis.Tests.Runs;
using Bench.Analysis.Trimming;
using Bench.Arrays.Npy;

namespace Bench.Analysis.Tests.Trimming;

public class RunTrimmerTests
{
    private static readonly RunPrice Price = new(PriceCatalogue.BuiltIn());

    private TemporaryFolder _folder = null!;
    private RunFolder _run = null!;

    [SetUp]
    public void CreateRun()
    {
        _folder = new TemporaryFolder();
        _run = RunFixture.Create(_folder.Path);
        File.WriteAllText(Path.Combine(_run.BenchmarkDotNetPath, "benchmark.log"), "a long story");
        File.WriteAllText(_run.MarkdownReportPath, "as it was");
    }

    [TearDown]
    public void DeleteRun() => _folder.Dispose();

    [Test]
    public void Trim_WholeRun_KeepsTheReportAndDropsOutputsAndLog()
    {
        var (report, manifest) = (Report(_run), File.ReadAllText(_run.ManifestPath));

        var trimmed = RunTrimmer.Trim(_run);

        Assert.That(Report(_run), Is.EqualTo(report));
        Assert.That(Contents(_run).Keys,
            Is.EquivalentTo(["run.json", "quality.json", "report.md", "bdn/InferenceBenchmark-report-full.json"]));
        Assert.That((File.ReadAllText(_run.ManifestPath), File.ReadAllText(_run.MarkdownReportPath)), Is.EqualTo((manifest, "as it was")));
        Assert.That(trimmed.BytesAfter, Is.LessThan(trimmed.BytesBefore).And.EqualTo(Contents(_run).Values.Sum(file => file.Length)));
        Assert.That(trimmed.Uncompared, Is.Empty);
        Assert.That(Directory.Exists(_run.OutputsPath), Is.False);
    }

    /// <summary>What was found, and why the rest was dropped, is all in one file.</summary>
    [Test]
    public void Trim_Search_KeepsItsPointsAndTheSettings()
    {
        var cell = _run.ReadManifest().Cells[0].Id;
        new TuneRecord
        {
            Outcome = TuneOutcome.NotShown,
            Default = cell,
            IsPriced = false,
            Launches = 7,
            Seconds = 20,
            Points = [new TunePoint(cell, TuneStage.Screened, 7, IsEquallyGood: false, Reason: "dear")],
        }.Write(_run);
        foreach (var file in new[] { Path.Combine(_run.SearchPath, "launches", "a.json"), Path.Combine(_run.SettingsPath, "m.int8.onnx"),
            Path.Combine(_run.SettingsPath, "settings.json") })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, "{}");
        }

        var report = Report(_run);

        RunTrimmer.Trim(_run);

        Assert.That(Report(_run), Is.EqualTo(report));
        Assert.That(Contents(_run).Keys, Is.EquivalentTo(["run.json", "quality.json", "report.md", "tune.json", "settings/settings.json",
            "bdn/InferenceBenchmark-report-full.json"]));
    }

    [Test]
    public void Trim_TrimmedRun_ChangesNothing()
    {
        RunTrimmer.Trim(_run);
        var once = Contents(_run);

        RunTrimmer.Trim(_run);

        Assert.That(Contents(_run), Is.EqualTo(once));
    }

    /// <summary>Wherever it is killed, the folder reads as before, and the next attempt ends as the first would have.</summary>
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(4)]
    [TestCase(5)]
    [TestCase(6)]
    public void Trim_StoppedAfterAStep_CanBeReadAndDoneAgain(int steps)
    {
        var report = Report(_run);
        using var other = new TemporaryFolder();
        var done = RunFixture.Create(other.Path);
        RunTrimmer.Trim(done);
        string[] files = [.. Contents(_run).Keys, "quality.json"];
        var order = files.Distinct().Where(file => !Same(file)).OrderBy(file => file switch
        {
            "quality.json" => 0,
            "bdn/InferenceBenchmark-report-full.json" => 1,
            "bdn/benchmark.log" => 2,
            _ => 3,
        }).ThenBy(file => file, StringComparer.Ordinal).ToList();
        Assert.That(order, Has.Count.EqualTo(6), "two files are written and four are deleted");

        foreach (var file in order.Take(steps))
        {
            var target = Path.Combine(_run.Path, file);
            File.Delete(target);
            if (File.Exists(Path.Combine(done.Path, file)))
            {
                File.Copy(Path.Combine(done.Path, file), target);
            }
        }

        Assert.That(Report(_run), Is.EqualTo(report));
        RunTrimmer.Trim(_run);
        File.Delete(_run.MarkdownReportPath);
        Assert.That(Contents(_run), Is.EqualTo(Contents(done)));

        bool Same(string file) => file is "run.json" or "report.md";
    }

    [Test]
    public void Trim_RunThatDidNotComeToItsEnd_IsRefusedAndStaysAsItWas()
    {
        _run.WriteManifest(_run.ReadManifest() with { Complete = false });
        var before = Contents(_run);

        Assert.That(() => RunTrimmer.Trim(_run), Throws.TypeOf<RunFormatException>().With.Message.Contains("did not come to its end"));
        Assert.That(Contents(_run), Is.EqualTo(before));
    }

    [Test]
    public void Trim_IncompleteRunThatIsAllowed_LosesWhatItNeededToGoOn()
    {
        _run.WriteManifest(_run.ReadManifest() with { Complete = false });
        Directory.CreateDirectory(_run.WorkPath);
        File.WriteAllText(Path.Combine(_run.WorkPath, "options.json"), "{ \"Folder\": \"/home/somebody\" }");

        RunTrimmer.Trim(_run, allowIncomplete: true);

        Assert.That(Directory.Exists(_run.WorkPath), Is.False);
    }

    [Test]
    public void CarryOut_PlanThatWouldChangeTheReport_StopsAndSaysWhere()
    {
        var plan = TrimPlan.Of(_run);
        var before = Contents(_run);

        Assert.That(() => RunTrimmer.CarryOut(plan with { Quality = plan.Quality! with { Pairs = [] } }),
            Throws.TypeOf<RunFormatException>()
                .With.Message.Match("the report in markdown is another one, from line [0-9]+: found '.*expected '")
                .And.Message.EndsWith("Nothing was changed."));
        Assert.That(Contents(_run), Is.EqualTo(before));
    }

    [Test]
    public void Trim_CellWithoutAReference_IsNamed()
    {
        var manifest = _run.ReadManifest();
        _run.WriteManifest(manifest with { Cells = [manifest.Cells[2]] });

        Assert.That(RunTrimmer.Trim(_run).Uncompared, Is.EqualTo(new[] { RunFixture.IdOf(2) }));
    }

    /// <summary>Equal outputs are known by their names; of different ones every pair is kept.</summary>
    [Test]
    public void Trim_DifferentOutputs_KeepsEachPairOnce()
    {
        RunTrimmer.Trim(_run);
        var quality = RunQuality.Read(_run)!;

        Assert.That(
            quality.Outputs.Select(outputs => outputs.Cell), Is.EqualTo([RunFixture.IdOf(0), RunFixture.IdOf(1), RunFixture.IdOf(2)]));
        Assert.That(quality.ContentOf(RunFixture.IdOf(2)), Is.EqualTo(quality.ContentOf(RunFixture.IdOf(0))));
        Assert.That(quality.Pairs.Select(pair => (pair.Cell, pair.Reference)), Is.EqualTo([(RunFixture.IdOf(1), RunFixture.IdOf(0))]));
        Assert.That(quality.Pairs[0].LargestDifferences, Has.Count.EqualTo(RunFixture.Images).And.All.EqualTo(0.001).Within(2e-5));
    }

    /// <summary>Ten cells with other outputs each: the pairs grow with the square, so that only those of the report are kept.</summary>
    [Test]
    public void Trim_ManyDifferentOutputs_KeepsTheReportsPairsAlone()
    {
        var manifest = _run.ReadManifest();
        var cells = Enumerable.Range(0, 10).Select(i => manifest.Cells[0] with
        {
            Id = i == 0 ? RunFixture.IdOf(0) : CellId.Parse($"tiny/other{i}/fp32/linux-x64"),
            Outputs = $"outputs/{i}.npy",
            Status = CellStatus.Measured,
        }).ToList();
        foreach (var cell in cells)
        {
            NpyArray.FromSingles([.. Enumerable.Range(0, RunFixture.Images)
                .Select(i => i + float.Parse(cell.Outputs![8..^4], CultureInfo.InvariantCulture))], RunFixture.Images)
                .Write(Path.Combine(_run.Path, cell.Outputs!));
        }

        WriteTimings(cells);
        _run.WriteManifest(manifest with { Cells = cells });
        RunTrimmer.Trim(_run);

        Assert.That(RunQuality.Read(_run)!.Pairs.Select(pair => (pair.Reference, pair.Cell)),
            Is.EqualTo(cells.Skip(1).Select(cell => (RunFixture.IdOf(0), cell.Id))));
    }

    [Test]
    public void Trim_RunOfVersion2_KeepsItsLaunchesAndItsReport()
    {
        var run = LaunchFixture.Create(_folder.File("new"), LaunchFixture.Plain, LaunchFixture.Half, LaunchFixture.Baseline);
        LaunchFixture.WriteLaunches(run, LaunchFixture.Plain, 3);
        LaunchFixture.WriteLaunches(run, LaunchFixture.Baseline, 2, 20);
        LaunchFixture.Write(run, LaunchFixture.Record(LaunchFixture.Half, 1, LaunchFixture.Share(run, [0, 1, 2, 3, 4, 5], 0.25f)));
        LaunchFixture.Complete(run);
        var (report, launches) = (Report(run),
            Contents(run).Where(file => file.Key.StartsWith("launches/", StringComparison.Ordinal)).ToList());

        RunTrimmer.Trim(run);
        var once = Contents(run);

        Assert.That(Report(run), Is.EqualTo(report));
        Assert.That(once.Keys, Is.EquivalentTo(["run.json", "quality.json", .. launches.Select(file => file.Key)]));
        Assert.That(RunQuality.Read(run)!.Pairs.Select(pair => pair.LargestDifferences.Max()), Is.EqualTo([0.25]));
        RunTrimmer.Trim(run);
        Assert.That(Contents(run), Is.EqualTo(once));
    }

    [Test]
    public void Trim_PublishedFigures_StayAsTheyAre()
    {
        var run = new RunFolder(_folder.File("published"));
        Directory.CreateDirectory(run.Path);
        File.Copy(Repository.File("artifacts", "reference", "study-2019", "table1", "xeon", "run.json"), run.ManifestPath);
        var before = Contents(run);

        RunTrimmer.Trim(run);

        Assert.That(Contents(run), Is.EqualTo(before));
    }

    /// <summary>Outputs are known by what they hold: equal ones of two runs are equal without them, and so are those that a pair of the
    /// trimmed run compares. Others are not compared.</summary>
    [TestCase(0, 0, 0.0)]
    [TestCase(1, 0, 0.001)]
    [TestCase(1, 1, 0.0)]
    [TestCase(1, 2, null)]
    public void Compare_TrimmedRunWithAWholeOne_KnowsWhatIsEqual(int cell, int outputsOf, double? largest)
    {
        using var other = new TemporaryFolder();
        var whole = RunFixture.Create(other.Path);
        var (from, to) = (OutputsPath(whole, outputsOf), OutputsPath(whole, cell));
        NpyArray.FromSingles([.. Enumerable.Range(0, 2 * RunFixture.Images).Select(i => (float)i)], RunFixture.Images, 2)
            .Write(OutputsPath(whole, 2));
        if (from != to)
        {
            File.Copy(from, to, overwrite: true);
        }

        RunTrimmer.Trim(_run);
        var quality = Comparer.Compare(_run.Path, whole.Path, new ComparisonOptions { Price = Price }).Cells
            .Single(found => found.Name == RunFixture.CellIds[cell]).Quality;

        Assert.That(quality?.Evidence.Paired.MaxAbsDifference, largest is null ? Is.Null : Is.EqualTo(largest).Within(2e-5));
    }

    /// <summary>All cells have the timings of the first.</summary>
    private void WriteTimings(IEnumerable<CellFacts> cells)
    {
        var path = Path.Combine(_run.BenchmarkDotNetPath, "InferenceBenchmark-report-full.json");
        var benchmarks = JsonNode.Parse(File.ReadAllText(path))!["Benchmarks"]!.AsArray().Select(benchmark => benchmark!.ToJsonString())
            .Where(text => text.Contains("Infer: ort-cpu_fp32_", StringComparison.Ordinal)).ToList();
        var all = cells.SelectMany(cell => benchmarks.Select(
            text => text.Replace("Infer: ort-cpu_", $"Infer: {cell.Backend}_", StringComparison.Ordinal)));
        File.WriteAllText(path, $$"""{"Benchmarks":[{{string.Join(',', all)}}]}""");
    }

    private static string OutputsPath(RunFolder run, int cell) => Path.Combine(run.Path, RunFolder.OutputsOf(RunFixture.IdOf(cell)));

    private static (string Markdown, string Json) Report(RunFolder run)
    {
        var report = ReportBuilder.Build([run], Price);
        return (MarkdownReport.Write(report), JsonReport.Write(report));
    }

    private static SortedDictionary<string, byte[]> Contents(RunFolder run) => new(
        Directory.GetFiles(run.Path, "*", SearchOption.AllDirectories).ToDictionary(
            file => Path.GetRelativePath(run.Path, file).Replace('\\', '/'), File.ReadAllBytes), StringComparer.Ordinal);
}
