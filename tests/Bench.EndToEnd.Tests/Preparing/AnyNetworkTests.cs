using Bench.Analysis.Runs;
using Bench.Benchmarks.Machines;
using Bench.EndToEnd.Tests.Runs;

namespace Bench.EndToEnd.Tests.Preparing;

/// <summary>Networks of every kind that users bring (tests/networks), measured without a card in one run with the real engine.</summary>
[Long]
public class AnyNetworkTests
{
    private static readonly string[] Names =
    [
        "baked-batch", "batch-of-8", "boxes", "bytes", "channels-last", "classifier", "double", "external", "fixed-batch", "half-edges",
        "integers", "opset7", "places32", "quantised", "scores-map", "sequence3", "volume", "words",
    ];

    private readonly TemporaryFolder _folder = new();
    private RunManifest _run = null!;
    private string _report = null!;

    [OneTimeSetUp]
    public void Measure()
    {
        var result = HostProgram.Run(
            _folder.Path, "--profile", "smoke", "--launches", "1", "--backends", "ort-cpu", "--output", _folder.File("runs"),
            "--models", string.Join(',', Names.Select(Network)), "--shape", "tokens=1x12");

        Assert.That(result.ExitCode, Is.Zero, result.Output + result.Error);
        var folder = Directory.GetDirectories(_folder.File("runs")).Single();
        _run = new RunFolder(folder).ReadManifest();
        _report = File.ReadAllText(Path.Combine(folder, "report.md"));
        Assert.That(JsonSchemaCheck.Faults(
            Repository.File("src", "Bench.Analysis", "Runs", "run.schema.json"), File.ReadAllText(Path.Combine(folder, "run.json"))),
                Is.Empty);
    }

    [OneTimeTearDown]
    public void Delete() => _folder.Dispose();

    internal static string Network(string name) => Repository.File("tests", "networks", name + ".onnx");

    [TestCaseSource(nameof(Names))]
    public void Run_NetworkOfEachKind_IsMeasured(string name)
    {
        var cells = _run.Cells.Where(cell => cell.Model == name).ToList();

        Assert.That(cells, Is.Not.Empty);
        Assert.That(cells.Select(cell => cell.Status), Has.All.EqualTo(CellStatus.Measured), string.Join('\n', cells.Select(c =>
            c.Reason)));
        Assert.That(cells, Has.All.Matches<CellFacts>(cell => cell!.TaskMetric is null), "nobody knows the right answers");
    }

    [TestCase("classifier", "image float32 1x3x8x8 drawn (normal, seed 1910)", "classes float32 1x5 judged")]
    [TestCase("channels-last", "image float32 1x8x8x3 drawn (normal, seed 1910)", "classes float32 1x5 judged")]
    [TestCase("volume", "image float32 1x3x6x6x6 drawn (normal, seed 1910)", "classes float32 1x5 judged")]
    [TestCase("sequence3", "signal float32 1x2x40 drawn (normal, seed 1910)", "filtered float32 1x3x40 judged")]
    [TestCase("double", "x float64 1x6 drawn (normal, seed 1910)", "y float64 1x3 judged")]
    [TestCase("bytes", "pixels uint8 1x3x8x8 drawn (ints:0..255, seed 1910)", "y float32 1x2x6x6 judged")]
    [TestCase("integers", "a int8 1x6 drawn (ints:-128..127, seed 1910)", "y int32 1x4 judged")]
    [TestCase("half-edges", "image float16 1x3x8x8 drawn (normal, seed 1910)", "classes float16 1x5 judged")]
    [TestCase("places32", "place int32 1 drawn (ints:0..6, seed 1910); factor float32  drawn (normal, seed 1910)", "y float32 1x4 judged")]
    [TestCase("batch-of-8", "x float32 8x6 drawn (normal, seed 1910)", "y float32 8x2 judged")]
    [TestCase("boxes", "x float32 1x12 drawn (normal, seed 1910)", "places int64 2x-1; y float32 1x12 judged")]
    [TestCase("scores-map", "x float32 1x4 drawn (normal, seed 1910)", "scores float32 1x2 judged")]
    [TestCase("words",
        "tokens int64 1x12 drawn (ints:0..49, seed 1910); segments int64 1x12 drawn (ints:0..1, seed 1910); "
            + "mask bool 1x12 always 1",
        "state float32 1x12x8 judged; scores float32 1x3")]
    public void Run_Signature_IsThatOfTheFile(string name, string inputs, string outputs)
    {
        var model = _run.Models.Single(model => model.Id == name);

        Assert.That(string.Join("; ", model.Inputs!.Select(
            input => $"{input.Name} {input.Type} {string.Join('x', input.Shape)} {input.From}")), Is.EqualTo(inputs));
        Assert.That(string.Join("; ", model.Outputs!.Select(
            output => $"{output.Name} {output.Type} {string.Join('x', output.Shape)}{(output.IsJudged ? " judged" : string.Empty)}")),
            Is.EqualTo(outputs));
        Assert.That(model.HasLabels, Is.False);
    }

    [TestCase("baked-batch", "it takes one image at a time: it does not run with 2 images: The input tensor cannot be reshaped")]
    [TestCase("fixed-batch", "it takes one image at a time: the file fixes the first axis at 1.")]
    [TestCase("batch-of-8", "a request is counted as one image, whatever its first axis of 8 counts")]
    [TestCase("scores-map", "what it gives as 'named' is no array of numbers, and is left out.")]
    public void Run_WhatAReaderMustKnow_IsNoted(string name, string note)
    {
        Assert.That(_run.Models.Single(model => model.Id == name).Notes, Has.Some.StartsWith(note));
        Assert.That(_report, Does.Contain(note[1..]), "and stands in the report");
    }

    [Test]
    public void Run_FilesOfOneNameAtThreePrecisions_AreOneModelOfOneSource()
    {
        var model = _run.Models.Single(model => model.Id == "quantised");

        Assert.That(model.Files.Keys, Is.EquivalentTo(["fp32", "fp16", "int8"]));
        Assert.That(model.Files.Values.Select(file => file.Source).Distinct(), Is.EqualTo([model.Files["fp32"].Sha256]));
        Assert.That(_run.Cells.Where(cell => cell.Model == "quantised").Select(cell =>
            cell.Precision), Is.EqualTo(["fp32", "fp16", "int8"]));
        Assert.That(_report, Does.Contain("margin").IgnoreCase.And.Contain("of the span"));
    }

    [Test]
    public void Run_FileOfHalvesAlone_IsMeasuredAtItsPrecisionOnly() => Assert.That(
        _run.Cells.Where(cell => cell.Model == "half-edges").Select(cell => cell.Id.ToString()),
        Is.EqualTo([$"half-edges/ort-cpu/fp16/{MachineProbe.Platform}"]));

    [Test]
    public void Run_WeightsInAnotherFile_AreHashedAndCounted()
    {
        var file = _run.Models.Single(model => model.Id == "external").Files["fp32"];

        Assert.That(file.Bytes, Is.EqualTo(
            new FileInfo(Network("external")).Length + new FileInfo(Path.ChangeExtension(Network("external"), ".weights")).Length));
    }
}
