using Bench.Analysis.Input;
using Bench.Analysis.Runs;
using Bench.Analysis.Tests.Runs;
using Bench.Analysis.Trimming;

namespace Bench.Analysis.Tests.Trimming;

/// <summary>Cells that are taken out of a run for good.</summary>
public class CellsLeftOutTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public void From_OneCell_TakesItsRowLaunchesAndExports()
    {
        var run = BatchFixture.Create(_folder.Path);
        File.WriteAllText(Path.Combine(run.BenchmarkDotNetPath, "x-report-full.json"), "{}");

        var count = CellsLeftOut.From(run, "tiny/ort-cpu+batch=4/*", "The fan stood still.");

        Assert.That(count, Is.EqualTo(1));
        var manifest = run.ReadManifest();
        Assert.That(manifest.Cells.Select(cell => cell.Id.ToString()),
            Does.Not.Contain(BatchFixture.Batched).And.Contain(BatchFixture.Both));
        Assert.That(manifest.LeftOut, Is.EqualTo([new LeftOutCells("tiny/ort-cpu+batch=4/*", 1, "The fan stood still.")]));
        Assert.That(run.Launches.ReadAll().Select(record => record.Cell.ToString()), Does.Not.Contain(BatchFixture.Batched));
        Assert.That(Directory.GetFiles(run.BenchmarkDotNetPath), Is.Empty);
        Assert.That(MeasuredRun.Read(run).Manifest.Cells, Has.Some.Matches<CellFacts>(cell => cell!.Status == CellStatus.Measured));
    }

    [Test]
    public void From_PatternThatMatchesNothing_ChangesNothing()
    {
        var run = BatchFixture.Create(_folder.Path);
        var before = File.ReadAllText(run.ManifestPath);

        Assert.That(() => CellsLeftOut.From(run, "*/openvino-cpu/*", "Why."), Throws.InstanceOf<RunFormatException>()
            .With.Message.Contains("found no cell that matches '*/openvino-cpu/*'"));
        Assert.That(File.ReadAllText(run.ManifestPath), Is.EqualTo(before));
    }

    [Test]
    public void From_RunOfVersion1_IsRefusedBecauseItsExportsAreItsTimings()
    {
        var run = RunFixture.Create(_folder.Path);
        var before = Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories);

        Assert.That(() => CellsLeftOut.From(run, "*", "Why."), Throws.InstanceOf<RunFormatException>()
            .With.Message.Contains("found a run of version 1"));
        Assert.That(Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories), Is.EqualTo(before));
    }

    [Test]
    public void From_OneRateOfACell_KeepsWhatWasFoundOutAboutIt()
    {
        var run = OpenLoadFixture.Create(_folder.Path);

        CellsLeftOut.From(run, "*~50rps", "Another program ran.");

        var cells = run.ReadManifest().Cells;
        Assert.That(cells.Select(cell => cell.OpenLoad?.RequestsPerSecond), Is.EqualTo([(double?)null, 71, 150, 95]));
        Assert.That(cells[0].EffectivePrecision, Is.EqualTo("fp32"), "the inspection is the closed load's, too");
        Assert.That(cells[0].Band, Is.Not.Null);
        Assert.That(run.Launches.ReadOpenPlan(OpenLoadFixture.At(50)), Is.Null);
    }

    [Test]
    public void From_WholeCell_TakesItsSearchToo()
    {
        var run = OpenLoadFixture.Create(_folder.Path);

        CellsLeftOut.From(run, "tiny/ort-cpu/fp32/*", "The clock was wrong.");

        Assert.That(run.ReadManifest().Cells, Is.Empty);
        Assert.That(run.Launches.ReadAll(), Is.Empty);
        Assert.That(run.Launches.ReadBand(OpenLoadFixture.Cell), Is.Null);
        Assert.That(run.Launches.ReadInspection(OpenLoadFixture.Cell), Is.Null);
    }

    [Test]
    public void Trim_RunWithOpenLoads_KeepsTheReportAndDropsArrivals()
    {
        var run = OpenLoadFixture.Create(_folder.Path);
        run.Launches.WriteArrivals(new LaunchName(OpenLoadFixture.At(50), 1), [1, 2, 3]);

        RunTrimmer.Trim(run);

        Assert.That(Directory.GetFiles(run.Launches.Path, "*.arrivals.npy"), Is.Empty);
        Assert.That(run.ReadManifest().Cells.Count(cell => cell.Status == CellStatus.Measured), Is.EqualTo(4));
    }
}
