using System.Text.Json.Nodes;
using Bench.Analysis.Runs;
using Bench.Arrays.Npy;
using Bench.EndToEnd.Tests.Runs;
using Bench.Models.Cards;

namespace Bench.EndToEnd.Tests.Preparing;

/// <summary>Cards for networks of the user's: written by the program, completed with labels of every kind, and measured.</summary>
public class CompletedCardTests
{
    private const int Images = 12;

    private readonly TemporaryFolder _folder = new();
    private RunManifest _run = null!;
    private string _report = null!;

    [OneTimeSetUp]
    public void Measure()
    {
        Inputs("classifier.npy", 3, 8, 8);
        Inputs("volume.npy", 3, 6, 6, 6);
        Inputs("double.npy", 6);
        Bytes("bytes.npy", 3, 8, 8);
        Labels("sets.npy", (image, label) => (image + label) % 3 == 0 ? 1 : 0, 5);
        Labels("classes.npy", (image, pixel) => (image * pixel) % 2, 6, 6);
        Labels("numbers.npy", (image, _) => image % 5);
        NpyArray.FromSingles([.. Enumerable.Range(0, Images * 3).Select(i => (i % 7) / 10f)], Images, 3).Write(_folder.File("values.npy"));
        string[] cards =
        [
            Card("sets", "classifier", """ "task": "classification", "metric": "f1", "output": { "values": "probabilities" }, """
                + """ "data": { "inputs": "classifier.npy", "labels": "sets.npy" } """),
            Card("masks", "bytes", """ "task": "segmentation", "metric": "dice", "output": { "values": "logits" }, """
                + """ "data": { "inputs": "bytes.npy", "labels": "classes.npy" } """),
            Card("values", "double",
                """ "task": "regression", "metric": "mae", "data": { "inputs": "double.npy", "labels": "values.npy" } """),
            Card("windows", "volume", """ "task": "classification", "output": { "values": "probabilities" }, """
                + """ "data": { "inputs": "volume.npy", "labels": "numbers.npy" }, """
                + """ "volume": { "size": [16, 16, 16], "overlap": 0.5, "mirrors": 3, "folds": 5 } """),
        ];
        var result = HostProgram.Run(
            _folder.Path, "--profile", "smoke", "--launches", "2", "--backends", "ort-cpu,ort-cpu-unoptimized", "--precisions", "fp32",
            "--output", _folder.File("runs"), "--models", string.Join(',', cards), "--usd-per-hour", "1");

        Assert.That(result.ExitCode, Is.Zero, result.Output + result.Error);
        var folder = Directory.GetDirectories(_folder.File("runs")).Single();
        _run = new RunFolder(folder).ReadManifest();
        _report = File.ReadAllText(Path.Combine(folder, "report.md"));
        foreach (var launch in Directory.GetFiles(Path.Combine(folder, "launches"), "*.1.json"))
        {
            Assert.That(JsonSchemaCheck.Faults(
                Repository.File("src", "Bench.Analysis", "Runs", "launch.schema.json"), File.ReadAllText(launch)), Is.Empty, launch);
        }
    }

    [OneTimeTearDown]
    public void Delete() => _folder.Dispose();

    [TestCase("sets", "mean F1")]
    [TestCase("masks", "mean Dice")]
    [TestCase("values", "mean absolute error")]
    [TestCase("windows", "accuracy")]
    public void Run_LabelsOfEachKind_GiveTheMetric(string model, string metric)
    {
        var cells = _run.Cells.Where(cell => cell.Model == model).ToList();

        Assert.That(cells.Select(cell => cell.Status), Has.All.EqualTo(CellStatus.Measured), string.Join('\n', cells.Select(c =>
            c.Reason)));
        Assert.That(cells.Select(cell => cell.TaskMetric!.Name), Has.All.EqualTo(metric));
        Assert.That(cells[0].TaskMetric!.PerImage, Has.Count.EqualTo(Images));
        Assert.That(_report, Does.Contain($"{metric} (change)"));
    }

    [Test]
    public void Run_MasksOfClasses_TellEachClassAndTheWorstImage() =>
        Assert.That(_report, Does.Contain("Dice by class")
            .And.Match(@"masks/ort-cpu/fp32/\S+ +\| +0\.\d+ in \d+ images, worst 0\.\d+ \(image \d+\)"));

