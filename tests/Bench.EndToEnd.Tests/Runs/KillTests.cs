using System.Globalization;
using Bench.Analysis.Cost;
using Bench.Analysis.Reports;
using Bench.Analysis.Runs;
using Bench.Models.Data;

namespace Bench.EndToEnd.Tests.Runs;

/// <summary>
/// Nothing that was measured is lost, whatever is killed and whenever. <c>BENCH_KILLS=100</c> sets how many kills there are; without it
/// there are a few.
/// </summary>
[Platform("Linux")]
public class KillTests
{
    private const int FewKills = 5;
    private const int LongestWaitMs = 9000;

    private static int Kills => int.TryParse(
        Environment.GetEnvironmentVariable("BENCH_KILLS"), NumberStyles.None, CultureInfo.InvariantCulture, out var kills)
            ? kills
            : FewKills;

    /// <summary>Whom to kill, and when.</summary>
    private enum Moment
    {
        AnyTime,
        WhileAFileIsWritten,
        AfterARecord,
    }

    [Test]
    [Long]
    public void Run_KilledAtAnyMoment_LosesNoFinishedLaunchAndReportsThem()
    {
        using var folder = new TemporaryFolder();
        var cards =
            $"{UserModels.Write(folder, "first", UserModels.Onnx("Abs"))},{UserModels.Write(folder, "second", UserModels.Onnx("Neg"))}";
        var run = new KilledRun(
            folder, "--profile", "smoke", "--launches", "6", "--models", cards, "--backends", "ort-cpu", "--precisions", "fp32");
        var random = new SeededRandom(13);
        var (hosts, launches, completed, most) = (0, 0, 0, 0);
        for (var kill = 0; kill < Kills; kill++)
        {
            var before = run.Finished();
            var (host, launch) = ((int)(random.NextUInt64() % 3)) switch { 0 => (true, false), 1 => (false, true), _ => (true, true) };
            var moment = (Moment)(int)(random.NextUInt64() % 3);
            using (var running = run.Start())
            {
                WaitFor(run, running, moment, (int)(random.NextUInt64() % LongestWaitMs), before.Count);
                KilledRun.End(running, host, launch);
                (hosts, launches) = (hosts + (host ? 1 : 0), launches + (launch ? 1 : 0));
                _ = running.Wait();
            }

            run.WaitForSilence();
            var after = run.Finished();
            Assert.That(after, Is.SupersetOf(before), $"kill {kill}: {moment}, host {host}, launch {launch}");
            most = Math.Max(most, after.Count);
            if (run.Run is { } folderOfRun)
            {
                CheckReport(folderOfRun, after);
                if (folderOfRun.ReadPlan().Complete)
                {
                    completed++;
                    run.Clear();
                }
            }
        }

        TestContext.Out.WriteLine(
            $"{Kills} kills, {hosts} of the program and {launches} of launches; {completed} runs came to their end in between.");
        Assert.That(most, Is.Positive, "launches were finished between kills");
    }

    [Test]
    public void Run_KilledAndResumed_MeasuresExactlyWhatWasMissing()
    {
        using var folder = new TemporaryFolder();
        var run = Four(folder);
        using (var running = run.Start())
        {
            WaitFor(run, running, Moment.AfterARecord, 0, 0);
            KilledRun.End(running, host: true, launch: true);
            _ = running.Wait();
        }

        run.WaitForSilence();
        var kept = run.Run!.Launches.ReadAll().Where(record => record.IsFinished)
            .ToDictionary(record => record.Round, record => record.EndedUtc);
        Assert.That(kept, Has.Count.InRange(1, 3));

        using var resumed = run.Start();
        var result = resumed.Wait();

        Assert.That(result.ExitCode, Is.Zero, result.Output + result.Error);
        var records = run.Run!.Launches.ReadAll();
        Assert.That(records.Select(record => record.Round), Is.EquivalentTo([1, 2, 3, 4]));
        Assert.That(records.Where(record => kept.ContainsKey(record.Round)).Select(record => record.EndedUtc), Is.EquivalentTo(kept.Values),
            "what was measured is left alone");
        Assert.That(run.Run!.ReadManifest().Cells.Single().TaskMetric!.Value, Is.EqualTo(0.75));
        Assert.That(Directory.Exists(Path.Combine(run.Run!.Path, ".work")), Is.False);
    }

    [Test]
    public void Resume_AnotherModelFile_SaysWhatIsNotTheSame()
    {
        using var folder = new TemporaryFolder();
        var run = Four(folder);
        using (var running = run.Start())
        {
            WaitFor(run, running, Moment.AfterARecord, 0, 0);
            KilledRun.End(running, host: true, launch: true);
            _ = running.Wait();
        }

        run.WaitForSilence();
        var before = run.Finished();
        UserModels.Write(folder, "good", UserModels.Onnx("Neg"));
        using var resumed = run.Start();
        var result = resumed.Wait();

        Assert.That(result.ExitCode, Is.EqualTo(4));
        Assert.That(result.Output, Does.Contain("the files of good changed since the run was started: found fp32="));
        Assert.That(run.Finished(), Is.EquivalentTo(before));
    }

