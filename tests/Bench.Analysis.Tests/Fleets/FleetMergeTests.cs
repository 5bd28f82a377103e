using Bench.Analysis.Comparison;
using Bench.Analysis.Cost;
using Bench.Analysis.Fleets;
using Bench.Analysis.Measurements;
using Bench.Analysis.Reports;
using Bench.Analysis.Runs;
using Bench.Analysis.Statistics;
using Bench.Analysis.Tests.Runs;

namespace Bench.Analysis.Tests.Fleets;

/// <summary>What counts of a kind of machine becomes one run, in which nodes are what is repeated.</summary>
public class FleetMergeTests
{
    private static readonly FleetManifest Fleet = FleetPlan.Of(
        new FleetMatrix { Models = ["tiny"], Machines = [new MachineKind { Name = "any", Replicates = 3 }] },
        new FleetProgram(FleetFixture.Digest));

    private TemporaryFolder _folder = null!;

    private FleetFolder Results => new(_folder.File("results"));

    [SetUp]
    public void Create()
    {
        _folder = new TemporaryFolder();
        Directory.CreateDirectory(_folder.File("runs"));
        Leave().WorkAll();
    }

    [TearDown]
    public void Delete() => _folder.Dispose();

    [Test]
    public void WriteAll_ThreeNodes_IsOneRunWithTheLaunchesOfAll()
    {
        var run = MeasuredRun.Read(Merge("runs"));
        var cell = run.Manifest.Cells.Single(cell => cell.Status == CellStatus.Measured);

        Assert.That(run.Manifest.Nodes, Is.EqualTo(["n0", "n1", "n2"]));
        Assert.That(run.Manifest.Machine.Name, Is.EqualTo("any"));
        Assert.That(run.TimingsOf(cell)!.Launches.Select(launch => (launch.Round, launch.Node)), Is.EqualTo([
            (1, "n0"), (2, "n0"), (3, "n0"), (4, "n1"), (5, "n1"), (6, "n1"), (7, "n2"), (8, "n2"), (9, "n2")]));
        Assert.That(cell.OutputImages, Is.EqualTo(LaunchFixture.Images));
    }

    [Test]
    public void WriteAll_ThreeNodes_IntervalsAreOverNodes()
    {
        var run = MeasuredRun.Read(Merge("runs"));
        var timings = run.TimingsOf(run.Manifest.Cells.Single(cell => cell.Status == CellStatus.Measured))!;
        var (latency, throughput) = (LatencyEstimate.From(timings), ThroughputEstimate.From(timings));

        // Student's t with two degrees of freedom, over the means 10.22, 10.72 and 11.22.
        Assert.That((latency.Launches, latency.Nodes), Is.EqualTo((9, 3)));
        Assert.That(latency.MeanMs, Is.EqualTo(10.72).Within(1e-9));
        Assert.That(latency.MeanInterval!.Upper - latency.MeanMs, Is.EqualTo(9.924843 * 0.5 / Math.Sqrt(3)).Within(1e-5));
        Assert.That(throughput.ImageInterval!.Upper, Is.EqualTo(latency.MeanInterval.Upper).Within(1e-9));
    }

    [Test]
    public void WriteAll_Files_FitTheSchemas()
    {
        var run = Merge("runs");
        // Without outputs, whose names the fixture makes up.
        var launches = run.Launches.ReadAll();
        foreach (var launch in launches)
        {
            run.Launches.Write(launch with { Outputs = null }, run.Launches.ReadLatencies(launch.Name));
        }

        Assert.That(Faults("run", run.ManifestPath), Is.Empty);
        Assert.That(launches, Has.Count.EqualTo(3 * NodeRuns.Rounds));
        foreach (var record in Directory.GetFiles(run.Launches.Path, "*.json"))
        {
            Assert.That(Faults("launch", record), Is.Empty, record);
        }
    }

    [Test]
    public void WriteAll_OtherOrderOfArrival_IsTheSameToTheByte()
    {
        var first = Merge("first");
        // Folders are made anew in another order.
        var moved = new FleetFolder(_folder.File("moved"));
        Directory.CreateDirectory(moved.Path);
        foreach (var unit in Fleet.Units.Reverse())
        {
            Directory.Move(Results.Of(unit.Id).Path, moved.Of(unit.Id).Path);
        }

        var second = FleetMerge.WriteAll(FleetCollection.Of(Fleet, [moved, Results]), _folder.File("second")).Single();

        Assert.That(FolderDigest.OfFiles(second.Path), Is.EqualTo(FolderDigest.OfFiles(first.Path)));
        Assert.That(Report(second), Is.EqualTo(Report(first)));
    }

