using Bench.Analysis.Cost;
using Bench.Analysis.Input;
using Bench.Analysis.Measurements;
using Bench.Analysis.Reports;
using Bench.Analysis.Runs;

namespace Bench.Analysis.Tests.Runs;

public class RunAssemblyTests
{
    private TemporaryFolder _temporary = null!;
    private RunFolder _run = null!;

    [SetUp]
    public void Create()
    {
        _temporary = new TemporaryFolder();
        _run = LaunchFixture.Create(_temporary.File("run"), LaunchFixture.Plain, LaunchFixture.Half);
    }

    [TearDown]
    public void Delete() => _temporary.Dispose();

    [Test]
    public void ReadManifest_CompleteRun_HasWhatItsLaunchesMeasured()
    {
        LaunchFixture.WriteLaunches(_run, LaunchFixture.Plain, 3);
        _run.Launches.Write(new InspectionRecord
        {
            Cell = CellId.Parse(LaunchFixture.Plain),
            EffectivePrecision = "tf32",
            NodesElsewhere = [new NodeFacts("Shape", "CPUExecutionProvider", 3)],
        });
        LaunchFixture.Complete(_run);

        var cell = Cell(LaunchFixture.Plain);

        Assert.That((cell.Status, cell.Reason), Is.EqualTo((CellStatus.Measured, (string?)null)));
        Assert.That(
            (cell.Engine, cell.Threads, cell.EffectivePrecision, cell.Iterations), Is.EqualTo(("onnxruntime 1.30.0", 2, "tf32", 15)));
        Assert.That(cell.Launches.Select(launch => launch.Round), Is.EqualTo([1, 2, 3]));
        Assert.That(cell.NodesElsewhere, Has.Count.EqualTo(1));
        Assert.That(cell.TaskMetric!.Graded, Is.EqualTo([0.5, 0.51, 0.52, 0.53, 0.54, 0.55]).Within(1e-15));
        Assert.That(cell.TaskMetric.Value, Is.EqualTo(4 / 6.0));
        Assert.That(cell.OutputShares, Has.Count.EqualTo(3));
        Assert.That(cell.Warnings, Is.Empty);
        Assert.That(MeasuredRun.Read(_run).TimingsOf(cell)!.Launches.Select(launch => launch.LatenciesMs),
            Is.EqualTo(new[] { 1, 2, 3 }.Select(round => LaunchFixture.Latencies(round))));
    }

    [Test]
    public void ReadManifest_RunThatWasKilled_HasTheLaunchesThatAreThere()
    {
        LaunchFixture.Write(_run, LaunchFixture.Record(LaunchFixture.Plain, 2, LaunchFixture.Share(_run, [1, 3], 0)));

        var run = MeasuredRun.Read(_run);

        Assert.That(run.Manifest.Complete, Is.False);
        Assert.That(_run.ReadPlan().Cells[0].Status, Is.EqualTo(CellStatus.Pending), "what run.json says is what was planned");
        var cell = Cell(LaunchFixture.Plain);
        Assert.That((cell.Status, cell.TaskMetric), Is.EqualTo((CellStatus.Measured, (TaskMetricFacts?)null)));
        Assert.That(cell.Warnings, Is.EqualTo(
            ["outputs of 2 of 6 images only: launches are missing, so there is no task metric."]));
        Assert.That(run.TimingsOf(cell)!.Launches.Select(launch => launch.Round), Is.EqualTo([2]));
        Assert.That(run.LatencyOf(cell)!.MeanMs, Is.EqualTo(10.22).Within(1e-12));
        Assert.That(Cell(LaunchFixture.Half), Has.Property("Status").EqualTo(CellStatus.Pending), "nothing of it was measured");
    }

    [Test]
    public void Report_RunThatWasKilled_ShowsWhatWasMeasured()
    {
        LaunchFixture.WriteLaunches(_run, LaunchFixture.Plain, 3);

        var report = MarkdownReport.Write(ReportBuilder.Build([_run], new RunPrice(PriceCatalogue.BuiltIn())));

        Assert.That(report, Does.Contain("**Incomplete"));
        Assert.That(report.Split('\n'), Has.Some.Contains("ort-cpu").And.Some.Contains("| 10.22 "));
    }

    [Test]
    public void ReadManifest_CellOfWhichOnlyTheInspectionIsThere_WasInterrupted()
    {
        _run.Launches.Write(new InspectionRecord { Cell = CellId.Parse(LaunchFixture.Plain) });

        var cell = Cell(LaunchFixture.Plain);

        Assert.That((cell.Status, cell.Reason),
            Is.EqualTo((CellStatus.Pending, "the run was interrupted before this cell had a whole launch.")));
    }