    [Long]
    [Test]
    public void Run_DiskFullInTheMiddle_KeepsFinishedLaunchesAndGoesOnWhenThereIsSpace()
    {
        using var folder = new TemporaryFolder();
        using var small = SmallFileSystem.Mount(folder.File("runs"), "size=2m");
        var run = Four(folder);
        using (var running = run.Start())
        {
            WaitFor(run, running, Moment.AfterARecord, 0, 0);
            small.Fill();
            var result = running.Wait();

            Assert.That(result.ExitCode, Is.EqualTo(4), result.Output + result.Error);
            Assert.That(result.Error, Does.Contain("space").IgnoreCase);
            Assert.That(result.Error, Does.Not.Contain("   at "), "no stack trace");
        }

        run.WaitForSilence();
        var kept = run.Finished();
        Assert.That(kept, Is.Not.Empty);
        CheckReport(run.Run!, kept);

        small.Empty();
        using var resumed = run.Start();
        var end = resumed.Wait();
        Assert.That(end.ExitCode, Is.Zero, end.Output + end.Error);
        Assert.That(run.Finished(), Is.SupersetOf(kept).And.Count.EqualTo(4));
    }

    [Test]
    public void Run_FolderReadOnlyInTheMiddle_KeepsFinishedLaunches()
    {
        using var folder = new TemporaryFolder();
        var run = Four(folder);
        using (var running = run.Start())
        {
            WaitFor(run, running, Moment.AfterARecord, 0, 0);
            using (SmallFileSystem.Mount(run.Run!.Launches.Path, "ro"))
            {
                var result = running.Wait();

                Assert.That(result.ExitCode, Is.EqualTo(4), result.Output + result.Error);
                Assert.That(result.Error, Does.Contain("ead-only"));
            }
        }

        run.WaitForSilence();
        Assert.That(run.Finished(), Is.Not.Empty);
        CheckReport(run.Run!, run.Finished());
    }

    [Long]
    [Test]
    public void Run_WorkFolderThatCannotBeDeleted_LosesNothing()
    {
        using var folder = new TemporaryFolder();
        var run = Four(folder);
        using var running = run.Start();
        WaitFor(run, running, Moment.AfterARecord, 0, 0);
        using (SmallFileSystem.Mount(Path.Combine(run.Run!.Path, ".work", "held"), "size=20k"))
        {
            var result = running.Wait();

            Assert.That(result.ExitCode, Is.Zero, result.Output + result.Error);
            Assert.That(run.Run!.ReadPlan().Complete);
            Assert.That(run.Finished(), Has.Count.EqualTo(4));
        }
    }

    /// <summary>A run of four short launches.</summary>
    private static KilledRun Four(TemporaryFolder folder) => new(
        folder, "--profile", "smoke", "--launches", "4", "--models", UserModels.Write(folder, "good", UserModels.Onnx("Abs")),
        "--backends", "ort-cpu", "--precisions", "fp32");

    /// <summary>The report made afterwards shows every launch that was finished.</summary>
    private static void CheckReport(RunFolder folder, IReadOnlySet<string> finished)
    {
        var report = ReportBuilder.Build([folder], new RunPrice(PriceCatalogue.BuiltIn()));
        foreach (var row in report.Models.SelectMany(model => model.Rows))
        {
            var expected = finished.Count(name => name.StartsWith(row.CellId.FileName, StringComparison.Ordinal));
            Assert.That(row.Latency?.Launches ?? 0, Is.EqualTo(expected), row.CellId.ToString());
        }

        Assert.That(MarkdownReport.Write(report), Does.Contain("# What a million images cost"));
    }

    private static void WaitFor(KilledRun run, HostProgram.Running running, Moment moment, int milliseconds, int finished)
    {
        if (moment == Moment.AnyTime)
        {
            Thread.Sleep(milliseconds);
            return;
        }

        while (!running.HasEnded && !HasCome())
        {
            Thread.Sleep(1);
        }

        bool HasCome() => moment == Moment.AfterARecord
            ? run.Run is { } folder && Count(folder.Launches.Path, "*_r*.json") > finished
            : run.Run is { } written && (Count(written.Launches.Path, "*.partial") > 0 || Count(written.OutputsPath, "*.partial") > 0);
    }

    private static int Count(string folder, string pattern) => Directory.Exists(folder) ? Directory.GetFiles(folder, pattern).Length : 0;
}