    /// <summary>Some pieces of work, in any order of arrival and in any number of folders: the report is the same to the byte.</summary>
    [FsCheck.NUnit.Property(MaxTest = 20)]
    public void WriteAll_SomePiecesInAnyOrder_IsTheSameToTheByte(int seed)
    {
        using var place = new TemporaryFolder();
        var random = new Random(seed);
        var some = Fleet.Units.Where(_ => random.Next(3) > 0).ToArray();
        FleetFolder[] plain = [new(place.File("plain"))];
        FleetFolder[] mixed = [new(place.File("one")), new(place.File("other")), new(place.File("none"))];
        Copy(some, _ => plain[0]);
        random.Shuffle(some);
        Copy(some, _ => mixed[random.Next(2)]);
        random.Shuffle(mixed);

        Assert.That(Written(mixed, "a"), Is.EqualTo(Written(plain, "b")));

        string Written(FleetFolder[] folders, string name)
        {
            var target = Directory.CreateDirectory(place.File(name)).FullName;
            var collection = FleetCollection.Of(Fleet, folders);
            var runs = FleetMerge.WriteAll(collection, target);
            return FleetCollectionText.Markdown(collection) + string.Concat(runs.Select(Report))
                + string.Join('\n', FolderDigest.OfFiles(target).Select(file => $"{file.Key} {file.Value}"));
        }

        void Copy(FleetUnit[] units, Func<FleetUnit, FleetFolder> to)
        {
            foreach (var unit in units)
            {
                FolderCopy.Make(Results.Of(unit.Id).Path, to(unit).Of(unit.Id).Path);
            }
        }
    }

    [Test]
    public void WriteAll_FolderOfSomethingElse_IsNotTouched()
    {
        var other = Directory.CreateDirectory(Path.Combine(_folder.File("runs"), "any")).FullName;
        File.WriteAllText(Path.Combine(other, "mine.txt"), "mine");

        Assert.That(() => Merge("runs"), Throws.TypeOf<IOException>().With.Message.Contains("no run that a fleet was collected into"));
        Assert.That(File.Exists(Path.Combine(other, "mine.txt")));
    }

    [Test]
    public void WriteAll_NothingOfAKindAnyMore_TakesItsRunAway()
    {
        var before = Merge("runs");
        Directory.Delete(Results.Path, recursive: true);

        Assert.That(FleetMerge.WriteAll(FleetCollection.Of(Fleet, [Results]), _folder.File("runs")), Is.Empty);
        Assert.That(Directory.Exists(before.Path), Is.False);
    }

    [Test]
    public void Report_ThreeNodes_SaysHowTheyDiffer()
    {
        Assert.That(Report(Merge("runs")), Does.Contain(
            "Put together from what was measured on 3 nodes (n0, n1, n2). Where several of them have measured a model, its intervals are "
            + "over nodes"));
        Assert.That(FleetCollectionText.Markdown(FleetCollection.Of(Fleet, [Results])), Is.EqualTo(
            "\n## The fleet\n\n3 of 3 pieces of work count.\n- `any`: 3 runs on 3 nodes. They differ most in tiny/ort-cpu/fp32/linux-x64: "
            + "by 9.8 % in the mean time on 3 nodes; what launches do not explain of it has a standard deviation of 4.6 %. "
            + "Their outputs are the same.\n"));
    }

    [Test]
    public void Findings_NodeWhoseOutputsDiffer_SayByHowMuch()
    {
        Again(2, (run, _) => NodeRuns.WriteLaunches(run, outputOffset: 0.25f));

        Assert.That(FleetCollection.Of(Fleet, [Results]).Findings.Single().Sentence, Does.EndWith(
            " Their outputs differ in 1 of 1 cell, most in tiny/ort-cpu/fp32/linux-x64: in 6 of 6 images, by 0.25 at most (n0 and n2)."));
    }

    /// <summary>What failed on one node, and not on others, takes nothing away from them; it is named, and the fleet is not complete.
    /// </summary>
    [Test]
    public void WriteAll_CellThatFailedOnANode_IsThatOfTheOthersAndNamed()
    {
        foreach (var index in Enumerable.Range(0, 3))
        {
            Again(index, NodeRuns.WriteTwoCells(failed: index == 1 ? LaunchFixture.Half : null));
        }

        var collection = FleetCollection.Of(Fleet, [Results]);
        var run = MeasuredRun.Read(Merge("runs"));
        var cell = run.Manifest.Cells.Single(cell => cell.Id == CellId.Parse(LaunchFixture.Half));

        Assert.That(collection.Faults, Is.EqualTo(["1 (any, tiny, replicate 2): counts, but on n1 was not measured: "
            + "tiny/ort-cpu/fp16/linux-x64 (It fell over)."]));
        Assert.That(run.TimingsOf(cell)!.Launches.Select(launch => launch.Node).Distinct(), Is.EqualTo(["n0", "n2"]));
        Assert.That((cell.Status, cell.Warnings.Count), Is.EqualTo((CellStatus.Measured, 0)));
    }

