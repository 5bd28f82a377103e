using Bench.Analysis.Fleets;
using Bench.Analysis.Measurements;
using Bench.Analysis.Runs;
using Bench.Analysis.Tests.Runs;

namespace Bench.Analysis.Tests.Fleets;

/// <summary>What is missing, doubled or foreign is named and never averaged; what is left is the same whatever came first.</summary>
public class FleetCollectionTests
{
    private static readonly FleetManifest Fleet = FleetFixture.Manifest;

    // Made once, since runs have exports; each test has a copy.
    private readonly TemporaryFolder _template = new();
    private TemporaryFolder _folder = null!;

    private FleetFolder Results => new(_folder.File("results"));

    [OneTimeSetUp]
    public void Work() => Leave(new FleetFolder(_template.Path)).WorkAll();

    [OneTimeTearDown]
    public void DeleteTemplate() => _template.Dispose();

    [SetUp]
    public void Create()
    {
        _folder = new TemporaryFolder();
        FolderCopy.Make(_template.Path, Results.Path);
    }

    [TearDown]
    public void Delete() => _folder.Dispose();

    [Test]
    public void Of_EverythingThatWasPlanned_HasNoFault()
    {
        var collection = Collect();

        Assert.That(collection.Faults, Is.Empty);
        Assert.That(collection.Runs.Select(run => run.Unit.Index), Is.EqualTo(Enumerable.Range(0, Fleet.Units.Count)));
    }

    [Test]
    public void Of_OtherOrderOfFolders_IsTheSame()
    {
        var elsewhere = new FleetFolder(_folder.File("elsewhere"));
        Directory.CreateDirectory(elsewhere.Path);
        Directory.Move(Results.Of(Fleet.Units[3].Id).Path, elsewhere.Of(Fleet.Units[3].Id).Path);

        var one = FleetCollection.Of(Fleet, [Results, elsewhere]);
        var other = FleetCollection.Of(Fleet, [elsewhere, Results, Results]);

        Assert.That(FleetCollectionText.Write(other, 120), Is.EqualTo(FleetCollectionText.Write(one, 120)));
        Assert.That(one.Faults, Is.Empty);
    }

    [Test]
    public void Of_NothingOrAFailure_SaysWhyItIsMissing()
    {
        Directory.Delete(Results.Of(Fleet.Units[0].Id).Path, recursive: true);
        Directory.Delete(Results.Of(Fleet.Units[1].Id).Run, recursive: true);
        Leave().Attempt(Fleet.Units[1], "n7", 5, "other programs use 40 % of the machine.");

        Assert.That(Collect().Faults, Is.EqualTo([
            "0 (epyc, inceptionv3, replicate 1): missing: nobody has tried it.",
            "1 (epyc, unet, replicate 1): missing: other programs use 40 % of the machine."]));
    }

    [Test]
    public void Of_TwoResultsOfTheSame_TakesNeither()
    {
        var second = new FleetFolder(_folder.File("second"));
        Leave().Work(Fleet.Units[2], "n9", second);

        var collection = FleetCollection.Of(Fleet, [Results, second]);

        Assert.That(
            collection.Faults.Single(), Does.StartWith("2 (h200, inceptionv3, replicate 1): found 2 results of it; expected one: "));
        Assert.That(collection.Runs.Select(run => run.Unit.Index), Has.None.EqualTo(2));
    }

    /// <summary>Two workers measured it, since one was thought dead: the files tell whose run it is.</summary>
    [Test]
    public void Of_TwoAttemptsThatMeasured_IsOfTheOneWhoseFilesAreThere()
    {
        var unit = Results.Of(Fleet.Units[2].Id);
        var mine = FleetAttempt.Read(unit.AttemptOf(1));
        var others = new Dictionary<string, string> { ["run.json"] = FleetFixture.Digest };
        (mine with { Number = 2, Node = "slow", ExitCode = 4, Files = others }).Write(unit);

        var collection = Collect();

        Assert.That(collection.Faults, Is.Empty);
        Assert.That(collection.Runs[2].Node, Is.EqualTo("n2"));
    }

