using Bench.Analysis.Input;
using Bench.Analysis.Measurements;
using Bench.Analysis.Runs;

namespace Bench.Analysis.Tests.Runs;

/// <summary>Cells of open loads, put together from what their launches left.</summary>
public class OpenLoadAssemblyTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public void Read_OpenLoads_HaveTheirStatusAndTheOutputsOfTheClosedOne()
    {
        var cells = OpenLoadFixture.Create(_folder.Path).ReadManifest().Cells;

        Assert.That(cells.Select(cell => (cell.OpenLoad?.RequestsPerSecond, cell.Status)), Is.EqualTo([
            ((double?)null, CellStatus.Measured), (71, CellStatus.Measured), (50, CellStatus.Measured), (150, CellStatus.Measured),
            (95, CellStatus.Undecided),
        ]));
        Assert.That(cells[0].Band, Is.Not.Null);
        Assert.That(cells.Skip(1).Select(cell => cell.Band), Is.All.Null, "a band belongs to the closed load");
        Assert.That(cells[2].TaskMetric!.Value, Is.EqualTo(cells[0].TaskMetric!.Value));
        Assert.That(cells[1].Launches.Select(launch => launch.Round), Is.EqualTo([1, 2]), "all launches at the rate that was found");
        Assert.That(cells[4].Reason, Does.StartWith("takes 51.9 minutes"));
    }

    [Test]
    public void Read_RunThatWasWrittenWithItsFoundRate_HasItOnce()
    {
        var folder = OpenLoadFixture.Create(_folder.Path);
        folder.WriteManifest(folder.ReadManifest());

        var cells = folder.ReadManifest().Cells;

        Assert.That(cells.Select(cell => cell.Measurement), Is.Unique);
        Assert.That(cells, Has.Count.EqualTo(5));
        Assert.That(cells[0].Band!.Met, Is.EqualTo(71));
    }

    [Test]
    public void Read_FoundRateThatWasAskedForToo_HasItOnce()
    {
        var folder = OpenLoadFixture.Create(_folder.Path);
        folder.Launches.Write(OpenLoadFixture.Band with { Met = 50 });

        Assert.That(folder.ReadManifest().Cells.Select(cell => cell.Measurement), Is.Unique);
    }

    [Test]
    public void Read_ClosedLoadFailed_SaysSoOfItsOpenLoads()
    {
        var folder = OpenLoadFixture.Create(_folder.Path, withClosed: false);
        LaunchFixture.Write(folder, LaunchFixture.Failed(LaunchFixture.Plain, 1, "the engine gave NaN."));
        folder.Launches.Write(new InspectionRecord { Cell = OpenLoadFixture.Cell });
        LaunchFixture.Complete(folder);

        var cells = folder.ReadManifest().Cells;

        Assert.That(cells.Select(cell => cell.Status), Is.All.EqualTo(CellStatus.Failed));
        Assert.That(cells.Skip(1).Select(cell => cell.Reason), Is.All.EqualTo(
            "it was not measured at a rate, because its closed load failed: the engine gave NaN."));
    }

    [Test]
    public void Read_Interrupted_LeavesWhatHasNoLaunchPending()
    {
        var folder = OpenLoadFixture.Create(_folder.Path, withClosed: false);
        LaunchFixture.WriteLaunches(folder, LaunchFixture.Plain, 3);
        folder.Launches.Write(new InspectionRecord { Cell = OpenLoadFixture.Cell });

        Assert.That(folder.ReadManifest().Cells.Select(cell => cell.Status),
            Is.EqualTo([CellStatus.Measured, CellStatus.Pending, CellStatus.Pending, CellStatus.Pending]));
    }

    [Test]
    public void Read_PlanOrBandOfAnotherCell_IsDamage()
    {
        var folder = OpenLoadFixture.Create(_folder.Path);
        var launches = folder.Launches;
        Copy("tiny_ort-cpu_fp32_linux-x64~50rps_open.json", "tiny_ort-cpu_fp32_linux-x64~7rps_open.json");
        Copy("tiny_ort-cpu_fp32_linux-x64_band.json", "tiny_ort-cpu_fp16_linux-x64_band.json");

        Assert.That(() => launches.ReadOpenPlan(OpenLoadFixture.At(7)), Throws.InstanceOf<RunFormatException>()
            .With.Message.Contains("found the plan of tiny/ort-cpu/fp32/linux-x64~50rps; "
                + "expected that of tiny/ort-cpu/fp32/linux-x64~7rps"));
        Assert.That(() => launches.ReadBand(CellId.Parse(LaunchFixture.Half)), Throws.InstanceOf<RunFormatException>()
            .With.Message.Contains("found the band of tiny/ort-cpu/fp32/linux-x64"));

        void Copy(string from, string to) => File.Copy(Path.Combine(launches.Path, from), Path.Combine(launches.Path, to));
    }

    [TestCase("open-plan", "*_open.json")]
    [TestCase("band", "*_band.json")]
    public void Write_PlansAndBands_AreAsTheirSchemaSays(string schema, string pattern)
    {
        var launches = OpenLoadFixture.Create(_folder.Path).Launches;
        launches.Write(OpenLoadFixture.Band with
        {
            Cell = CellId.Parse(LaunchFixture.Half),
            Met = null,
            Missed = null,
            End = RateSearchEnd.LaunchFailed,
            Remark = "why",
            Trials = [],
        });

        foreach (var file in Directory.GetFiles(launches.Path, pattern))
        {
            Assert.That(JsonSchemaCheck.Faults(
                Repository.File("src", "Bench.Analysis", "Runs", $"{schema}.schema.json"), File.ReadAllText(file)), Is.Empty, file);
        }
    }
}
