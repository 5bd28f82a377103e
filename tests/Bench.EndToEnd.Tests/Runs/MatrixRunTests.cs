using Bench.Analysis.Runs;
using Bench.Arrays.Npy;
using Bench.Benchmarks.Machines;

namespace Bench.EndToEnd.Tests.Runs;

/// <summary>The whole way, with the real engine, on networks of a few bytes: good ones and bad ones in one run.</summary>
public class MatrixRunTests
{
    private static readonly string Platform = MachineProbe.Platform;

    /// <summary>One fault is one line, at once: no run whose every cell says it again.</summary>
    [Test]
    public void Run_DamagedModelAlone_IsOneLineAndNoRun()
    {
        using var folder = new TemporaryFolder();
        var model = folder.Write("text.onnx", "no network at all");

        var result = HostProgram.Run(
            folder.Path, "--profile", "smoke", "--backends", "ort-cpu", "--output", folder.File("runs"), model);

        Assert.That(result.ExitCode, Is.EqualTo(4), result.Output + result.Error);
        Assert.That(result.Output.Split('\n').Count(line => line.Contains("text.onnx", StringComparison.Ordinal)), Is.EqualTo(1));
        Assert.That(result.Output, Does.Contain("Found what is no network in the format of ONNX").And.Contain("Nothing was measured."));
        Assert.That(Directory.Exists(folder.File("runs")), Is.False);
    }

    /// <summary>An engine that is here is not blamed for what the network cannot do, and a limit is judged without another command.
    /// </summary>
    [Test]
    public void Run_FixedBatchWithALimit_SaysWhyOnTheConsole()
    {
        using var folder = new TemporaryFolder();
        var model = Repository.File("tests", "networks", "fixed-batch.onnx");

        var all = HostProgram.Run(
            folder.Path, "--profile", "smoke", "--backends", "ort-cpu", "--output", folder.File("a"), "--batch", "8", model);
        var some = HostProgram.Run(
            folder.Path, "--profile", "smoke", "--backends", "ort-cpu", "--output", folder.File("b"), "--batch", "1,8",
            "--limit", "20ms", model);

        Assert.That(all.ExitCode, Is.EqualTo(4), all.Output + all.Error);
        Assert.That(all.Output, Does.Contain("Left out    ort-cpu fp32 (batch 8): ").And.Not.Contain("not here: ort-cpu"));
        Assert.That(some.ExitCode, Is.EqualTo(3), "so few launches do not bound P90: " + some.Output + some.Error);
        Assert.That(some.Output, Does.Contain("Left out    ort-cpu fp32 (batch 8): "));
        Assert.That(some.Output, Does.Contain("Limit       P90 within 20 ms is undecided"));
    }

