using System.Text.Json.Nodes;
using Bench.Analysis.Input;
using Bench.Analysis.Measurements;
using Bench.Analysis.Runs;
using Bench.Arrays.Npy;

namespace Bench.Analysis.Tests.Runs;

public class LaunchFolderTests
{
    private static readonly string Schema = Repository.File("src", "Bench.Analysis", "Runs", "launch.schema.json");

    private TemporaryFolder _temporary = null!;
    private RunFolder _run = null!;

    private static LaunchName First => LaunchFixture.Name(LaunchFixture.Plain, 1);

    private string RecordPath => Path.Combine(_run.Launches.Path, $"{First}.json");

    [SetUp]
    public void Create()
    {
        _temporary = new TemporaryFolder();
        _run = LaunchFixture.Create(_temporary.File("run"), LaunchFixture.Plain);
    }

    [TearDown]
    public void Delete() => _temporary.Dispose();

    [Test]
    public void Write_WhatALaunchMeasured_IsReadBack()
    {
        var record = LaunchFixture.Record(LaunchFixture.Plain, 1, LaunchFixture.Share(_run, [0, 3], 0.25f) with
        {
            Inside = [0.5, 0],
            Repeated = 4,
            MaxRepeatDifference = 1e-7,
        });

        _run.Launches.Write(record, [1.5, 0.1, 1e-9, 12345.678901234567]);

        var text = File.ReadAllText(RecordPath);
        Assert.That(JsonSchemaCheck.Faults(Schema, text.Replace(record.Outputs!.File, $"outputs/{new string('0', 16)}.npz",
            StringComparison.Ordinal)), Is.Empty);
        Assert.That(_run.Launches.ReadLatencies(First), Is.EqualTo([1.5, 0.1, 1e-9, 12345.678901234567]));
        _run.Launches.Write(_run.Launches.Read(First)!, [1]);
        Assert.That(File.ReadAllText(RecordPath), Is.EqualTo(text), "what was read is what was written");
        var read = _run.Launches.Read(First)!;
        Assert.That((read.Name, read.IsFinished, read.Facts), Is.EqualTo((First, true, record.Facts)));
        Assert.That(read.Outputs!.Images, Is.EqualTo([0, 3]));
        Assert.That(read.Session!.Resolved["threads"], Is.EqualTo("2"));
    }

    [Test]
    public void Write_FailedLaunch_LeavesItsReasonAndNoLatencies()
    {
        _run.Launches.Write(LaunchFixture.Failed(LaunchFixture.Plain, 1, "the disk is full.", LaunchFailure.OfProcess), []);

        var read = _run.Launches.Read(First)!;
        Assert.That((read.IsFinished, read.Failure), Is.EqualTo((false, new LaunchFailure("the disk is full.", "process"))));
        Assert.That(JsonSchemaCheck.Faults(Schema, File.ReadAllText(RecordPath)), Is.Empty);
        Assert.That(File.Exists(_run.Launches.LatenciesPath(First)), Is.False);
    }

    [Test]
    public void Write_LaunchUnderALoad_HasAFileOfItsOwn()
    {
        var loaded = new LaunchName(MeasurementId.Parse($"{LaunchFixture.Plain}~120rps"), 1);
        LaunchFixture.Write(_run, LaunchFixture.Record(LaunchFixture.Plain, 1));
        LaunchFixture.Write(_run, LaunchFixture.Record(LaunchFixture.Plain, 1) with { LoadText = "~120rps" }, 20);

        Assert.That(_run.Launches.Read(loaded)!.Name, Is.EqualTo(loaded));
        Assert.That(_run.Launches.ReadLatencies(loaded)[0], Is.EqualTo(20.1));
        Assert.That(_run.Launches.ReadLatencies(First)[0], Is.EqualTo(10.1));
        Assert.That(_run.Launches.ReadAll().Select(record => record.Name), Is.EquivalentTo([First, loaded]));
    }