    [Test]
    public void Run_ValuesWithoutAMargin_DeriveItFromTheLabels()
    {
        var model = _run.Models.Single(model => model.Id == "values");

        Assert.That(model.EquivalenceMargin, Is.EqualTo(0.006).Within(1e-8), "a hundredth of 0.6");
        Assert.That(_report, Does.Contain("0.006, is a hundredth of the span of the labels"));
    }

    /// <summary>(⌈(16 − 6) / 3⌉ + 1)³ windows, eight mirrors, five networks.</summary>
    [Test]
    public void Run_Volume_TellsTimeAndPriceOfAWhole()
    {
        Assert.That(_run.Models.Single(model => model.Id == "windows").Volume!.Inferences, Is.EqualTo(125 * 8 * 5));
        Assert.That(_report,
            Does.Contain("A volume of 16×16×16 takes 5,000 inferences: windows of 6×6×6, 50 % of each shared with the next, "
            + "mirrored along 3 axes, by 5 networks.").And.Contain("USD per 1,000 volumes"));
    }

    [Test]
    public void WriteCard_NetworkWithSeveralInputs_IsACardThatIsMeasured()
    {
        var written = HostProgram.Run(
            _folder.Path, "--models", AnyNetworkTests.Network("words"), "--shape", "tokens=1x12", "--output-judged", "scores",
            "--input", "tokens=ints:0..9", "--write-card", "my/words.json");

        Assert.That(written.ExitCode, Is.Zero, written.Output + written.Error);
        var text = File.ReadAllText(_folder.File("my/words.json"));
        Assert.That(JsonSchemaCheck.Faults(Repository.File("models", "model-card.schema.json"), text), Is.Empty);
        Assert.That(JsonNode.Parse(text)!["inputs"]![0]!.ToJsonString(), Is.EqualTo(
            """{"name":"tokens","shape":[1,12],"type":"int64","draw":"ints:0..9"}"""));
        Assert.That(text, Does.Contain("\"shape\": [1, 12],"), "shapes on one line");
        Assert.That(ModelCardReader.Read(_folder.File("my/words.json")).Output!.Name, Is.EqualTo("scores"));
        var again = HostProgram.Run(
            _folder.Path, "--models", AnyNetworkTests.Network("words"), "--shape", "tokens=1x12", "--write-card", "my/words.json");
        Assert.That(again.ExitCode, Is.EqualTo(2));
        Assert.That(again.Error, Does.Contain("is there already"));
        var listed = HostProgram.Run(_folder.Path, "--list", "--backends", "ort-cpu", "--models", "my/words.json");
        Assert.That(listed.Output, Does.Contain("'scores' float32 [1, 3], compared between cells"), listed.Error);
    }

    [Test]
    public void List_KeepConverted_LeavesTheHalvesBesideTheFile()
    {
        File.Copy(AnyNetworkTests.Network("classifier"), _folder.File("kept.onnx"));

        var result = HostProgram.Run(
            _folder.Path, "--list", "--backends", "ort-cpu", "--models", "kept.onnx", "--precisions", "fp32,fp16", "--keep-converted");

        Assert.That(result.ExitCode, Is.Zero, result.Output + result.Error);
        Assert.That(result.Output, Does.Contain("note: its fp16 file was made by Bench of the fp32 one: 6 nodes compute in fp16."));
        Assert.That(File.Exists(_folder.File("kept.fp16.onnx")));
    }

    private void Inputs(string name, params int[] shape)
    {
        var random = new Random(7);
        var values = Enumerable.Range(0, Images * shape.Aggregate(1, (product, axis) => product * axis)).Select(_ => random.NextSingle());
        NpyArray.FromSingles([.. values], [Images, .. shape]).Write(_folder.File(name));
    }

    private void Bytes(string name, params int[] shape)
    {
        var random = new Random(7);
        var bytes = new byte[Images * shape.Aggregate(1, (product, axis) => product * axis)];
        random.NextBytes(bytes);
        NpyArray.FromBytes(bytes, [Images, .. shape]).Write(_folder.File(name));
    }

    private void Labels(string name, Func<int, int, int> label, params int[] shape)
    {
        var count = shape.Aggregate(1, (product, axis) => product * axis);
        NpyArray.FromBytes([.. Enumerable.Range(0, Images * count).Select(i => (byte)label(i / count, i % count))], [Images, .. shape])
            .Write(_folder.File(name));
    }

    private string Card(string id, string network, string rest) => _folder.Write(
        id + ".json", $$"""{ "network": { "onnx": { "fp32": "{{AnyNetworkTests.Network(network).Replace('\\', '/')}}" } }, {{rest}} }""");
}
