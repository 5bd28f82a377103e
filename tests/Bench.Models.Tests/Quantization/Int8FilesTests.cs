using Bench.Models.Cards;
using Bench.Models.Files;
using Bench.Models.Onnx;
using Bench.Models.Quantization;

namespace Bench.Models.Tests.Quantization;

/// <summary>int8 files of a built-in network: the same bytes from the same ranges, and none from others.</summary>
public class Int8FilesTests
{
    private TemporaryFolder _folder = null!;
    private ModelFile _source = null!;
    private Calibration _calibration = null!;

    [OneTimeSetUp]
    public void Build()
    {
        _folder = new TemporaryFolder();
        var path = Repository.File("models", "unet.json");
        var card = ModelCardReader.Read(path);
        _source = ModelFiles.Find(card, path, ModelFormat.Onnx, Precision.Fp32, _folder.Path)!;
        _calibration = CalibrationFile.Read(Repository.File("models", card.Calibration!.Ranges!));
    }

    [OneTimeTearDown]
    public void Delete() => _folder.Dispose();

    /// <summary>The hashes are those of a run on Linux; they hold on every operating system.</summary>
    [TestCase("u8s8", "133a2820c0c0dd1262e36e981aa9e3d271ecde6070ae43b60675f051a78bf25e", 23)]
    [TestCase("u8s7", "32a52e3cee4cfc925e1012b4065ff1c90f59e39e8b8e2f5a55346ee0cf39a6a3", 23)]
    [TestCase("s8s8", "0d2dc914ae96bdce56ca0439725d992e5afca5edda94aed8037a24388b89c8dc", 23)]
    public void Make_CommittedRanges_GivesTheSameBytesEverywhere(string recipe, string sha256, int integers)
    {
        var (file, report) = Make(_calibration, recipe);
        var (again, found) = Make(_calibration, recipe);

        Assert.That(file.Sha256, Is.EqualTo(sha256));
        Assert.That((report.Integers, report.Weighty), Is.EqualTo((integers, 23)));
        Assert.That((again, found.Text), Is.EqualTo((file, report.Text)));
        Assert.That(file.Origin.Source, Is.EqualTo(_source.Origin.Source), "it is the same model");
        Assert.That(file.Origin.Recipe, Is.EqualTo(
            $"int8 made by Bench: {recipe}, minmax of 200 images (lesion-slices, seed 2026), quantiser 2"));
        Assert.That(OnnxSummary.Read(file.Path).Numbers, Is.EqualTo("int8"));
    }

    [Test]
    public void Make_RangesOfAnotherNetwork_IsRefused() => Assert.That(
        () => Make(_calibration with { Source = "another" }, "u8s8"),
        Throws.TypeOf<InvalidDataException>().With.Message.StartsWith(
            "the calibration cannot be used: they belong to a network with SHA-256 another; this one has "));

    [Test]
    public void Make_RangesThatAreMissing_IsRefused() => Assert.That(
        () => Make(
            _calibration with { Ranges = _calibration.Ranges.Skip(1).ToDictionary() }, "u8s8"),
        Throws.TypeOf<InvalidDataException>().With.Message.EqualTo("the calibration cannot be used: they say nothing of input."));

    [Test]
    public void Make_OtherImagesOrNodesLeftOut_IsAnotherFile()
    {
        var (file, _) = Make(_calibration, "u8s8");
        var (ofOthers, _) = Make(_calibration with { Images = _calibration.Images with { From = "others" } }, "u8s8");
        var (shorter, report) = Make(_calibration, "u8s8", "first", "last");

        Assert.That(new[] { file.Path, ofOthers.Path, shorter.Path }, Is.Unique);
        Assert.That(ofOthers.Sha256, Is.EqualTo(file.Sha256), "the ranges are the same");
        Assert.That(report.Text, Is.EqualTo("21 of 23 convolutions and matrix products are written to compute in integers; in fp32 stay "
            + "2 Conv (excluded on request), 1 Relu (stays in fp32)."));
        Assert.That(shorter.Origin.Recipe, Does.EndWith("quantiser 2, in fp32: first, last"));
    }

    [Test]
    public void Make_NodeThatIsNotThere_NamesSomeThatAre() => Assert.That(
        () => Make(_calibration, "u8s8", "conv99"),
        Throws.TypeOf<NotSupportedException>().With.Message.StartsWith(
            "found no node 'conv99', which is to stay in fp32; expected first, last, or the name of a node or of what it gives, such as "));

    private (ModelFile File, QuantizationReport Report) Make(Calibration calibration, string recipe, params string[] excluded) =>
        Int8Files.Make(
            _source, "unet", _folder.Path, calibration, QuantizationRecipe.All.Single(known => known.Name == recipe), excluded);
}