    [Test]
    public void Of_AnotherProgram_IsNamed()
    {
        Leave().Attempt(Fleet.Units[4], "n4", 0, null, program: new string('f', 64));

        Assert.That(Collect().Faults.Single(), Does.StartWith("4 (h200, inceptionv3, replicate 3): it was measured by another program"));
    }

    [Test]
    public void Of_AnotherCommit_IsNamed() => AssertFault(
        5, run => run with { Git = new GitState(new string('9', 40), false) },
        "5 (h200, unet, replicate 1): another commit than most of all");

    [Test]
    public void Of_AnotherClockPolicy_IsNamed() => AssertFault(
        6, run => run with { Machine = run.Machine with { CpuGovernor = "powersave" } },
        "6 (h200, unet, replicate 2): another clock policy than most of h200: found 'governor powersave");

    [Test]
    public void Of_AnotherDriver_IsNamed() => AssertFault(
        3, run => run with { Machine = run.Machine with { Gpus = [new GpuFacts("Test GPU", "1.2.4")] } },
        "3 (h200, inceptionv3, replicate 2): another set of graphics processors than most of h200: found 'Test GPU (driver 1.2.4)'");

    [Test]
    public void Of_AnotherNetworkOfTheSameName_IsNamed() => AssertFault(
        6, run => run with { Models = [run.Models[0] with { DataSha256 = new string('e', 64) }] },
        "6 (h200, unet, replicate 2): another file of tiny, images than most of unet");

    /// <summary>Kinds are asked for different precisions: not all have all files.</summary>
    [Test]
    public void Of_KindWithAnotherPrecision_Counts()
    {
        foreach (var unit in Fleet.Of("h200"))
        {
            Again(unit.Index, run => run with { Models = [WithFiles(run.Models[0], ("fp16", 'b'))] });
        }

        var collection = Collect();

        Assert.That(collection.Faults, Is.Empty);
        Assert.That(collection.Runs, Has.Count.EqualTo(Fleet.Units.Count));
    }

    /// <summary>Ranges that a node measures differ from one processor to the next; on nodes of a kind they must not.</summary>
    [Test]
    public void Of_IntegersOfAnotherFile_CountBetweenKindsAndNotWithinOne()
    {
        foreach (var unit in Fleet.Units)
        {
            Again(unit.Index, run => run with
            {
                Models = [WithFiles(
                    run.Models[0], ("fp32", 'a'), ("int8-u8s8", unit.Machine == "epyc" ? 'd' : unit.Index == 7 ? 'f' : 'e'))],
            });
        }

        Assert.That(Collect().Faults.Single(), Does.StartWith(
            "7 (h200, unet, replicate 3): another file of tiny, int8-u8s8 than most of h200, unet: found 'ffffffffffffffff'"));
    }

    /// <summary>A worker was killed after the run stood in its place and before it said what it lacks: the run itself says it.</summary>
    [Test]
    public void Of_AttemptWithoutAnEnd_IsHeldAgainstTheOtherNodes()
    {
        Again(6, run => run with
        {
            Cells = [.. run.Cells.Except([run.Cells.Last(cell => cell.Status == CellStatus.Measured)])],
        });
        var unit = Results.Of(Fleet.Units[6].Id);
        (FleetAttempt.Read(unit.AttemptOf(1)) with { ExitCode = null, EndedUtc = null }).Write(unit);

        var collection = Collect();

        Assert.That(collection.Faults.Single(), Does.StartWith("6 (h200, unet, replicate 2): counts, but on n6 was not measured: ")
            .And.EndWith("(it has no such cell, and other nodes have)."));
        Assert.That(collection.Runs, Has.Count.EqualTo(Fleet.Units.Count));
    }

    [Test]
    public void Of_RunInWhichNothingWasMeasured_DoesNotCount() => AssertFault(
        7, run => run with { Cells = [] }, "7 (h200, unet, replicate 3): nothing in it was measured. To have it measured again, remove ");

    [Test]
    public void Of_NodesThatDidSeveral_SaysHowManyThereCouldHaveBeen()
    {
        var unit = Results.Of(Fleet.Units[3].Id);
        (FleetAttempt.Read(unit.AttemptOf(1)) with { Node = "n2" }).Write(unit);
        unit = Results.Of(Fleet.Units[4].Id);
        (FleetAttempt.Read(unit.AttemptOf(1)) with { Node = "n2" }).Write(unit);
        foreach (var index in new[] { 5, 6, 7 })
        {
            unit = Results.Of(Fleet.Units[index].Id);
            (FleetAttempt.Read(unit.AttemptOf(1)) with { Node = "n2" }).Write(unit);
        }

        Assert.That(
            Collect().Findings.Single(finding => finding.Machine == "h200").Sentence,
            Does.StartWith("6 runs on 1 node, where 3 could have been, and nothing on more than one"));
    }