    /// <summary>What one node of several has measured says nothing of how nodes differ in it, however many launches it has.</summary>
    [Test]
    public void WriteAll_CellThatOneNodeHas_HasNoInterval()
    {
        Again(0, NodeRuns.WriteTwoCells());
        Again(1, NodeRuns.WriteTwoCells(failed: LaunchFixture.Half));
        Again(2, NodeRuns.WriteTwoCells(failed: LaunchFixture.Half));

        var run = MeasuredRun.Read(Merge("runs"));
        var latency = LatencyEstimate.From(run.TimingsOf(run.Manifest.Cells.Single(cell => cell.Id == CellId.Parse(LaunchFixture.Half)))!);

        Assert.That((latency.Launches, latency.Nodes), Is.EqualTo((3, 1)));
        Assert.That((latency.MeanInterval, latency.P50Interval), Is.EqualTo(((ConfidenceInterval?)null, (ConfidenceInterval?)null)));
    }

    /// <summary>A model that one node has measured is as in any run: its launches are what is repeated.</summary>
    [Test]
    public void WriteAll_OneNode_IsARunOfLaunches()
    {
        Directory.Delete(Results.Path, recursive: true);
        Leave().Work(Fleet.Units[0], "a");

        var run = MeasuredRun.Read(Merge("runs"));
        var latency = LatencyEstimate.From(run.TimingsOf(run.Manifest.Cells.Single(cell => cell.Status == CellStatus.Measured))!);

        Assert.That((latency.Launches, latency.Nodes, latency.MeanInterval is not null), Is.EqualTo((3, 0, true)));
        Assert.That(run.Manifest.Nodes, Is.EqualTo(["a"]));
    }

    /// <summary>Two pieces of work on one node count as one node, not as two thirds of the fleet.</summary>
    [Test]
    public void WriteAll_NodeThatDidTwo_CountsOnce()
    {
        Directory.Delete(Results.Path, recursive: true);
        foreach (var unit in Fleet.Units)
        {
            Leave().Work(unit, unit.Index == 0 ? "a" : "b");
        }

        var run = MeasuredRun.Read(Merge("runs"));
        var timings = run.TimingsOf(run.Manifest.Cells.Single(cell => cell.Status == CellStatus.Measured))!;
        var latency = LatencyEstimate.From(timings);

        // Means of 10.22 on the one, of 10.72 and 11.22 on the other.
        Assert.That(latency.MeanMs, Is.EqualTo((10.22 + 10.97) / 2).Within(1e-9));
        Assert.That((latency.MeanInterval!.Lower + latency.MeanInterval.Upper) / 2, Is.EqualTo(latency.MeanMs).Within(1e-9));
        Assert.That(ThroughputEstimate.From(timings).ImageMs, Is.EqualTo(latency.MeanMs).Within(1e-9));
    }

    [Test]
    public void Compare_RunsOfSeveralNodes_TakesNodesForLaunches()
    {
        var run = MeasuredRun.Read(Merge("runs"));
        var side = SideBenchmark.Of(run, run.Manifest.Cells.Single(cell => cell.Status == CellStatus.Measured));

        Assert.That(
            side.Launches.Select(launch => launch.Count),
            Is.EqualTo(Enumerable.Repeat(NodeRuns.Rounds * LaunchFixture.Requests, 3)));
        Assert.That(side.Rounds, Has.Count.EqualTo(3).And.Unique);
        Assert.That(
            Comparer.Compare(run.Folder.Path, run.Folder.Path, new ComparisonOptions { Price = new RunPrice(PriceCatalogue.BuiltIn()) })
                .Remarks,
            Has.Some.Contains("what is called a launch is all that was measured on one node"));
    }

    /// <summary>Workers that measure: the third node is a tenth slower than the first.</summary>
    private FleetResults Leave(Action<RunFolder, FleetUnit>? write = null) => new(Fleet, Results, (path, unit) =>
    {
        var run = LaunchFixture.Create(path, LaunchFixture.Plain);
        (write ?? ((folder, _) => NodeRuns.WriteLaunches(folder, 10 + (0.5 * unit.Index))))(run, unit);
        run.WriteManifest(FleetResults.Told(run.ReadPlan(), unit) with { Complete = true });
    });

    /// <summary>Does a piece of work anew.</summary>
    private void Again(int index, Action<RunFolder, FleetUnit> write)
    {
        var unit = Fleet.Units[index];
        Directory.Delete(Results.Of(unit.Id).Path, recursive: true);
        Leave(write).Work(unit, $"n{index}");
    }

    private RunFolder Merge(string folder)
    {
        Directory.CreateDirectory(_folder.File(folder));
        return FleetMerge.WriteAll(FleetCollection.Of(Fleet, [Results]), _folder.File(folder)).Single();
    }

    private static string Report(RunFolder run) =>
        MarkdownReport.Write(ReportBuilder.Build([run], new RunPrice(PriceCatalogue.BuiltIn())));

    private static IReadOnlyList<string> Faults(string schema, string path) => JsonSchemaCheck.Faults(
        Repository.File("src", "Bench.Analysis", "Runs", $"{schema}.schema.json"), File.ReadAllText(path));
}
