using Bench.Models.Onnx;
using Bench.Models.Signatures;

namespace Bench.Models.Tests.Onnx;

public class InputShapesTests
{
    private static readonly Func<string, IReadOnlyList<int>?> Nothing = _ => null;

    [TestCase("classifier", "'image' float32 [1, 3, 8, 8]", "image=0")]
    [TestCase("fixed-batch", "'image' float32 [1, 3, 8, 8]", "")]
    [TestCase("places32", "'place' int32 [1], 'factor' float32 []", "place=0")]
    public void Of_OpenFirstAxis_CountsImages(string name, string inputs, string batch)
    {
        var shapes = InputShapes.Of(Summary(name), Nothing, Nothing);

        Assert.That(string.Join(", ", shapes.Inputs), Is.EqualTo(inputs));
        Assert.That(string.Join(", ", shapes.BatchAxes.Select(axis => $"{axis.Key}={axis.Value}")), Is.EqualTo(batch));
        Assert.That(shapes.Faults, Is.Empty);
    }

    [Test]
    public void Of_AxisNamedBatch_IsItWhereverItStands()
    {
        var shapes = InputShapes.Of(Of(Value("x", (-1, "frames"), (-1, "batch_size"), (4, null))), Given("x", 7, 1, 4), Nothing);

        Assert.That(shapes.BatchAxes["x"], Is.EqualTo(1));
        Assert.That(shapes.Inputs[0].Shape, Is.EqualTo([7, 1, 4]));
        Assert.That(shapes.FreeDimensions, Is.EquivalentTo(new Dictionary<string, int> { ["frames"] = 7, ["batch_size"] = 1 }));
    }

    [Test]
    public void Of_FirstAxisThatCountsSomethingElse_IsAskedFor() => Assert.That(
        InputShapes.Of(Of(Value("x", (-1, "seq_len"), (4, null))), Nothing, Nothing).Faults.Single(),
        Does.StartWith("leaves lengths open: give them with --shape x=?x4 for 'x' float32 [seq_len, 4]"));

    [Test]
    public void Of_OneLengthForAName_HoldsWhereverTheNameStands()
    {
        var shapes = InputShapes.Of(Summary("words"), Given("tokens", 1, 12), Nothing);

        Assert.That(shapes.Faults, Is.Empty);
        Assert.That(shapes.Inputs.Select(input => input.Shape), Has.All.EqualTo(new[] { 1, 12 }));
    }

    [Test]
    public void Of_TwoLengthsForAName_IsAFault() => Assert.That(
        InputShapes.Of(
            Of(Value("a", (-1, "N"), (-1, "length")), Value("b", (-1, "N"), (-1, "length"))),
            name => name == "a" ? [1, 3] : [1, 4], Nothing).Faults.Single(),
        Is.EqualTo("calls two axes 'length', which must be of one length; found 3 and, for 'b', 4."));

    [Test]
    public void Of_DataThatFit_TellOpenLengths()
    {
        var shapes = InputShapes.Of(Summary("open-size"), Nothing, _ => [1, 3, 20, 30]);

        Assert.That(shapes.Inputs.Single().Shape, Is.EqualTo([1, 3, 20, 30]));
    }

    [Test]
    public void Of_ShapeThatDoesNotFit_SaysBoth() => Assert.That(
        InputShapes.Of(Summary("classifier"), Given("image", 1, 3, 9, 9), Nothing).Faults.Single(),
        Is.EqualTo(
            "takes 'image' float32 [N, 3, 8, 8]; found the shape 1x3x9x9 for it (--shape, or \"shape\" in the card). "
            + "Expected one that fits, or none."));

    [TestCase("string", "what turns text into numbers is no part of what is measured")]
    [TestCase("bfloat16", "takes 'x' of type bfloat16; expected one of bool, uint8,")]
    public void Of_TypeThatBenchDoesNotHave_IsRefusedWithTheReason(string type, string text)
    {
        var summary = Of(new OnnxValue("x", null, type, [new OnnxAxis(1, null)]));

        Assert.That(InputShapes.Of(summary, Nothing, Nothing).Faults.Single(), Does.Contain(text));
    }

    [Test]
    public void Of_NoAxesAtAll_AsksForTheShape() => Assert.That(
        InputShapes.Of(Of(new OnnxValue("x", Arrays.ElementType.Float32, "float32", null)), Nothing, Nothing).Faults.Single(),
        Does.Contain("--shape x=SHAPE for 'x' float32 of any shape"));

    [TestCase("1x3x224x224", "[1, 3, 224, 224]")]
    [TestCase("7", "[7]")]
    public void TryParse_Shape_IsRead(string text, string expected) =>
        Assert.That(ShapeText.TryParse(text, out var shape) ? TensorSpec.Text(shape) : null, Is.EqualTo(expected));

    [TestCase("")]
    [TestCase("1x0x3")]
    [TestCase("1x-3")]
    [TestCase("1,3")]
    [TestCase("1xx3")]
    [TestCase("1x99999999999")]
    public void TryParse_NoShape_IsNone(string text) => Assert.That(ShapeText.TryParse(text, out _), Is.False);

    private static OnnxSummary Summary(string name) => OnnxSummary.Read(OnnxSummaryTests.Path(name));

    private static Func<string, IReadOnlyList<int>?> Given(string name, params int[] shape) => asked => asked == name ? shape : null;

    private static OnnxValue Value(string name, params (int Length, string? Name)[] axes) =>
        new(name, Arrays.ElementType.Float32, "float32", [.. axes.Select(axis => new OnnxAxis(axis.Length, axis.Name))]);

    private static OnnxSummary Of(params OnnxValue[] inputs) => new()
    {
        IrVersion = 7,
        Opset = 13,
        Inputs = inputs,
        Outputs = [],
        Operators = new Dictionary<string, int>(),
        WeightBytes = new Dictionary<string, long>(),
        IndexBounds = IndexBounds.None,
    };
}
