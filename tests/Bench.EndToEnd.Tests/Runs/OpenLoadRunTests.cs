using Bench.Analysis.Cost;
using Bench.Analysis.Reports;
using Bench.Analysis.Runs;
using Bench.Analysis.Statistics.Queueing;
using Bench.EndToEnd.Tests.Cli;

namespace Bench.EndToEnd.Tests.Runs;

/// <summary>Requests that arrive at a rate, with the real program and engine, on a network of a few bytes.</summary>
public class OpenLoadRunTests
{
    [Long]
    [Test]
    public void Run_RateThatIsMet_HasARowAndRecordsThatAreAsTheirSchemasSay()
    {
        using var folder = new TemporaryFolder();

        var result = Run(folder, "--rate", "300", "--limit", "1s", "--quantile", "p90", "--budget", "60s", "--usd-per-hour", "3.6");

        Assert.That(result.ExitCode, Is.Zero, result.Output + result.Error);
        var run = SingleRun(folder);
        var cells = run.ReadManifest().Cells;
        Assert.That(cells.Select(cell => cell.OpenLoad?.RequestsPerSecond), Is.EqualTo([(double?)null, 300]));
        Assert.That(cells.Select(cell => cell.Status), Is.All.EqualTo(CellStatus.Measured));
        var open = cells[1].Launches;
        Assert.That(open.Select(launch => launch.Round), Is.EqualTo([1, 2, 3]));
        Assert.That(open.Select(launch => launch.Open!.IsOverloaded), Is.All.False);
        Assert.That(open.Sum(launch => launch.Open!.Cycles.Requests), Is.InRange(300, 1200));
        Assert.That(open.Select(launch => launch.Open!.Seed), Is.Unique);
        Assert.That(cells[1].TaskMetric!.Value, Is.EqualTo(0.75), "outputs are those of the closed load");
        AssertRecords(run);
        foreach (var record in run.Launches.ReadAll().Where(record => !record.Name.Measurement.Load.IsClosed))
        {
            Assert.That(File.Exists(run.Launches.ArrivalsPath(record.Name)), record.Name.ToString());
        }

        var report = File.ReadAllText(run.MarkdownReportPath);
        Assert.That(report,
            Does.Contain("Are at most 10 % of them answered later than 1000 ms after they were due?").And.Match(@"\| +met \|"));
        AssertReadByAll(run);
    }

    [Long]
    [Test]
    public void Run_MoreThanCanBeAnswered_IsOverloadedAndHasNoCost()
    {
        using var folder = new TemporaryFolder();

        var result = Run(folder, "--rate", "1000000", "--limit", "20ms", "--launches", "1", "--usd-per-hour", "3.6");

        Assert.That(result.ExitCode, Is.Zero, "that is an answer: " + result.Output + result.Error);
        var run = SingleRun(folder);
        var cell = run.ReadManifest().Cells.Single(cell => cell.OpenLoad is not null);
        Assert.That(cell.Launches.Single().Open!.Overload, Is.Not.Null);
        AssertRecords(run);
        var report = File.ReadAllText(run.MarkdownReportPath);
        Assert.That(report, Does.Match(@"~1000000rps +\| +– +\| +overloaded +\|").And.Contain("` was overloaded: "));
        AssertReadByAll(run);
    }

