using System.Diagnostics;
using Bench.Analysis.Runs;
using Bench.EndToEnd.Tests.Runs;

namespace Bench.EndToEnd.Tests.Loads;

/// <summary>A run of several streams that is stopped in the middle of a window, with the real engine.</summary>
[Long]
[Platform("Linux")]
public class InterruptedStreamsTests
{
    private static readonly string[] Options =
        ["--profile", "smoke", "--launches", "3", "--backends", "ort-cpu", "--precisions", "fp32", "--streams", "2", "--threads", "1"];

    [Test]
    public void Run_KilledInAWindow_GoesOnWithWhatIsMissing()
    {
        using var folder = new TemporaryFolder();
        var run = new KilledRun(folder, [.. Options, "--models", UserModels.Write(folder, "good", UserModels.Onnx("Abs"))]);
        using (var running = run.Start())
        {
            WaitForAWindowOfTheSecondLaunch(running);
            KilledRun.End(running, host: true, launch: true);
            _ = running.Wait();
        }

        run.WaitForSilence();
        var before = run.Finished();
        Assert.That(before, Has.Count.InRange(1, 2));

        using (var running = run.Start())
        {
            var result = running.Wait();
            Assert.That(result.ExitCode, Is.Zero, result.Output + result.Error);
        }

        AssertIsWhole(run.Run!.ReadManifest());
        Assert.That(run.Finished(), Is.SupersetOf(before));
    }

    [Test]
    public void Run_InterruptedInAWindow_EndsInOrderAndGoesOn()
    {
        using var folder = new TemporaryFolder();
        var run = new KilledRun(folder, [.. Options, "--models", UserModels.Write(folder, "good", UserModels.Onnx("Abs"))]);
        using (var running = run.Start())
        {
            running.Interrupt(WaitForAWindowOfTheSecondLaunch(running));
            var stopped = running.Wait();
            Assert.That(stopped.ExitCode, Is.EqualTo(4), stopped.Output + stopped.Error);
            Assert.That(stopped.Output, Does.Contain("Go on with:"));
            Assert.That(run.Run!.ReadManifest().Cells.Single().Status, Is.Not.EqualTo(CellStatus.Failed));
        }

        using (var running = run.Start())
        {
            var result = running.Wait();
            Assert.That(result.ExitCode, Is.Zero, result.Output + result.Error);
        }

        AssertIsWhole(run.Run!.ReadManifest());
    }

    [Test]
    public void Run_LaunchThatDiesInAWindow_LosesItsCellAlone()
    {
        using var folder = new TemporaryFolder();
        var models =
            $"{UserModels.Write(folder, "good", UserModels.Onnx("Abs"))},{UserModels.Write(folder, "other", UserModels.Onnx("Neg"))}";
        var run = new KilledRun(folder, [.. Options, "--models", models]);
        using var running = run.Start();

        _ = WaitForAWindowOfTheSecondLaunch(running);
        for (; running.Children().Count == 0 && !running.HasEnded; Thread.Sleep(5))
        {
            // Between two launches.
        }

        KilledRun.End(running, host: false, launch: true);
        var result = running.Wait();

        Assert.That(result.ExitCode, Is.EqualTo(4), result.Output + result.Error);
        var cells = run.Run!.ReadManifest().Cells;
        Assert.That(cells.Select(cell => cell.Status), Is.EquivalentTo([CellStatus.Failed, CellStatus.Measured]));
        Assert.That(cells.Single(cell => cell.Status == CellStatus.Failed).Reason, Does.Contain("exit code 137"));
    }

    private static void AssertIsWhole(RunManifest manifest)
    {
        Assert.That(manifest.Complete);
        Assert.That(manifest.Cells.Single().Status, Is.EqualTo(CellStatus.Measured));
        Assert.That(manifest.Cells.Single().Launches.Select(launch => launch.Round), Is.EqualTo([1, 2, 3]));
        Assert.That(manifest.Cells.Single().Launches.Select(launch => launch.Windows!.Count), Is.All.GreaterThanOrEqualTo(3));
    }

    /// <summary>Warm-up and windows of a launch take two seconds, whatever the machine.</summary>
    /// <returns>The process that measures.</returns>
    private static int WaitForAWindowOfTheSecondLaunch(HostProgram.Running running)
    {
        var first = running.WaitForBenchmarkProcess();
        var second = running.WaitForBenchmarkProcess(except: first);
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < TimeSpan.FromMinutes(1) && !HasStreams(second); Thread.Sleep(10))
        {
            // It loads the network.
        }

        Thread.Sleep(1000);
        return second;
    }

    private static bool HasStreams(int process)
    {
        try
        {
            return Directory.GetDirectories($"/proc/{process}/task").Any(
                thread => File.ReadAllText(Path.Combine(thread, "comm")).StartsWith("stream ", StringComparison.Ordinal));
        }
        catch (IOException)
        {
            // It has ended, or a thread of it has.
            return !Directory.Exists($"/proc/{process}");
        }
    }
}