    [Test]
    public void Write_InspectionAndWhatWasSaid_AreReadBackAndAreNoLaunches()
    {
        var inspection = new InspectionRecord
        {
            Cell = CellId.Parse(LaunchFixture.Plain),
            EffectivePrecision = "fp32",
            NodesElsewhere = [new NodeFacts("Shape", "CPUExecutionProvider", 3)],
        };
        _run.Launches.Write(inspection);
        _run.Launches.Write(First, new SpokenRecord([new Complaint("careful", 2)]));

        var read = _run.Launches.ReadInspection(inspection.Cell)!;
        Assert.That((read.Failure, read.EffectivePrecision), Is.EqualTo(((LaunchFailure?)null, "fp32")));
        Assert.That(read.NodesElsewhere, Is.EqualTo(inspection.NodesElsewhere));
        Assert.That(_run.Launches.ReadSpoken(First)!.Complaints, Is.EqualTo([new Complaint("careful", 2)]));
        Assert.That(_run.Launches.ReadAll(), Is.Empty);
    }

    [Test]
    public void Read_WhatNobodyWrote_IsNull()
    {
        Assert.That(_run.Launches.Read(First), Is.Null);
        Assert.That(_run.Launches.ReadSpoken(First), Is.Null);
        Assert.That(_run.Launches.ReadInspection(First.Cell), Is.Null);
        Assert.That(_run.Launches.ReadAll(), Is.Empty);
        Assert.That(() => _run.Launches.ReadLatencies(First), Refused(_run.Launches.LatenciesPath(First), "Could not find"));
    }

    [Test]
    public void Delete_Launch_ForgetsAllOfIt()
    {
        LaunchFixture.WriteLaunches(_run, LaunchFixture.Plain, 2);
        _run.Launches.Write(First, new SpokenRecord([]));

        _run.Launches.Delete(First);
        _run.Launches.Delete(First);

        Assert.That(_run.Launches.ReadAll().Select(record => record.Round), Is.EqualTo([2]));
        Assert.That(Directory.GetFiles(_run.Launches.Path), Has.Length.EqualTo(2));
    }

    [TestCase("", "damaged or truncated")]
    [TestCase("{", "damaged or truncated")]
    [TestCase("null", "found null")]
    [TestCase("[]", "damaged or truncated")]
    [TestCase("{}", "damaged or truncated")]
    public void Read_NoRecord_SaysWhatIsWrong(string text, string expected)
    {
        LaunchFixture.WriteLaunches(_run, LaunchFixture.Plain, 2);
        File.WriteAllText(RecordPath, text);

        Assert.That(() => _run.Launches.Read(First), Refused(RecordPath, expected));
        Assert.That(() => _run.Launches.ReadAll(), Refused(RecordPath, expected));
    }

    [TestCase("schemaVersion", "3", "found schemaVersion 3; expected 2. Use the Bench that wrote it.")]
    [TestCase("load", "\"fast\"", "found the load 'fast'; expected a rate.")]
    [TestCase("load", "\"~120rps\"", "found what round 1 of tiny/ort-cpu/fp32/linux-x64~120rps measured")]
    [TestCase("cell", "\"tiny/ort-cpu/fp16/linux-x64\"", "found what round 1 of tiny/ort-cpu/fp16/linux-x64 measured; expected the launch")]
    [TestCase("cell", "\"tiny\"", "Found the cell 'tiny'")]
    [TestCase("round", "0", "found the round 0; expected 1 or more.")]
    [TestCase("round", "2", "found facts of round 1; expected those of round 2.")]
    [TestCase("session/settings", """{"a":null}""", "found null where a setting was expected.")]
    [TestCase("outputs/images", "[0,1]", "found 2 images with 3 metrics, 3 graded scores; expected one of each for an image.")]
    [TestCase("outputs/metric", "[]", "found 3 images with 0 metrics")]
    [TestCase("outputs/inside", "[1]", "3 graded scores and 1 masks")]
    [TestCase("outputs/images", "[0,4,2]", "not in ascending order")]
    [TestCase("outputs/images", "[2,2,4]", "not in ascending order")]
    [TestCase("outputs/images", "[-1,2,4]", "expected numbers from 0")]
    [TestCase("outputs/graded", "[0.1,1e999,0.1]", "not finite")]
    [TestCase("outputs/file", "null", "damaged or truncated")]
    [TestCase("facts/loadMs", "\"NaN\"", "damaged or truncated")]
    public void Read_RecordThatCannotBe_SaysWhatIsWrong(string member, string value, string expected)
    {
        LaunchFixture.WriteLaunches(_run, LaunchFixture.Plain, 2);
        var record = JsonNode.Parse(File.ReadAllText(RecordPath))!;
        var path = member.Split('/');
        (path.Length > 1 ? record[path[0]]! : record)[path[^1]] = JsonNode.Parse(value);
        File.WriteAllText(RecordPath, record.ToJsonString());

        Assert.That(() => _run.Launches.Read(First), Refused(RecordPath, expected));
    }

