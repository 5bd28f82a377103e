using System.Text.RegularExpressions;
using Bench.Analysis.Runs;
using Bench.EndToEnd.Tests.Preparing;
using Bench.EndToEnd.Tests.Runs;

namespace Bench.EndToEnd.Tests.Loads;

/// <summary>Requests of several images and several requests in flight, with the real engine on tiny networks.</summary>
[Long]
public class BatchesAndStreamsTests
{
    private const double RepeatTolerance = 1e-3;

    private readonly TemporaryFolder _folder = new();
    private RunFolder _run = null!;
    private IReadOnlyList<CellFacts> _cells = null!;
    private string _report = null!;

    [OneTimeSetUp]
    public void Measure()
    {
        string[] models =
        [
            UserModels.Write(_folder, "named", UserModels.Onnx("Abs", batch: "N")),
            UserModels.Write(_folder, "unnamed", UserModels.Onnx("Abs", batch: string.Empty)),
            UserModels.Write(_folder, "fixed", UserModels.Onnx("Abs")),
            AnyNetworkTests.Network("classifier"),
            AnyNetworkTests.Network("baked-batch"),
        ];
        var result = HostProgram.Run(
            _folder.Path, "--profile", "smoke", "--launches", "2", "--backends", "ort-cpu", "--precisions", "fp32",
            "--models", string.Join(',', models), "--batch", "1,4", "--streams", "1,2", "--threads", "1", "--output", _folder.File("runs"));

        Assert.That(result.ExitCode, Is.Zero, result.Output + result.Error);
        _run = new RunFolder(Directory.GetDirectories(_folder.File("runs")).Single());
        _cells = _run.ReadManifest().Cells;
        _report = File.ReadAllText(_run.MarkdownReportPath);
        Assert.That(JsonSchemaCheck.Faults(
            Repository.File("src", "Bench.Analysis", "Runs", "run.schema.json"), File.ReadAllText(_run.ManifestPath)), Is.Empty);
    }

    [OneTimeTearDown]
    public void Delete() => _folder.Dispose();

    [TestCase("named")]
    [TestCase("unnamed")]
    [TestCase("classifier")]
    public void Run_NetworkWithAnOpenBatch_HasFourCellsWithImagesPerSecond(string model)
    {
        var cells = Of(model);

        Assert.That(cells.Select(cell => (cell.Id.Batch, cell.Id.Streams)), Is.EquivalentTo([(1, 1), (1, 2), (4, 1), (4, 2)]));
        Assert.That(cells, Has.All.Matches<CellFacts>(cell => cell!.Status == CellStatus.Measured));
        foreach (var cell in cells)
        {
            Assert.That(_report, Does.Match($@"\| {Regex.Escape(cell.Id.ToString())} +\| +{cell.Id.Streams} × 1 \|"));
            Assert.That(MeasuredRun.Read(_run).TimingsOf(cell)!.Launches.Select(launch => launch.SharedRequestMs is not null),
                Is.All.EqualTo(cell.Id.Streams > 1));
        }
    }

    [TestCase("named", 4)]
    [TestCase("unnamed", 4)]
    [TestCase("classifier", 40)]
    public void Run_EveryCell_KeepsTheOutputsOfEveryImageAndTheyAreThoseOfOne(string model, int images)
    {
        var alone = RunOutputs.Of(_run, Of(model).Single(cell => cell.Id.Variant["batch"] is null && cell.Id.Streams == 1));

        Assert.That(alone.Keys, Is.EqualTo(Enumerable.Range(0, images)));
        foreach (var cell in Of(model))
        {
            var outputs = RunOutputs.Of(_run, cell);
            Assert.That(outputs.Keys, Is.EqualTo(alone.Keys), cell.Id.ToString());
            foreach (var (image, output) in outputs)
            {
                var tolerance = RepeatTolerance * alone[image].Max(Math.Abs);
                Assert.That(output, Is.EqualTo(alone[image]).Within(tolerance), $"{cell.Id}, image {image}");
            }
        }
    }

    [Test]
    public void Run_EveryLaunch_ComparesSomeOutputsWithASecondRequest() => Assert.That(
        _cells.SelectMany(cell => cell.OutputShares), Has.All.Matches<OutputShare>(share => share!.Repeated > 0));

    [Test]
    public void Run_SeveralStreams_RecordsWindowsOfEveryStream()
    {
        var launches = _cells.Where(cell => cell is { Status: CellStatus.Measured, Id.Streams: 2 }).SelectMany(cell => cell.Launches)
            .ToList();

        Assert.That(launches, Has.Count.EqualTo(2 * ((3 * 2) + 2)), "two of three networks at two batches, and of two at one");
        Assert.That(launches.Select(launch => launch.Windows!.Count), Is.All.GreaterThanOrEqualTo(3));
        Assert.That(launches.SelectMany(launch => launch.Windows!).SelectMany(window => window.Streams).Select(stream => stream.Requests),
            Is.All.GreaterThanOrEqualTo(5));
        Assert.That(launches, Has.All.Matches<LaunchFacts>(
            launch => launch!.Windows!.Sum(window => window.Requests) >= launch.Requests && launch.GapMs >= 0));
        Assert.That(launches.Select(launch => launch.Requests / launch.Windows!.Count), Is.All.LessThanOrEqualTo(1 << 12));
    }

    [TestCase("fixed", "the network takes one request of one batch: the file fixes the first axis at 1.")]
    [TestCase("baked-batch", "the network takes one request of one batch: it does not run with 2 images: ")]
    public void Run_NetworkThatTakesOneImage_HasTheReasonAndGoesOnWithStreams(string model, string reason)
    {
        var (one, four) = (Of(model).Where(cell => cell.Id.Batch == 1).ToList(), Of(model).Where(cell => cell.Id.Batch == 4).ToList());

        Assert.That(one.Select(cell => cell.Status), Is.EqualTo([CellStatus.Measured, CellStatus.Measured]));
        Assert.That(four.Select(cell => cell.Status), Is.EqualTo([CellStatus.Unavailable, CellStatus.Unavailable]));
        Assert.That(four.Select(cell => cell.Reason), Has.All.StartsWith(reason));
        Assert.That(_report, Does.Contain(reason));
    }

    [Test]
    public void Run_AxisWithoutAName_IsMeasuredFromAFileThatIsMadeForAllBatches()
    {
        var files = _run.ReadManifest().Models.Single(model => model.Id == "unnamed").Files;

        Assert.That(files.Keys, Is.EquivalentTo(["fp32", "fp32-batch"]));
        Assert.That(files["fp32-batch"].Recipe, Does.Contain("the batch axis named by Bench"));
        Assert.That(_run.ReadManifest().Models.Single(model => model.Id == "named").Files.Keys, Is.EqualTo(["fp32"]));
    }

    [Test]
    public void Run_Log_HasALineForEachWindowAndNotForEachRequest()
    {
        var lines = File.ReadAllLines(Path.Combine(_run.BenchmarkDotNetPath, "benchmark.log"));

        Assert.That(lines, Has.Length.LessThan(5000), "tiny networks answer millions of requests in windows");
    }

    private List<CellFacts> Of(string model) => [.. _cells.Where(cell => cell.Model == model)];
}
