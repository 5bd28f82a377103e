using Bench.Models.Onnx;

namespace Bench.Models.Tests.Onnx;

/// <summary>What files of tests/networks, which Debian's python3-onnx wrote, say of themselves.</summary>
public class OnnxSummaryTests
{
    [TestCase("classifier", 13, "'image' float32 [N, 3, 8, 8]", "'classes' float32 [N, 5]", "fp32")]
    [TestCase("opset7", 7, "'image' float32 [N, 3, 8, 8]", "'classes' float32 [N, 5]", "fp32")]
    [TestCase("open-size", 13, "'image' float32 [N, 3, height, width]", "'classes' float32 [N, 5]", "fp32")]
    [TestCase("half-edges", 13, "'image' float16 [N, 3, 8, 8]", "'classes' float16 [N, 5]", "fp16")]
    [TestCase("double", 13, "'x' float64 [N, 6]", "'y' float64 [N, 3]", "fp32")]
    [TestCase("integers", 13, "'a' int8 [N, 6]", "'y' int32 [N, 4]", "int8")]
    [TestCase("quantised.int8", 13, "'x' float32 [N, 3, 8, 8]", "'y' float32 [N, 2, 6, 6]", "int8")]
    [TestCase("places32", 13, "'place' int32 [N], 'factor' float32 []", "'y' float32 [N, 4]", "fp32")]
    [TestCase("boxes", 13, "'x' float32 [N, 12]", "'places' int64 [2, ?], 'y' float32 [N, 12]", "fp32")]
    [TestCase("text", 13, "'t' string [1]", "'y' string [1]", "fp32")]
    [TestCase("scores-map", 13, "'x' float32 [N, 4]", "'scores' float32 [N, 2], 'named' sequence of any shape", "fp32")]
    public void Read_NetworkOfEachKind_SaysWhatGoesInAndComesOut(string name, long opset, string inputs, string outputs, string numbers)
    {
        var summary = Read(name);

        Assert.That(summary.Opset, Is.EqualTo(opset));
        Assert.That(string.Join(", ", summary.Inputs), Is.EqualTo(inputs));
        Assert.That(string.Join(", ", summary.Outputs), Is.EqualTo(outputs));
        Assert.That(summary.Numbers, Is.EqualTo(numbers));
    }

    [Test]
    public void Read_NetworkWithTables_KnowsWhatPlacesMustBeBelow()
    {
        Assert.That((Read("words").IndexBounds.Of("tokens"), Read("words").IndexBounds.Of("segments")), Is.EqualTo((50, 2)));
        Assert.That(Read("words").IndexBounds.Of("mask"), Is.Null);
        Assert.That(Read("places32").IndexBounds.Of("place"), Is.EqualTo(7));
        Assert.That(Read("classifier").IndexBounds.Of("image"), Is.Null);
    }

    /// <summary>Words that are hidden or moved before they are looked up: what they are below is likely, and no reason to refuse.</summary>
    [TestCase("Mul", 50)]
    [TestCase("Add", 25)]
    [TestCase("Gather", 50, Description = "a column of several: others may go to other tables")]
    [TestCase("Slice", 50)]
    public void Read_PlacesThatAreChangedBefore_HaveALikelyBound(string operation, long expected)
    {
        var model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(Path("words")));
        var hide = new NodeProto { OpType = operation, Input = { "tokens", "long_mask" }, Output = { "hidden" } };
        model.Graph.Node.Insert(0, hide);
        model.Graph.Node.Single(node => node.Input.Contains("table")).Input[1] = "hidden";
        using var folder = new TemporaryFolder();

        var bounds = OnnxSummary.Read(folder.Write("x.onnx", Google.Protobuf.MessageExtensions.ToByteArray(model))).IndexBounds;

        Assert.That((bounds.Of("tokens"), bounds.Likely("tokens")), Is.EqualTo(((long?)null, expected)));
        Assert.That(bounds.Likely("long_mask"), Is.Null);
    }

    [Test]
    public void Read_Weights_CountsBytesByType()
    {
        Assert.That(Read("double").WeightBytes, Is.EquivalentTo(new Dictionary<string, long> { ["float64"] = 6 * 3 * 8 }));
        Assert.That(Read("external").WeightBytes["float32"], Is.EqualTo(6 * 3 * 4), "also those in another file");
        Assert.That(Read("scores-map").Operators, Is.EquivalentTo(
            new Dictionary<string, int> { ["MatMul"] = 1, ["ai.onnx.ml.ZipMap"] = 1 }));
    }

    [Test]
    public void Read_WeightsThatAreInputsToo_AreNoInputs()
    {
        var model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(Path("classifier")));
        model.Graph.Input.Add(new ValueInfoProto { Name = "kernel", Type = model.Graph.Input[0].Type });
        using var folder = new TemporaryFolder();

        var summary = OnnxSummary.Read(folder.Write("old.onnx", Google.Protobuf.MessageExtensions.ToByteArray(model)));

        Assert.That(summary.Inputs.Select(input => input.Name), Is.EqualTo(["image"]));
    }

    [Test]
    public void MayHaveOpenOutputs_OperatorsThatSearch_May()
    {
        Assert.That(Read("boxes").MayHaveOpenOutputs);
        Assert.That(Read("classifier").MayHaveOpenOutputs, Is.False);
    }

    /// <summary>Whatever a file holds, the answer is a summary, or that it is no network: never another exception, never no end.</summary>
    [Test]
    public void Read_DamagedFiles_AreRefusedOrRead()
    {
        using var folder = new TemporaryFolder();
        var seeds = new[] { "words", "quantised.int8", "scores-map", "external" }.Select(name => File.ReadAllBytes(Path(name))).ToArray();
        var random = new Random(20261127);
        var (accepted, refused) = (0, 0);
        for (var i = 0; i < 3_000; i++)
        {
            var bytes = seeds[random.Next(seeds.Length)].ToList();
            for (var changes = random.Next(1, 4); changes > 0; changes--)
            {
                var at = random.Next(bytes.Count);
                if (random.Next(3) == 0)
                {
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 40), bytes.Count - at));
                }
                else
                {
                    bytes[at] = (byte)random.Next(256);
                }
            }

            try
            {
                var summary = OnnxSummary.Read(folder.Write("fuzz.onnx", [.. bytes]));
                var shapes = InputShapes.Of(summary, _ => null, _ => null);
                Assert.That(shapes.Inputs.Count + shapes.Faults.Count, Is.GreaterThan(0).Or.EqualTo(summary.Inputs.Count));
                accepted++;
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        }

        Assert.That((accepted > 0, refused > 0), Is.EqualTo((true, true)), "inputs that are all accepted or all refused test little");
    }

    internal static string Path(string name) => Repository.File("tests", "networks", name + ".onnx");

    private static OnnxSummary Read(string name) => OnnxSummary.Read(Path(name));
}
