using System.Text.Json.Nodes;
using Bench.Models.Cards;

namespace Bench.Models.Tests.Cards;

public class ModelCardReaderTests
{
    private const string Valid = """
        {
          "id": "mine", "title": "My network", "task": "classification",
          "network": { "onnx": { "fp32": "mine.onnx" } },
          "input": { "name": "x", "shape": [1, 3, 8, 8] },
          "output": { "name": "y", "shape": [1, 2], "values": "logits" },
          "data": { "inputs": "x.npy", "labels": "y.npy" },
          "metric": "accuracy", "licence": "MIT"
        }
        """;

    private static readonly string Schema = Repository.File("models", "model-card.schema.json");

    [TestCase("inceptionv3")]
    [TestCase("unet")]
    public void Read_BuiltInCard_IsValidAndNamesItsHashes(string name)
    {
        var path = Repository.File("models", name + ".json");
        var card = ModelCardReader.Read(path);

        Assert.That(IsValid(File.ReadAllText(path)));
        Assert.That(card.Id, Is.EqualTo(name));
        Assert.That(card.Network.Sha256.Keys, Is.EquivalentTo(["weights", "fp32", "fp16", "tensorflow-fp32", "tensorflow-fp16"]));
        Assert.That(card.Data!.Sha256, Is.Not.Null);
    }

    [Test]
    public void Read_SmallestCard_HasTheDefaults()
    {
        var card = Read(Valid);

        Assert.That(IsValid(Valid));
        Assert.That(card.Input!.Mean.Concat(card.Input.Scale), Is.Empty);
        Assert.That(card.Data!.Layout, Is.EqualTo("nchw"));
        Assert.That(card.Network.Sha256, Is.Empty);
    }

    [TestCase("\"id\": \"mine\"", "\"id\": \"My/Net\"", "found id 'My/Net'")]
    [TestCase("\"metric\": \"accuracy\"", "\"metric\": \"dice\"", "expected 'accuracy'")]
    [TestCase("\"shape\": [1, 3, 8, 8]", "\"shape\": [1, 3, 8, 8], \"scale\": 0", "the scale not 0")]
    [TestCase("\"shape\": [1, 3, 8, 8]", "\"shape\": [1, 0, 8, 8]", "found input shape [1, 0, 8, 8]")]
    [TestCase("\"name\": \"x\",", "\"name\": \"x\", \"type\": \"float8\",", "found input type 'float8'")]
    [TestCase("\"name\": \"x\",", "\"name\": \"x\", \"draw\": \"dice\",", "found draw 'dice'; expected normal,")]
    [TestCase("\"name\": \"x\",", "\"name\": \"x\", \"draw\": \"normal\", \"file\": \"x.npy\",", "found file and draw for the input 'x'")]
    [TestCase("\"shape\": [1, 3, 8, 8]", "\"shape\": [1, 3, 8, 8], \"scale\": [1, 0, 1]", "the scale not 0")]
    [TestCase("\"output\":", "\"inputs\": [{ \"name\": \"z\" }], \"output\":", "found input beside inputs")]
    [TestCase("\"shape\": [1, 2]", "\"shape\": [1, -2]", "found output shape [1, -2]")]
    [TestCase("\"onnx\": { \"fp32\": \"mine.onnx\" }", "\"onnx\": { \"fp64\": \"mine.onnx\" }", "found onnx precision 'fp64'")]
    [TestCase("\"onnx\": { \"fp32\": \"mine.onnx\" }",
        "\"onnx\": { \"fp32\": \"mine.onnx\" }, \"tensorflow\": { \"fp64\": \"mine.pb\" }", "found tensorflow precision 'fp64'")]
    [TestCase("\"onnx\": { \"fp32\": \"mine.onnx\" }", "\"tensorflow\": { \"fp32\": \"mine.pb\" }",
        "found network.tensorflow without network.onnx")]
    [TestCase("\"onnx\": { \"fp32\": \"mine.onnx\" }", "\"architecture\": \"resnet\", \"weights\": \"w\"", "found architecture 'resnet'")]
    [TestCase("\"onnx\": { \"fp32\": \"mine.onnx\" }", "", "either architecture and weights, or onnx")]
    [TestCase("\"inputs\": \"x.npy\", \"labels\": \"y.npy\"", "\"labels\": \"y.npy\"", "found data.labels without data.inputs")]
    [TestCase(", \"values\": \"logits\"", "", "found data.labels without a task and output.values")]
    [TestCase("\"inputs\": \"x.npy\", \"labels\": \"y.npy\"",
        "\"generator\": \"lesion-slices\", \"seed\": 1, \"count\": 4", "found generator 'lesion-slices'")]
    [TestCase(
        "\"fp32\": \"mine.onnx\" }", "\"fp32\": \"mine.onnx\" }, \"sha256\": { \"FP32\": \"00\" }", "found 'FP32' under network.sha256")]
    [TestCase("\"fp32\": \"mine.onnx\" }", "\"fp32\": \"mine.onnx\", \"fp16\": \"h\" }, \"recipes\": { \"fp16\": \" \" }",
        "found ' ' for 'fp16' under network.recipes; expected one line")]
    [TestCase("\"labels\": \"y.npy\"", "\"labels\": \"y.npy\", \"layout\": \"chwn\"", "found data layout 'chwn'")]
    [TestCase("\"licence\"", "\"calibration\": { \"method\": \"median\" }, \"licence\"",
        "found calibration.method 'median'; expected one of minmax")]
    [TestCase("\"licence\"", "\"calibration\": { \"count\": 0 }, \"licence\"", "found calibration.count 0; expected 1 or more")]
    [TestCase("\"licence\"", "\"calibration\": { \"exclude\": [\" \"] }, \"licence\"", "found an empty name under calibration.exclude")]
    [TestCase("\"licence\"", "\"calibration\": { \"inputs\": \"c.npy\", \"files\": { \"x\": \"c.npy\" } }, \"licence\"",
        "found calibration.inputs beside calibration.files")]
    [TestCase("\"task\": \"classification\"", "\"task\": \"guessing\"", "ModelTask")]
    [TestCase("\"licence\"", "\"license\"", "license")]
    [TestCase("\"network\": { \"onnx\": { \"fp32\": \"mine.onnx\" } },", "", "found no network (line")]
    [TestCase("\"licence\": \"MIT\"", "\"licence\": \"MIT\", \"licens\": 1", "found 'licens' (line")]
    [TestCase("{ \"name\": \"x\"", "{ \"nam", "See models/model-card.schema.json")]
    public void Read_CardWithOneFault_SaysWhatItFound(string valid, string faulty, string expected)
    {
        var text = Valid.Replace(valid, faulty, StringComparison.Ordinal);

        Assert.That(text, Is.Not.EqualTo(Valid));
        Assert.That(() => Read(text), Throws.TypeOf<ModelCardException>().With.Message.Contains(expected).IgnoreCase);
        Assert.That(IsValid(text), Is.False, "the schema must refuse it too");
    }