    [Test]
    public void Run_GoodAndBadModels_MeasuresTheGoodAndSaysWhatIsWrongWithTheBad()
    {
        using var folder = new TemporaryFolder();
        string[] cards =
        [
            UserModels.Write(folder, "good", UserModels.Onnx("Abs")),
            UserModels.Write(folder, "nan", UserModels.Onnx("Sqrt")),
            UserModels.Write(folder, "infinite-and-with-a-long-name", UserModels.Onnx("Exp")),
            UserModels.Write(folder, "cut", UserModels.Onnx("Abs")[..40]),
            UserModels.Write(folder, "shape", UserModels.Onnx("Abs"), "[1, 3]", NpyArray.FromSingles(new float[12], 4, 3)),
            UserModels.Write(folder, "empty", UserModels.Onnx("Abs"), inputs: NpyArray.FromSingles([], 0, 2)),
            folder.Write("broken.json", "{ \"id\": "),
        ];

        var result = HostProgram.Run(
            folder.Path, "--profile", "smoke", "--models", string.Join(',', cards), "--backends", "ort-cpu",
            "--output", folder.File("runs"), "--usd-per-hour", "1");

        Assert.That(result.ExitCode, Is.EqualTo(4), result.Output + result.Error);
        var run = SingleRun(folder);
        var manifest = run.ReadManifest();
        var cells = manifest.Cells.ToDictionary(cell => cell.Id.ToString());
        Assert.That(manifest.Complete);
        Assert.That(JsonSchemaCheck.Faults(
            Repository.File("src", "Bench.Analysis", "Runs", "run.schema.json"), File.ReadAllText(run.ManifestPath)), Is.Empty);

        var good = cells[$"good/ort-cpu/fp32/{Platform}"];
        Assert.That(good.Status, Is.EqualTo(CellStatus.Measured), good.Reason);
        Assert.That(good.Iterations, Is.EqualTo(30));
        Assert.That(good.TaskMetric!.Value, Is.EqualTo(0.75), "Abs answers 1, 0, 0, 1; the labels are 1, 0, 1, 1");
        Assert.That(good.Launches.Select(launch => launch.Round), Is.EqualTo([1, 2, 3]));
        Assert.That(good.Launches, Has.All.Matches<LaunchFacts>(launch => launch!.AllocatedBytesPerInference < 1024));
        Assert.That(RunOutputs.Of(run, good).Values.SelectMany(image => image), Is.EqualTo([1, 2, 4, 3, 0.5, 0.25, 600, 700]));
        Assert.That(MeasuredRun.Read(run).TimingsOf(good)!.Launches.Select(launch => launch.LatenciesMs.Count), Is.EqualTo([10, 10, 10]));
        Assert.That(good.Resolved!.Keys, Is.SupersetOf(["threads", "affinity"]));
        AssertRecords(run);

        Assert.That(cells[$"good/ort-cpu/fp16/{Platform}"].Status, Is.EqualTo(CellStatus.Unavailable));
        Assert.That(cells[$"good/ort-cpu/fp16/{Platform}"].Reason, Does.Contain("no fp16 file"));
        AssertFailed(cells, "nan", "NaN");
        AssertFailed(cells, "infinite-and-with-a-long-name", "expected finite numbers");
        AssertFailed(cells, "cut", "damaged or no ONNX file");
        AssertFailed(cells, "shape", "takes 'x' float32 [1, 2]; found the shape 1x3 for it");
        AssertFailed(cells, "empty", "holds no image");
        AssertFailed(cells, "broken", "model-card.schema.json");
        Assert.That(result.Output, Does.Contain("10 of 14 cells failed"));
        Assert.That(result.Output, Does.Contain("holds no image").And.Contain("model-card.schema.json"),
            "models that could not be prepared keep their rows");
        Assert.That(
            Directory.GetFileSystemEntries(run.Path).Select(Path.GetFileName),
            Is.EquivalentTo(["bdn", "launches", "outputs", "report.json", "report.md", "run.json"]));
    }

    [Test]
    public void Run_EngineThatComplains_HasItCountedAndSaidOnce()
    {
        using var folder = new TemporaryFolder();
        var card = UserModels.Write(folder, "chatty", UserModels.Onnx("Abs", unused: "left_over"));

        var result = HostProgram.Run(folder.Path, "--profile", "smoke", "--models", card, "--filter", "*/ort-cpu/fp32/*",
            "--artifacts", folder.File("runs"), "--exporters", "csv");

        Assert.That(result.ExitCode, Is.Zero, result.Output + result.Error);
        var complaint = SingleRun(folder).ReadManifest().Cells.Single()
            .Complaints.Single(found => found.Text.Contains("left_over", StringComparison.Ordinal));
        Assert.That(complaint.Count, Is.GreaterThanOrEqualTo(3), "at least once in each launch");
        Assert.That(complaint.Text, Does.StartWith("[W:onnxruntime"));
        Assert.That(result.Output.Split("left_over"), Has.Length.EqualTo(2), "said once");
        Assert.That(result.Output, Does.Contain("[3/3] round 3 of 3, chatty/ort-cpu/fp32/"));
        Assert.That(Directory.GetFiles(SingleRun(folder).BenchmarkDotNetPath, "*.csv"), Has.Length.EqualTo(1));
    }