    [Test]
    public void Of_RunOfSomethingElse_IsNamed() => AssertFault(
        7, run => run with { CommandLine = ["--models", "unet", "--profile", "paper"] },
        "7 (h200, unet, replicate 3): it measured something else");

    [Test]
    public void Of_RunThatWasStopped_IsNamed() => AssertFault(
        7,
        run => run with
        {
            Complete = false,
            Cells = [.. run.Cells, run.Cells[0] with { Id = CellId.Parse("tiny/ort-cpu/bf16/linux-x64"), Status = CellStatus.Pending }],
        },
        "7 (h200, unet, replicate 3): the run is not complete.");

    [Test]
    public void Of_FolderThatNobodyPlanned_IsNamed()
    {
        Directory.CreateDirectory(Results.Of("ffffffffffffffff").Path);

        Assert.That(Collect().Faults.Single(), Does.EndWith("ffffffffffffffff: is no piece of work of this fleet."));
    }

    /// <summary>Whatever file is gone, cut short or new: it is named, and nothing of that run counts.</summary>
    [Test]
    public void Of_AnyFileThatIsMissingOrTruncated_IsNamed()
    {
        var folder = Results.Of(Fleet.Units[0].Id).Path;
        foreach (var file in Directory.GetFiles(folder, "*", SearchOption.AllDirectories))
        {
            var content = File.ReadAllBytes(file);
            File.Delete(file);
            Check($"without {file}");
            File.WriteAllBytes(file, content[..(content.Length / 2)]);
            Check($"half of {file}");
            File.WriteAllBytes(file, content);
        }

        Assert.That(Collect().Faults, Is.Empty);
        File.WriteAllText(Path.Combine(folder, "run", "more.json"), "{}");
        Check("a file that was not there");

        void Check(string what)
        {
            var collection = Collect();
            Assert.That(collection.Faults, Has.Count.EqualTo(1), what);
            Assert.That(collection.Faults[0], Does.StartWith("0 (epyc, inceptionv3, replicate 1): "), what);
            Assert.That(collection.Runs.Select(run => run.Unit.Index), Has.None.EqualTo(0), what);
        }
    }

    [Test]
    public void Attempt_OfAWorker_FitsTheSchema() => Assert.That(
        JsonSchemaCheck.Faults(
            Repository.File("src", "Bench.Analysis", "Fleets", "attempt.schema.json"),
            File.ReadAllText(Results.Of(Fleet.Units[0].Id).AttemptOf(1))), Is.Empty);

    private FleetCollection Collect() => FleetCollection.Of(Fleet, [Results]);

    private void AssertFault(int index, Func<RunManifest, RunManifest> change, string fault)
    {
        Again(index, change);

        var collection = Collect();

        Assert.That(collection.Faults.Single(), Does.StartWith(fault));
        Assert.That(collection.Runs.Select(run => run.Unit.Index), Has.None.EqualTo(index));
    }

    private void Again(int index, Func<RunManifest, RunManifest> change)
    {
        Directory.Delete(Results.Of(Fleet.Units[index].Id).Path, recursive: true);
        Leave(change).Work(Fleet.Units[index], $"n{index}");
    }

    private static ModelFacts WithFiles(ModelFacts model, params (string Key, char Digit)[] files) => model with
    {
        Files = files.ToDictionary(file => file.Key, file => new FileFacts(new string(file.Digit, 64), 1000)),
    };

    private FleetResults Leave(Func<RunManifest, RunManifest>? change = null) => Leave(Results, change);

    private static FleetResults Leave(FleetFolder results, Func<RunManifest, RunManifest>? change = null) =>
        new(Fleet, results, (path, unit) =>
            RunFixture.Create(path, 2, 0.5, 1, run => (change ?? (same => same))(FleetResults.Told(run, unit))));
}