    [Test]
    public void ReadManifest_CellWithoutARecordInACompleteRun_HasFailed()
    {
        _run.Launches.Write(new InspectionRecord { Cell = CellId.Parse(LaunchFixture.Plain) });
        LaunchFixture.Complete(_run);

        var cell = Cell(LaunchFixture.Plain);

        Assert.That((cell.Status, cell.Reason),
            Is.EqualTo((CellStatus.Failed, "no launch left a record of this cell; see bdn/benchmark.log.")));
    }

    [Test]
    public void ReadManifest_LaunchThatFailed_FailsItsCellWithItsSentence()
    {
        LaunchFixture.WriteLaunches(_run, LaunchFixture.Plain, 2);
        LaunchFixture.Write(_run, LaunchFixture.Failed(LaunchFixture.Plain, 3, "the network gave NaN."));
        LaunchFixture.WriteLaunches(_run, LaunchFixture.Half, 3);

        var cell = Cell(LaunchFixture.Plain);

        Assert.That((cell.Status, cell.Reason), Is.EqualTo((CellStatus.Failed, "the network gave NaN.")));
        Assert.That(Cell(LaunchFixture.Half).Status, Is.EqualTo(CellStatus.Measured));
    }

    [TestCase(LaunchFailure.OfProcess)]
    [TestCase("System.IO.IOException")]
    public void ReadManifest_LaunchThatWasKilled_KeepsThoseThatWereFinished(string type)
    {
        LaunchFixture.WriteLaunches(_run, LaunchFixture.Plain, 2);
        LaunchFixture.Write(_run, LaunchFixture.Failed(LaunchFixture.Plain, 3, "killed by signal 9.", type));

        var cell = Cell(LaunchFixture.Plain);

        Assert.That((cell.Status, cell.Launches.Count), Is.EqualTo((CellStatus.Measured, 2)));
        Assert.That(cell.Warnings, Has.Some.EqualTo("launch 3 failed, and none was made after it: killed by signal 9."));
    }

    [Test]
    public void Write_FailureOfALaunchThatWasFinished_LeavesWhatWasMeasured()
    {
        LaunchFixture.WriteLaunches(_run, LaunchFixture.Plain, 2);

        _run.Launches.Write(LaunchFixture.Failed(LaunchFixture.Plain, 2, "the driver could not be closed."), []);

        Assert.That(Cell(LaunchFixture.Plain).Launches.Select(launch => launch.Round), Is.EqualTo([1, 2]));
    }

    [Test]
    public void ReadManifest_InspectionThatFailed_FailsItsCell()
    {
        _run.Launches.Write(new InspectionRecord
        {
            Cell = CellId.Parse(LaunchFixture.Plain),
            Failure = new LaunchFailure("Conv ran on the processor.", "InferenceException"),
        });

        var cell = Cell(LaunchFixture.Plain);

        Assert.That((cell.Status, cell.Reason), Is.EqualTo((CellStatus.Failed, "Conv ran on the processor.")));
    }

    [Test]
    public void ReadManifest_MasksThatAreAllEmpty_AreInDoubt()
    {
        var share = LaunchFixture.Share(_run, [0, 1, 2, 3, 4, 5], 0);
        LaunchFixture.Write(_run, LaunchFixture.Record(LaunchFixture.Plain, 1, share with { Inside = [0, 0, 0, 0, 0, 0] }));

        Assert.That(Cell(LaunchFixture.Plain).Warnings, Has.One.StartsWith("every mask is empty"));
    }

    [Test]
    public void ReadManifest_ComplaintsOfSeveralLaunches_AreOneOfEachKind()
    {
        LaunchFixture.WriteLaunches(_run, LaunchFixture.Plain, 3);
        Say(1, new Complaint("node 12 is slow", 2), new Complaint("no space", 1));
        Say(3, new Complaint("node 13 is slow", 5), new Complaint("at 0xFFEE", 7));

        Assert.That(Cell(LaunchFixture.Plain).Complaints, Is.EquivalentTo(
            [new Complaint("node 12 is slow", 7), new Complaint("at 0xFFEE", 7), new Complaint("no space", 1)]));

        void Say(int round, params Complaint[] complaints) =>
            _run.Launches.Write(LaunchFixture.Name(LaunchFixture.Plain, round), new SpokenRecord(complaints));
    }

