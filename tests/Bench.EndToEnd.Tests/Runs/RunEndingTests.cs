using Bench.Analysis.Measurements;
using Bench.Analysis.Runs;
using Bench.Benchmarks.Machines;

namespace Bench.EndToEnd.Tests.Runs;

/// <summary>Runs that come to a bad end: a crash, Ctrl-C, a folder that cannot be written.</summary>
public class RunEndingTests
{
    [Test]
    [Platform("Linux")]
    public void Run_BenchmarkProcessCrashes_LosesOnlyItsCell()
    {
        using var folder = new TemporaryFolder();
        var cards =
            $"{UserModels.Write(folder, "first", UserModels.Onnx("Abs"))},{UserModels.Write(folder, "second", UserModels.Onnx("Neg"))}";
        var running = HostProgram.Start(
            folder.Path, "--profile", "smoke", "--models", cards, "--backends", "ort-cpu", "--precisions", "fp32",
            "--output", folder.File("runs"));

        running.CrashBenchmarkProcess();
        var result = running.Wait();

        Assert.That(result.ExitCode, Is.EqualTo(4), result.Output + result.Error);
        var cells = SingleRun(folder.File("runs")).ReadManifest().Cells;
        Assert.That(cells.Select(cell => cell.Status), Is.EquivalentTo([CellStatus.Failed, CellStatus.Measured]));
        Assert.That(cells.Single(cell => cell.Status == CellStatus.Failed).Reason, Does.Contain("exit code 137"));
    }

    /// <summary>An engine that chooses its device may choose another one after the inspection: no hour is spent on what says nothing.
    /// </summary>
    [Test]
    [Platform("Linux")]
    public void Run_OnAnotherDeviceThanInspected_FailsItsCellAtOnce()
    {
        using var folder = new TemporaryFolder();
        var running = HostProgram.Start(
            folder.Path, "--profile", "smoke", "--launches", "4", "--models", UserModels.Write(folder, "good", UserModels.Onnx("Abs")),
            "--backends", "ort-cpu", "--precisions", "fp32", "--output", folder.File("runs"));

        _ = running.WaitForBenchmarkProcess();
        var launches = SingleRun(folder.File("runs")).Launches;
        launches.Write(launches.ReadInspection(CellId.Parse($"good/ort-cpu/fp32/{MachineProbe.Platform}"))! with { Device = "GPU A" });
        var result = running.Wait();

        Assert.That(result.ExitCode, Is.EqualTo(4), result.Output + result.Error);
        Assert.That(launches.ReadAll().Count(record => record.IsFinished), Is.AtMost(1), "the first one may have read what was true");
        var cell = SingleRun(folder.File("runs")).ReadManifest().Cells.Single();
        Assert.That(cell.Status, Is.EqualTo(CellStatus.Failed));
        Assert.That(cell.Reason, Does.StartWith("it was inspected on GPU A, and a launch was on the processor: "));
    }

    [Test]
    [Platform("Linux")]
    public void Run_Interrupted_KeepsWhatWasMeasuredAndSaysIncomplete()
    {
        using var folder = new TemporaryFolder();
        var cards = string.Join(',', Enumerable.Range(0, 4).Select(i => UserModels.Write(folder, $"model{i}", UserModels.Onnx("Abs"))));
        var running = HostProgram.Start(
            folder.Path, "--profile", "default", "--models", cards, "--backends", "ort-cpu", "--precisions", "fp32",
            "--output", folder.File("runs"));

        var first = running.WaitForBenchmarkProcess();
        var second = running.WaitForBenchmarkProcess(except: first);
        running.Interrupt(second);
        var result = running.Wait();

        Assert.That(result.ExitCode, Is.EqualTo(4), result.Output + result.Error);
        var run = SingleRun(folder.File("runs"));
        var manifest = run.ReadManifest();
        Assert.That(manifest.Complete, Is.False);
        Assert.That(manifest.Cells.Count(cell => cell.Status == CellStatus.Measured), Is.GreaterThanOrEqualTo(1), result.Output);
        Assert.That(manifest.Cells.Count(cell => cell.Status == CellStatus.Pending), Is.GreaterThanOrEqualTo(1), result.Output);
        Assert.That(manifest.Cells, Has.None.Matches<CellFacts>(cell => cell!.Status == CellStatus.Failed));
        Assert.That(File.ReadAllText(run.MarkdownReportPath), Does.Contain("**Incomplete"));
    }

    [Test]
    public void Run_OutputIsAFile_SaysWhatToDo()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("occupied", "x");

        var result = HostProgram.Run(folder.Path, "--profile", "smoke", "--output", file);

        Assert.That(result.ExitCode, Is.EqualTo(4));
        Assert.That(result.Error, Does.Contain("occupied").And.Contain("choose one with --output"));
        Assert.That(result.Error.Trim().Split('\n'), Has.Length.EqualTo(1), "one clear message");
    }

    [Test]
    [Platform("Linux")]
    public void Run_OutputFolderIsFull_SaysSoAndLeavesAReadableRun()
    {
        using var folder = new TemporaryFolder();
        using var small = SmallFileSystem.Mount(folder.File("small"), "size=20k");
        var card = UserModels.Write(folder, "good", UserModels.Onnx("Abs"));

        var result = HostProgram.Run(
            folder.Path, "--profile", "smoke", "--models", card, "--backends", "ort-cpu", "--precisions", "fp32", "--output", small.Path);

        Assert.That(result.ExitCode, Is.EqualTo(4), result.Output + result.Error);
        Assert.That(result.Error, Does.Contain("space").IgnoreCase.And.Contain("--output"));
        Assert.That(SingleRun(small.Path).ReadManifest().Complete, Is.False);
        Assert.That(result.Error, Does.Not.Contain("   at "), "no stack trace");
    }

    [Test]
    [Platform("Linux")]
    public void Run_OutputFolderIsReadOnly_SaysSo()
    {
        using var folder = new TemporaryFolder();
        using var small = SmallFileSystem.Mount(folder.File("small"), "ro");

        var result = HostProgram.Run(folder.Path, "--profile", "smoke", "--output", small.Path);

        Assert.That(result.ExitCode, Is.EqualTo(4), result.Output + result.Error);
        Assert.That(result.Error, Does.Contain("ead-only").And.Contain("--output"));
    }

    private static RunFolder SingleRun(string runs) => new(Directory.GetDirectories(runs).Single());
}