    [Long]
    [Test]
    public void Run_BatchesOnSeveralStreams_CountRequestsInTheVerdictAndImagesInTheThroughput()
    {
        using var folder = new TemporaryFolder();

        var result = HostProgram.Run(folder.Path, [
            "--profile", "smoke", "--models", UserModels.Write(folder, "tiny", UserModels.Onnx("Abs", batch: "N")), "--backends", "ort-cpu",
            "--precisions", "fp32", "--output", folder.File("runs"), "--batch", "2", "--streams", "2", "--threads", "1", "--rate", "300",
            "--limit", "1s", "--quantile", "p90", "--budget", "60s"]);

        Assert.That(result.ExitCode, Is.AnyOf(0, 3), "on a busy machine so few requests may show nothing: " + result.Output + result.Error);
        var run = SingleRun(folder);
        var row = ReportBuilder.Build([run], new RunPrice(PriceCatalogue.BuiltIn())).Models.Single().Rows
            .Single(row => row.Open is not null);
        Assert.That((row.CellId.Batch, row.CellId.Streams), Is.EqualTo((2, 2)));
        Assert.That(row.Open!.Verdict, Is.EqualTo(result.ExitCode == 0 ? LateVerdict.Met : LateVerdict.Undecided));
        // As many as were drawn: about 300 requests a second, with two images in each.
        Assert.That(row.Throughput!.ImagesPerSecond, Is.EqualTo(2 * row.Open.OfferedRate).Within(2).Percent);
        Assert.That(row.Facts.Launches.Sum(launch => launch.Requests), Is.EqualTo(row.Open.Requests).Within(10).Percent);
        AssertRecords(run);
        AssertReadByAll(run);
    }

    [Long]
    [Test]
    public void Run_RateWithoutLimit_HasLatenciesAndNoVerdict()
    {
        using var folder = new TemporaryFolder();

        var result = Run(folder, "--rate", "100", "--launches", "1");

        Assert.That(result.ExitCode, Is.Zero, result.Output + result.Error);
        var facts = SingleRun(folder).ReadManifest().Cells[1].Launches.Single().Open!;
        Assert.That(facts.Cycles, Is.EqualTo(default(CycleSums)));
        Assert.That(facts.InTime, Is.Positive);
        Assert.That(File.ReadAllText(SingleRun(folder).MarkdownReportPath), Does.Contain("Latency counts from when a request was due."));
    }

    [Test]
    public void Run_LimitBelowARequest_IsAnsweredWithoutMeasuring()
    {
        using var folder = new TemporaryFolder();

        var result = Run(folder, "--rate", "10", "--find-rate", "--limit", "0.0001ms", "--launches", "1");

        Assert.That(result.ExitCode, Is.EqualTo(1), "no rate meets it: " + result.Output + result.Error);
        var run = SingleRun(folder);
        Assert.That(run.Launches.ReadAll(), Has.Count.EqualTo(1), "the closed load alone");
        Assert.That(run.Launches.ReadBand(run.ReadManifest().Cells[0].Id)!.End, Is.EqualTo(RateSearchEnd.NothingMet));
        Assert.That(File.ReadAllText(run.MarkdownReportPath),
            Does.Contain("~10rps` misses the limit: the limit of 0.0001 ms is below the "));
        AssertRecords(run);
        AssertReadByAll(run);
    }