    [Test]
    public void ReadManifest_CellThatCannotRunHere_IsAsItWasPlanned()
    {
        LaunchFixture.WriteLaunches(_run, LaunchFixture.Plain, 1);
        LaunchFixture.Complete(_run);

        var cell = Cell(LaunchFixture.Missing);

        Assert.That((cell.Status, cell.Reason), Is.EqualTo((CellStatus.Unavailable, "no GPU here; install one")));
    }

    [Test]
    public void ReadManifest_SoftwareDeviceOrCompatibilityLayer_IsNotComparable()
    {
        var record = LaunchFixture.Record(LaunchFixture.Plain, 1);
        LaunchFixture.Write(_run, record with { Session = record.Session! with { Device = "SwiftShader", IsSoftwareDevice = true } });
        LaunchFixture.Write(_run, LaunchFixture.Record(LaunchFixture.Half, 1) with
        {
            Session = record.Session with { CompatibilityLayer = "Wine 8.0" },
        });

        Assert.That(Cell(LaunchFixture.Plain).NotComparable, Does.StartWith("measured on SwiftShader, "));
        Assert.That(Cell(LaunchFixture.Half).NotComparable, Does.StartWith("measured under Wine 8.0, "));
    }

    [Test]
    public void ReadManifest_LaunchesUnderALoad_AreNotThoseOfTheClosedOne()
    {
        LaunchFixture.WriteLaunches(_run, LaunchFixture.Plain, 1);
        LaunchFixture.Write(_run, LaunchFixture.Record(LaunchFixture.Plain, 2) with { LoadText = "~120rps" });

        Assert.That(Cell(LaunchFixture.Plain).Launches.Select(launch => launch.Round), Is.EqualTo([1]));
    }

    [Test]
    public void WriteManifest_WhatWasAssembled_LeavesTheRecordsToTell()
    {
        LaunchFixture.WriteLaunches(_run, LaunchFixture.Plain, 2);
        _run.WriteManifest(_run.ReadManifest() with { Complete = true });

        Assert.That(_run.ReadPlan().Cells[0], Has.Property("Launches").Empty.And.Property("TaskMetric").Null);
        Assert.That(Cell(LaunchFixture.Plain).Launches, Has.Count.EqualTo(2));
        Assert.That(
            JsonSchemaCheck.Faults(
                Repository.File("src", "Bench.Analysis", "Runs", "run.schema.json"), File.ReadAllText(_run.ManifestPath)),
            Is.Empty);
    }

    [Test]
    public void Read_LaunchWithOtherLatenciesThanItsRecordSays_IsRefused()
    {
        _run.Launches.Write(LaunchFixture.Record(LaunchFixture.Plain, 1), [1, 2, 3]);

        Assert.That(() => MeasuredRun.Read(_run), Throws.TypeOf<RunFormatException>().With.Message.StartsWith(
            _run.Launches.LatenciesPath(LaunchFixture.Name(LaunchFixture.Plain, 1))).And.Message.Contains(
            "found 3 latencies; the launch's record says 5."));
    }

    [Test]
    public void Read_RecordWithoutItsLatencies_IsRefused()
    {
        LaunchFixture.WriteLaunches(_run, LaunchFixture.Plain, 1);
        File.Delete(_run.Launches.LatenciesPath(LaunchFixture.Name(LaunchFixture.Plain, 1)));

        Assert.That(() => MeasuredRun.Read(_run), Throws.TypeOf<RunFormatException>().With.Message.Contains("_r1.npy: "));
    }

    [Test]
    public void Read_LatenciesAndPartsOfFilesThatNoRecordSpeaksOf_DoNotCount()
    {
        LaunchFixture.WriteLaunches(_run, LaunchFixture.Plain, 1);
        foreach (var name in new[] { "x_r9.npy", "x_r9.json.77.partial", "x_r9.outputs.partial" })
        {
            File.WriteAllText(Path.Combine(_run.Launches.Path, name), "{");
        }

        Assert.That(MeasuredRun.Read(_run).TimingsOf(Cell(LaunchFixture.Plain))!.Launches, Has.Count.EqualTo(1));
    }

    [Test]
    public void ReadManifest_RunOfVersion1_IsLeftAlone()
    {
        var folder = RunFixture.Create(_temporary.Path);
        LaunchFixture.Write(folder, LaunchFixture.Failed(RunFixture.CellIds[0], 1, "must not be read."));

        Assert.That(folder.ReadManifest().Cells[0].Status, Is.EqualTo(CellStatus.Measured));
        Assert.That(MeasuredRun.Read(folder).TimingsOf(folder.ReadManifest().Cells[0])!.Count, Is.EqualTo(200));
    }

    private CellFacts Cell(string id) => _run.ReadManifest().Cells.Single(cell => cell.Id.ToString() == id);
}
