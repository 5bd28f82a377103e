using Bench.Analysis.Measurements;
using Bench.Analysis.Runs;
using Bench.Benchmarks.Host;
using Bench.Benchmarks.Machines;
using Bench.EndToEnd.Tests.Preparing;
using Bench.EndToEnd.Tests.Runs;

namespace Bench.EndToEnd.Tests.Loads;

/// <summary>Batches and streams at the edge of what can be measured, with the real engine: what cannot has its reason, and the rest is
/// measured.</summary>
[Long]
public class UnusualBatchesTests
{
    private static readonly int Cores = StreamChoices.Cores(MachineProbe.Read());

    [Test]
    public void Run_MoreImagesInARequestThanThereAre_HasSomeAgain()
    {
        using var folder = new TemporaryFolder();
        var model = UserModels.Write(folder, "few", UserModels.Onnx("Abs", batch: "N"));

        var cells = Measure(folder, 0, model, "--batch", "1,3,9", "--launches", "2");

        Assert.That(cells.Values.Select(cell => cell.Status), Is.All.EqualTo(CellStatus.Measured));
        var run = Run(folder);
        foreach (var cell in cells.Values)
        {
            Assert.That(RunOutputs.Of(run, cell).Values.SelectMany(output => output), Is.EqualTo([1, 2, 4, 3, 0.5, 0.25, 600, 700]));
            Assert.That(cell.TaskMetric!.Value, Is.EqualTo(0.75), "each image is scored once");
        }
    }

    [Test]
    public void Run_HalvesThatAreMadeHere_TakeBatches()
    {
        using var folder = new TemporaryFolder();

        var cells = Measure(
            folder, 0, AnyNetworkTests.Network("classifier"), "--precisions", "fp32,fp16", "--batch", "1,4", "--launches", "1");

        Assert.That(cells.Keys.Select(cell => $"{cell.Precision} {cell.Batch}"), Is.EquivalentTo(["fp32 1", "fp32 4", "fp16 1", "fp16 4"]));
        Assert.That(cells.Values.Select(cell => cell.Status), Is.All.EqualTo(CellStatus.Measured));
    }

    [Test]
    public void Run_MoreStreamsThanCores_TakesAWord()
    {
        using var folder = new TemporaryFolder();
        var streams = $"{Cores + 1}";
        var model = UserModels.Write(folder, "small", UserModels.Onnx("Abs"));

        var cells = Measure(folder, 0, model, "--streams", streams, "--threads", "default,1", "--launches", "1");

        var (plain, asked) = (cells.Values.Single(cell => cell.Id.Variant["threads"] is null),
            cells.Values.Single(cell => cell.Id.Variant["threads"] == "1"));
        Assert.That(plain.Status, Is.EqualTo(CellStatus.Unavailable));
        Assert.That(plain.Reason, Does.StartWith($"streams={streams} takes more threads than the {Cores} core"));
        Assert.That(asked.Status, Is.EqualTo(CellStatus.Measured), asked.Reason);
        Assert.That(asked.Launches.Single().Windows!.Select(window => window.Streams.Count), Is.All.EqualTo(Cores + 1));
    }

    [Test]
    public void List_StreamsAuto_AreDivisorsOfTheCores()
    {
        using var folder = new TemporaryFolder();

        var result = HostProgram.Run(folder.Path, "--list", "--backends", "ort-cpu", "--precisions", "fp32", "--streams", "auto",
            "--models", UserModels.Write(folder, "small", UserModels.Onnx("Abs")));

        Assert.That(result.ExitCode, Is.Zero, result.Error);
        var listed = result.Output.Split('\n').Select(line => line.Trim())
            .Where(line => line.StartsWith("small/", StringComparison.Ordinal))
            .Select(line => CellId.Parse(line.Split(' ')[0]).Streams);
        Assert.That(listed, Is.EqualTo(Enumerable.Range(1, Cores).Where(streams => Cores % streams == 0)));
    }

    [Test]
    public void Run_RequestLargerThanAnArray_HasItsReason()
    {
        using var folder = new TemporaryFolder();

        var cells = Measure(folder, 0, AnyNetworkTests.Network("open-size"), "--shape", "image=1x3x2000x2000", "--batch", "64,1",
            "--launches", "1");

        var large = cells.Single(cell => cell.Key.Batch == 64).Value;
        Assert.That(large.Status, Is.EqualTo(CellStatus.Unavailable));
        Assert.That(large.Reason, Is.EqualTo("'image' of 64 images has 3.1 GB; an array can have 2.1 GB."));
        Assert.That(cells.Single(cell => cell.Key.Batch == 1).Value.Status, Is.EqualTo(CellStatus.Measured));
    }

    [Test]
    public void Run_RequestsThatTheMemoryDoesNotHold_HaveTheirReason()
    {
        using var folder = new TemporaryFolder();
        // A request of 1024 images has 0.8 GB.
        using var running = HostProgram.Start(folder.Path, ("DOTNET_GCHeapHardLimit", "0x20000000"), Arguments(folder,
            AnyNetworkTests.Network("open-size"), "--shape", "image=1x3x256x256", "--batch", "1,1024", "--launches", "1"));

        var result = running.Wait();

        Assert.That(result.ExitCode, Is.EqualTo(4), result.Output + result.Error);
        var cells = Run(folder).ReadManifest().Cells.ToDictionary(cell => cell.Id.Batch);
        Assert.That(cells[1].Status, Is.EqualTo(CellStatus.Measured), cells[1].Reason);
        Assert.That(cells[1024].Status, Is.EqualTo(CellStatus.Failed));
        Assert.That(cells[1024].Reason, Does.Contain("memory does not suffice").And.Contain("--batch"));
    }

    private static Dictionary<CellId, CellFacts> Measure(
        TemporaryFolder folder, int exitCode, string model, params string[] arguments)
    {
        var result = HostProgram.Run(folder.Path, Arguments(folder, model, arguments));
        Assert.That(result.ExitCode, Is.EqualTo(exitCode), result.Output + result.Error);
        return Run(folder).ReadManifest().Cells.ToDictionary(cell => cell.Id);
    }

    private static string[] Arguments(TemporaryFolder folder, string model, params string[] arguments) =>
    [
        "--profile", "smoke", "--backends", "ort-cpu", "--models", model, "--output", folder.File("runs"), .. arguments,
        .. arguments.Contains("--precisions") ? [] : new[] { "--precisions", "fp32" },
    ];

    private static RunFolder Run(TemporaryFolder folder) => new(Directory.GetDirectories(folder.File("runs")).Single());
}
