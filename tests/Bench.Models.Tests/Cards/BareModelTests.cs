using Bench.Models.Cards;

namespace Bench.Models.Tests.Cards;

public class BareModelTests
{
    [TestCase("mine.onnx", "mine")]
    [TestCase("mine.fp16.onnx", "mine")]
    [TestCase("mine-int8.onnx", "mine")]
    [TestCase("mine_float16.onnx", "mine")]
    [TestCase("MobileNet v2 (1.0).onnx", "MobileNet-v2--1.0-")]
    [TestCase("squeezenet1.0-12-int8.onnx", "squeezenet1.0-12")]
    [TestCase("fp16.onnx", "fp16")]
    [TestCase("Ünet.onnx", "-net")]
    public void IdOf_FileName_IsWithoutEndingAndPrecision(string file, string id) => Assert.That(BareModel.IdOf(file), Is.EqualTo(id));

    [TestCase("quantised.onnx")]
    [TestCase("quantised.int8.onnx")]
    public void CardOf_AnyFileOfSeveral_NamesThemAllByTheirWeights(string file)
    {
        var card = BareModel.CardOf(Repository.File("tests", "networks", file));

        Assert.That(card.Network.Onnx, Is.EquivalentTo(new Dictionary<string, string>
        {
            ["fp32"] = "quantised.onnx",
            ["fp16"] = "quantised.fp16.onnx",
            ["int8"] = "quantised.int8.onnx",
        }));
        Assert.That((card.Id, card.Task), Is.EqualTo(("quantised", ModelTask.None)));
    }

    [Test]
    public void CardOf_FilesOfOtherFormatsBeside_AreNamed()
    {
        using var folder = new TemporaryFolder();
        Copy(folder, "classifier.onnx", "mine.onnx");
        folder.Write("mine.pb", "a graph");
        folder.Write("mine.fp16.xml", "a network");
        folder.Write("other.pb", "another graph");

        var network = BareModel.CardOf(folder.File("mine.onnx")).Network;

        Assert.That(network.TensorFlow, Is.EquivalentTo(new Dictionary<string, string> { ["fp32"] = "mine.pb" }));
        Assert.That(network.OpenVino, Is.EquivalentTo(new Dictionary<string, string> { ["fp16"] = "mine.fp16.xml" }));
    }

    [Test]
    public void CardOf_NameThatEndsInAnotherPrecision_IsAnotherModel()
    {
        using var folder = new TemporaryFolder();
        Copy(folder, "classifier.onnx", "vad.onnx");
        Copy(folder, "classifier.onnx", "vad_half.onnx");

        Assert.That(BareModel.CardOf(folder.File("vad.onnx")).Network.Onnx!.Values, Is.EqualTo(["vad.onnx"]));
        Assert.That(BareModel.CardOf(folder.File("vad_half.onnx")).Id, Is.EqualTo("vad_half"));
    }

    [Test]
    public void CardOf_TwoFilesOfOnePrecision_SaysWhich()
    {
        using var folder = new TemporaryFolder();
        Copy(folder, "classifier.onnx", "mine.onnx");
        Copy(folder, "classifier.onnx", "mine.fp32.onnx");

        Assert.That(() => BareModel.CardOf(folder.File("mine.onnx")),
            Throws.TypeOf<ModelCardException>().With.Message.Contains("mine.fp32.onnx and mine.onnx both have weights in fp32"));
    }

    private static void Copy(TemporaryFolder folder, string network, string name) =>
        File.Copy(Repository.File("tests", "networks", network), folder.File(name));
}