    /// <summary>What a schema cannot say: which files there are.</summary>
    [TestCase("\"fp32\": \"a\" }, \"source\": \"fp16\"", "found network.source 'fp16'; expected 'own', or one of the files")]
    [TestCase("\"fp32\": \"a\" }, \"recipes\": { \"fp32\": \"x\" }", "found 'fp32' under network.recipes; expected files that were made")]
    [TestCase("\"fp32\": \"a\" }, \"recipes\": { \"fp16\": \"x\" }", "found 'fp16' under network.recipes; expected files that were made")]
    [TestCase("\"fp32\": \"a\", \"fp16\": \"b\" }, \"source\": \"fp16\", \"recipes\": { \"fp16\": \"x\" }",
        "found 'fp16' under network.recipes")]
    [TestCase("\"fp32\": \"a\", \"fp16\": \"b\" }, \"source\": \"own\", \"recipes\": { \"fp16\": \"x\" }",
        "found 'fp16' under network.recipes")]
    public void Read_OriginOfNoFile_SaysWhatItFound(string files, string expected) => Assert.That(
        () => Read(Valid.Replace("\"fp32\": \"mine.onnx\" }", files, StringComparison.Ordinal)),
        Throws.TypeOf<ModelCardException>().With.Message.Contains(expected));

    [Test]
    public void Read_OriginOfFiles_IsRead()
    {
        var text = Valid.Replace("\"fp32\": \"mine.onnx\" }",
            "\"fp32\": \"a\", \"fp16\": \"b\" }, \"source\": \"fp32\", \"recipes\": { \"fp16\": \"by hand\" }", StringComparison.Ordinal);
        var card = Read(text);

        Assert.That(IsValid(text));
        Assert.That((card.Network.Source, card.Network.Recipes["fp16"]), Is.EqualTo(("fp32", "by hand")));
    }

    [Test]
    public void Read_NetworkAlone_IsACardNamedAfterItsFile()
    {
        const string Text = "{ \"network\": { \"onnx\": { \"fp32\": \"mine.onnx\" } } }";
        var card = Read(Text);

        Assert.That(JsonSchemaCheck.Faults(Schema, Text), Is.Empty);
        Assert.That((card.Id, card.Title, card.Task, card.Licence), Is.EqualTo(("card", (string?)null, ModelTask.None, (string?)null)));
    }

    [Test]
    public void Read_NumbersForEachChannel_AreRead()
    {
        var text = Valid.Replace(
            "\"shape\": [1, 3, 8, 8]", "\"mean\": [124, 116, 104], \"scale\": 58.5", StringComparison.Ordinal);
        var input = Read(text).Input!;

        Assert.That(IsValid(text));
        Assert.That(input.Mean, Is.EqualTo([124f, 116, 104]));
        Assert.That(input.Scale, Is.EqualTo([58.5f]));
    }

    [Test]
    public void Read_SeveralFaults_ReportsThemTogether()
    {
        var text = Valid.Replace("\"mine\"", "\"M+\"", StringComparison.Ordinal)
            .Replace("\"accuracy\"", "\"dice\"", StringComparison.Ordinal);

        Assert.That(() => Read(text), Throws.TypeOf<ModelCardException>().With.Property("Faults").Count.EqualTo(2));
    }

    [Test]
    public void Read_MissingFile_SaysSo() =>
        Assert.That(() => ModelCardReader.Read("/nowhere/card.json"),
            Throws.TypeOf<ModelCardException>().With.Message.Contains("/nowhere/card.json"));

    private static ModelCard Read(string text)
    {
        using var folder = new TemporaryFolder();
        return ModelCardReader.Read(folder.Write("card.json", text));
    }

    private static bool IsValid(string text)
    {
        try
        {
            return JsonSchemaCheck.Faults(Schema, text).Count == 0 && !IsMismatched(text);
        }
        catch (System.Text.Json.JsonException)
        {
            return false;
        }
    }

    // What a schema cannot say: the metric and the generator must fit the task, and labels need images and a meaning.
    private static bool IsMismatched(string text)
    {
        var card = JsonNode.Parse(text)!;
        var isClassification = (string)card["task"]! == "classification";
        var data = card["data"]!;
        return ((string)card["metric"]! == "accuracy") != isClassification
            || (data["generator"] is { } generator && ((string)generator! == "lesion-images") != isClassification)
            || (data["labels"] is not null && (data["inputs"] is null || card["output"]!["values"] is null));
    }
}