    [Test]
    public void ReadInspection_OfAnotherCell_IsRefused()
    {
        var cell = CellId.Parse(LaunchFixture.Plain);
        _run.Launches.Write(new InspectionRecord { Cell = cell });
        var file = Directory.GetFiles(_run.Launches.Path).Single();
        File.WriteAllText(file, File.ReadAllText(file).Replace("fp32", "fp16", StringComparison.Ordinal));

        Assert.That(
            () => _run.Launches.ReadInspection(cell),
            Refused(file, "found the cell tiny/ort-cpu/fp16/linux-x64; expected tiny/ort-cpu/fp32/linux-x64."));
    }

    [TestCase(double.NaN, "NaN")]
    [TestCase(double.PositiveInfinity, "Infinity")]
    [TestCase(0.0, "0")]
    [TestCase(-1.5, "-1.5")]
    public void ReadLatencies_WhatIsNoTime_SaysWhere(double value, string text)
    {
        _run.Launches.Write(LaunchFixture.Record(LaunchFixture.Plain, 1), [1, 2, value, 4]);

        Assert.That(
            () => _run.Launches.ReadLatencies(First),
            Refused(_run.Launches.LatenciesPath(First), $"found the latency {text} ms at position 2; expected a time above 0."));
    }

    [Test]
    public void ReadLatencies_OtherArrays_AreRefused()
    {
        Directory.CreateDirectory(_run.Launches.Path);
        var path = _run.Launches.LatenciesPath(First);
        foreach (var (array, found) in new[]
        {
            (NpyArray.FromSingles([1, 2], 2), "Float32 of shape (2)"),
            (NpyArray.FromDoubles([1, 2], 1, 2), "Float64 of shape (1, 2)"),
            (NpyArray.FromDoubles([1]), "Float64 of shape ()"),
            (NpyArray.FromDoubles([], 0), "Float64 of shape (0)"),
        })
        {
            array.Write(path);

            Assert.That(() => _run.Launches.ReadLatencies(First), Refused(path, $"found {found}; expected latencies"));
        }
    }

    [Test]
    public void ReadLatencies_FileThatWasCut_IsRefused()
    {
        LaunchFixture.Write(_run, LaunchFixture.Record(LaunchFixture.Plain, 1));
        var path = _run.Launches.LatenciesPath(First);
        var whole = File.ReadAllBytes(path);
        for (var length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(path, whole[..length]);

            Assert.That(() => _run.Launches.ReadLatencies(First), Throws.TypeOf<RunFormatException>(), $"{length} bytes");
        }
    }

    private static NUnit.Framework.Constraints.ContainsConstraint Refused(string path, string message) =>
        Throws.TypeOf<RunFormatException>().With.Message.StartsWith(path + ": ").And.Message.Contains(message);
}