    [Long]
    [Test]
    public void Run_SearchWithLittleTime_EndsWithWhatIsShown()
    {
        using var folder = new TemporaryFolder();

        var result = Run(folder, "--find-rate", "--limit", "1s", "--quantile", "p90", "--budget", "5s", "--launches", "1");

        var run = SingleRun(folder);
        var band = run.Launches.ReadBand(run.ReadManifest().Cells[0].Id)!;
        Assert.That(result.ExitCode, Is.EqualTo(band.Met is null ? 3 : 0), result.Output + result.Error);
        Assert.That(string.Join(' ', result.Output.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries)),
            Does.Contain("the search ended because ").Or.Contain("lies between"));
        Assert.That(band.Trials, Has.Count.EqualTo(run.Launches.ReadAll().Count(record => !record.Name.Measurement.Load.IsClosed)));
        AssertRecords(run);
        var again = run.ReadManifest();
        Assert.That(again.Cells.Select(cell => cell.Measurement), Is.Unique);
        Assert.That(again.Cells.Select(cell => cell.OpenLoad?.RequestsPerSecond), Is.EqualTo(
            band.Met is { } met ? [(double?)null, met] : new double?[] { null }), "the found rate has a row of its own, once");
        AssertReadByAll(run);
    }

    [Long]
    [Test]
    [Platform("Linux")]
    public void Run_KilledDuringAnOpenLoad_GoesOnWithTheLaunchThatWasLost()
    {
        using var folder = new TemporaryFolder();
        var killed = new KilledRun(folder, "--profile", "smoke", "--models", UserModels.Write(folder, "tiny", UserModels.Onnx("Abs")),
            "--backends", "ort-cpu", "--precisions", "fp32", "--rate", "100", "--limit", "1s", "--quantile", "p90");
        using (var running = killed.Start())
        {
            while (!killed.Finished().Any(name => name.Contains("rps_r1", StringComparison.Ordinal)) && !running.HasEnded)
            {
                Thread.Sleep(20);
            }

            KilledRun.End(running, host: true, launch: true);
            running.Wait();
        }

        killed.WaitForSilence();
        var before = killed.Finished();
        var written = before.ToDictionary(name => name, name => File.GetLastWriteTimeUtc(Path.Combine(
            killed.Run!.Launches.Path, name + ".json")));
        var plan = File.ReadAllText(Directory.GetFiles(killed.Run!.Launches.Path, "*_open.json").Single());
        using var again = killed.Start();
        var result = again.Wait();

        Assert.That(result.ExitCode, Is.Zero, result.Output + result.Error);
        Assert.That(before, Has.Count.LessThan(6), "it was killed before its end");
        Assert.That(killed.Finished(), Has.Count.EqualTo(6).And.SupersetOf(before));
        Assert.That(before.Select(name => File.GetLastWriteTimeUtc(Path.Combine(killed.Run.Launches.Path, name + ".json"))),
            Is.EqualTo(before.Select(name => written[name])), "what was measured stays");
        Assert.That(File.ReadAllText(Directory.GetFiles(killed.Run.Launches.Path, "*_open.json").Single()), Is.EqualTo(plan));
    }

    private static HostProgram.Result Run(TemporaryFolder folder, params string[] arguments) => HostProgram.Run(folder.Path, [
        "--profile", "smoke", "--models", UserModels.Write(folder, "tiny", UserModels.Onnx("Abs")), "--backends", "ort-cpu",
        "--precisions", "fp32", "--output", folder.File("runs"), .. arguments]);

    private static RunFolder SingleRun(TemporaryFolder folder) => new(Directory.GetDirectories(folder.File("runs")).Single());

    /// <summary>Every record is as its schema says.</summary>
    private static void AssertRecords(RunFolder run)
    {
        foreach (var (pattern, schema) in new[]
                 {
                     ("*_r?.json", "launch"), ("*_inspection.json", "inspection"), ("*_open.json", "open-plan"), ("*_band.json", "band"),
                 })
        {
            foreach (var record in Directory.GetFiles(run.Launches.Path, pattern))
            {
                AssertSchema($"{schema}.schema.json", record);
            }
        }

        AssertSchema("run.schema.json", run.ManifestPath);
    }

    private static void AssertSchema(string schema, string file) => Assert.That(JsonSchemaCheck.Faults(
        Repository.File("src", "Bench.Analysis", "Runs", schema), File.ReadAllText(file)), Is.Empty, file);

    /// <summary>What reads runs reads this one, too: it is compared with itself, decided among, and trimmed.</summary>
    private static void AssertReadByAll(RunFolder run)
    {
        var compared = BenchProgram.Run("compare", run.Path, run.Path);
        Assert.That(compared.Code, Is.AnyOf(0, 3), compared.Error + compared.Output);
        var decided = BenchProgram.Run("decide", run.Path, "--limit", "1s", "--quantile", "p90", "--usd-per-hour", "3.6");
        Assert.That(decided.Code, Is.AnyOf(0, 1, 3), decided.Error + decided.Output);
        Assert.That(decided.Output, Does.Not.Contain("~1000000rps"), "an overloaded measurement is no candidate");
        var before = BenchProgram.Run("report", run.Path).Output;
        var trimmed = BenchProgram.Run("trim", run.Path);
        Assert.That(trimmed.Code, Is.Zero, trimmed.Error);
        Assert.That(BenchProgram.Run("report", run.Path).Output, Is.EqualTo(before));
        Assert.That(Directory.GetFiles(run.Launches.Path, "*.arrivals.npy"), Is.Empty);
    }
}
