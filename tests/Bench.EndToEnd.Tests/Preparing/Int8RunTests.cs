using Bench.Analysis.Runs;
using Bench.Arrays.Npy;
using Bench.EndToEnd.Tests.Runs;

namespace Bench.EndToEnd.Tests.Preparing;

/// <summary>int8 files that Bench makes of a user's fp32 one, with the real engine: measured with what they gain, or refused with the
/// reason.</summary>
[Long]
public class Int8RunTests
{
    private static readonly string Classifier = AnyNetworkTests.Network("classifier");

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void Create() => _folder = new TemporaryFolder();

    [TearDown]
    public void Delete() => _folder.Dispose();

    [Test]
    public void Run_FileWithoutAnything_IsQuantisedMeasuredAndCompared()
    {
        var result = Run("--models", Classifier, "--precisions", "fp32,int8", "--batch", "1,4", "--launches", "3", "--output",
            _folder.File("runs"));

        Assert.That(result.ExitCode, Is.Zero, result.Output + result.Error);
        var folder = Directory.GetDirectories(_folder.File("runs")).Single();
        var run = new RunFolder(folder).ReadManifest();
        var report = File.ReadAllText(Path.Combine(folder, "report.md"));
        var int8 = run.Cells.Where(cell => cell.Precision == "int8").ToList();
        Assert.That(int8.Select(cell => (cell.Id.Batch, cell.Status)),
            Is.EquivalentTo([(1, CellStatus.Measured), (4, CellStatus.Measured)]));
        Assert.That(int8.Select(cell => cell.ModelFile), Has.All.StartsWith("int8-u8s"));
        Assert.That(int8.Select(cell => cell.IntegerNodes), Has.All.GreaterThan(0).And.All.EqualTo(int8[0].WeightyNodes));
        Assert.That(run.Models[0].Files.Values.Select(file => file.Source).Distinct().Count(), Is.EqualTo(1), "recipes are traits");
        Assert.That(run.Models[0].Files[int8[0].ModelFile!].Recipe, Does.StartWith("int8 made by Bench: u8s")
            .And.Contain("minmax of 200 images (drawn, seed 2026), quantiser 2"));
        Assert.That(run.Models[0].Notes, Has.Some.StartsWith("its int8 file was made by Bench of the fp32 one: ")
            .And.Some.EndsWith("Ranges: minmax of 200 images (drawn, seed 2026), none of them evaluated."));
        Assert.That(report, Does.Match("int8 (is faster|is slower|gains nothing|gains anything) here"));
        Assert.That(JsonSchemaCheck.Faults(
            Repository.File("src", "Bench.Analysis", "Runs", "run.schema.json"), File.ReadAllText(Path.Combine(folder, "run.json"))),
                Is.Empty);
    }

    [Test]
    public void List_ImagesInAFileAlone_AsksForOthers() => Assert.That(
        List("--input", $"image={Images("evaluated.npy", 1)}"),
        Does.Contain("no int8 file was made:").And.Contain("there are no calibration images: the images that it is evaluated on must "
            + "not be among them. Give others with --calibration FILE_OR_FOLDER, or in the model card under calibration.inputs."));

    [Test]
    public void List_CalibrationImagesAmongThoseThatAreEvaluated_CountsThem() => Assert.That(
        List("--input", $"image={Images("evaluated.npy", 1)}", "--calibration", Images("calibration.npy", 2, firstOf: 1)),
        Does.Contain("1 of the 6 images that it is evaluated on are calibration images (calibration.npy)"));

    [Test]
    public void List_OtherImages_HasAFileOfThem() => Assert.That(
        List("--input", $"image={Images("evaluated.npy", 1)}", "--calibration", Images("calibration.npy", 2)),
        Does.Contain("Ranges: minmax of 6 images (calibration.npy), none of them evaluated.").And.Not.Contain("no int8 file"));

    [Test]
    public void List_RangesOfAnotherNetwork_IsRefused() => Assert.That(
        List("--calibration", Repository.File("models", "calibration", "unet.json")),
        Does.Contain("unet.json holds the ranges of a network with SHA-256 0b20e05be898"));

    [Test]
    public void List_NodeThatIsNotThere_IsNamed() => Assert.That(
        List("--int8-exclude", "first,nothing"), Does.Contain("found no node 'nothing', which is to stay in fp32; expected first, last"));

    [Test]
    public void List_NetworkWithoutAnythingToQuantise_SaysWhatThereIs() => Assert.That(
        List("--models", UserModels.Write(_folder, "small", UserModels.Onnx("Abs"))),
        Does.Contain("no int8 file was made: none of its nodes can compute in integers: 1 Abs (stays in fp32)."));

    [Test]
    public void List_OtherMethod_IsSaid([Values("percentile", "entropy")] string method) => Assert.That(
        List("--calibrate-by", method), Does.Contain($"Ranges: {method} of 200 images (drawn, seed 2026)"));

    [TestCase("--calibrate-by", "median", "--calibrate-by: found 'median'; expected one of minmax, percentile, entropy.")]
    [TestCase("--calibration", "nothing.npy", "--calibration: found 'nothing.npy', which is no file; expected a .npy or .npz file")]
    public void List_OptionThatIsWrong_IsAUsageError(string option, string value, string expected)
    {
        var result = Run("--list", "--models", Classifier, "--precisions", "fp32,int8", option, value);

        Assert.That((result.ExitCode, result.Error), Is.EqualTo((2, result.Error)));
        Assert.That(result.Error, Does.StartWith(expected));
    }

    private string List(params string[] arguments)
    {
        var result = Run(["--list", "--precisions", "fp32,int8", .. arguments.Contains("--models") ? [] : new[] { "--models", Classifier },
            .. arguments]);
        return string.Join(' ', (result.Output + result.Error).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    private HostProgram.Result Run(params string[] arguments) =>
        HostProgram.Run(_folder.Path, [.. arguments, "--backends", "ort-cpu", "--profile", "smoke"]);

    private string Images(string name, int seed, int? firstOf = null)
    {
        var (random, first) = (new Random(seed), new Random(firstOf ?? seed));
        var numbers = Enumerable.Range(0, 6 * 3 * 8 * 8).Select(i => (i < 3 * 8 * 8 ? first : random).NextSingle()).ToArray();
        NpyArray.FromSingles(numbers, 6, 3, 8, 8).Write(_folder.File(name));
        return _folder.File(name);
    }
}