    [Test]
    public void Run_FilterThatMatchesNothing_SaysWhatThereIsAndLeavesNothing()
    {
        using var folder = new TemporaryFolder();
        var card = UserModels.Write(folder, "good", UserModels.Onnx("Abs"));

        var result = HostProgram.Run(
            folder.Path, "--models", card, "--backends", "ort-cpu", "--filter", "*/int8/*", "--output", folder.File("runs"));

        Assert.That(result.ExitCode, Is.EqualTo(2));
        Assert.That(result.Error, Does.Contain("found no cell that matches '*/int8/*'; there are good/ort-cpu/fp32/"));
        Assert.That(result.Output, Is.Empty, "before anything is tried or made");
        Assert.That(Directory.Exists(folder.File("runs")), Is.False);
    }

    [Test]
    public void Run_Micro_WorksFromAnyFolder()
    {
        using var folder = new TemporaryFolder();

        var result = HostProgram.Run(folder.Path, "--micro", "--", "--list", "flat");

        Assert.That(result.ExitCode, Is.Zero);
        Assert.That(result.Output, Does.Contain("HarnessBenchmarks.TimedOperationOnNullEngine"));
        Assert.That(result.Output + result.Error, Does.Not.Contain("Unable to find"));
    }

    [TestCase("--profile", "quick", "smoke, gate, default, paper")]
    [TestCase("--backends", "ort-abacus", "ort-cpu-unoptimized")]
    [TestCase("--models", "resnet", "inceptionv3")]
    [TestCase("--frobnicate", "1", "--frobnicate")]
    [TestCase("--usd-per-hour", "cheap", "cheap")]
    public void Run_UnknownOptionValue_IsWrongUsage(string option, string value, string expected)
    {
        using var folder = new TemporaryFolder();

        var result = HostProgram.Run(folder.Path, option, value);

        Assert.That(result.ExitCode, Is.EqualTo(2));
        Assert.That(result.Error, Does.Contain(expected));
    }

    [Test]
    public void List_Always_ShowsBackendsWithSourceAndCells()
    {
        using var folder = new TemporaryFolder();

        var result = HostProgram.Run(folder.Path, "--list", "--models", UserModels.Write(folder, "good", UserModels.Onnx("Abs")));

        Assert.That(result.ExitCode, Is.Zero, result.Error);
        Assert.That(result.Output, Does.Match(@"available: onnxruntime \d+\.\d+\.\d+, from nuget "));
        Assert.That(result.Output, Does.Contain($"good/ort-cpu/fp32/{Platform}").And.Contain($"good/ort-cpu/fp16/{Platform}  unavailable"));
    }

    private static RunFolder SingleRun(TemporaryFolder folder) => new(Directory.GetDirectories(folder.File("runs")).Single());

    /// <summary>Every record is as its schema says.</summary>
    private static void AssertRecords(RunFolder run)
    {
        var records = Directory.GetFiles(run.Launches.Path, "*_r?.json");
        Assert.That(records, Has.Length.GreaterThanOrEqualTo(3));
        foreach (var (record, schema) in records.Select(record => (record, "launch.schema.json"))
            .Concat(Directory.GetFiles(run.Launches.Path, "*_inspection.json").Select(record => (record, "inspection.schema.json"))))
        {
            Assert.That(JsonSchemaCheck.Faults(
                Repository.File("src", "Bench.Analysis", "Runs", schema), File.ReadAllText(record)), Is.Empty, record);
        }
    }

    private static void AssertFailed(Dictionary<string, CellFacts> cells, string model, string reason)
    {
        var cell = cells[$"{model}/ort-cpu/fp32/{Platform}"];
        Assert.That(cell.Status, Is.EqualTo(CellStatus.Failed), model);
        Assert.That(cell.Reason, Does.Contain(reason), model);
    }
}
