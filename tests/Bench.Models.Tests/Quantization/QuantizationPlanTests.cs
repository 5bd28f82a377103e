using Bench.Models.Onnx;
using Bench.Models.Quantization;
using Google.Protobuf;
using static Bench.Models.Tests.Onnx.GraphParts;

namespace Bench.Models.Tests.Quantization;

/// <summary>What computes in integers, and what stays, with its reason. That the result computes nearly the same, the oracle of
/// Bench.Inference.Tests shows.</summary>
public class QuantizationPlanTests
{
    [Test]
    public void Of_NothingThatCanBeQuantised_SaysWhatAllThereIs() => Assert.That(
        () => QuantizationPlan.Of(Model(Node("Softmax", ["x"], "z"), Node("InstanceNormalization", ["z", "w", "w"], "y")),
            QuantizationRecipe.U8S8),
        Throws.TypeOf<NotSupportedException>().With.Message.EqualTo(
            "none of its nodes can compute in integers: 1 Softmax (stays in fp32); 1 InstanceNormalization (stays in fp32)."));

    [Test]
    public void Of_OperatorsBetween_StayAndAreListed()
    {
        var plan = QuantizationPlan.Of(
            Model(Node("MatMul", ["x", "w"], "m"), Node("Softmax", ["m"], "s"), Node("MatMul", ["s", "m"], "n"), Node("Erf", ["n"], "y")),
            QuantizationRecipe.U8S8);

        Assert.That(plan.Kept.Select(kept => kept.ToString()), Is.EqualTo(
            ["1 Softmax (stays in fp32)", "1 MatMul (its weights are computed)", "1 Erf (stays in fp32)"]));
        Assert.That(plan.Observed, Is.EqualTo(["x", "m"]));
    }

    /// <summary>This one's strides are not its blocks.</summary>
    [TestCase("u8s8", "1 ConvTranspose (processors have no such kernel for integers)")]
    [TestCase("s8s8", "")]
    public void Of_TransposedConvolutionThatOverlaps_IsForDevicesAlone(string recipe, string kept)
    {
        var plan = QuantizationPlan.Of(Model(Node("MatMul", ["x", "w"], "m"), Node("ConvTranspose", ["m", "w"], "y")),
            QuantizationRecipe.All.Single(known => known.Name == recipe));

        Assert.That(string.Join("; ", plan.Kept), Is.EqualTo(kept));
    }

    /// <summary>Processors average floats sooner, and so they stay, also between integers.</summary>
    [TestCase("u8s8", "1 AveragePool (processors average floats sooner)")]
    [TestCase("u8s7", "1 AveragePool (processors average floats sooner)")]
    [TestCase("s8s8", "")]
    public void Of_AveragesOfWindows_AreForDevicesAlone(string recipe, string kept)
    {
        var plan = QuantizationPlan.Of(
            Model(Node("MatMul", ["x", "w"], "m"), Node("AveragePool", ["m"], "a"), Node("MatMul", ["a", "w"], "y")),
            QuantizationRecipe.All.Single(known => known.Name == recipe));

        Assert.That(string.Join("; ", plan.Kept), Is.EqualTo(kept));
        Assert.That(plan.Observed, Is.EqualTo(["x", "m", "a", "y"]));
    }

    /// <summary>It stands before the node that makes what goes in integers.</summary>
    [Test]
    public void Of_AverageOfWhatGoesIn_StandsApartWhereverItStands()
    {
        var plan = QuantizationPlan.Of(
            Model(Node("AveragePool", ["x"], "a"), Node("MatMul", ["a", "w"], "m"), Node("MatMul", ["x", "w"], "n"),
                Node("Add", ["m", "n"], "y")),
            QuantizationRecipe.U8S8);

        Assert.That(plan.Apart, Is.EquivalentTo(["a"]));
        Assert.That(plan.Kept.Single().ToString(), Is.EqualTo("1 AveragePool (processors average floats sooner)"));
    }

    /// <summary>Integers cut off at zero by themselves, so that a Relu alone cannot stay in floats.</summary>
    [Test]
    public void Of_ExcludedReluBehindAMatrixProduct_KeepsBothInFloats()
    {
        var model = Model(Node("MatMul", ["x", "w"], "m"), Node("Relu", ["m"], "r"), Node("MatMul", ["r", "w"], "y"));

        var plan = QuantizationPlan.Of(model, QuantizationRecipe.U8S8, ["r"]);

        Assert.That(plan.Kept.Select(kept => kept.ToString()), Is.EqualTo(
            ["1 MatMul (the Relu behind it is excluded)", "1 Relu (excluded on request)"]));
        Assert.That(plan.Dropped, Is.Empty);
    }

    /// <summary>Where the highest integer stands for 6, nothing above it may share the scale, or nothing would be cut off there.</summary>
    [TestCase("Clip", 1)]
    [TestCase("Relu", 2)]
    public void Of_ConcatenatedWithWhatIsCutOffAtSix_SharesAScaleOnlyWithItsLike(string other, int scales)
    {
        var model = Model(
            Node("MatMul", ["x", "w"], "m"), Node("Clip", ["m", "zero", "six"], "c"),
            Node("MatMul", ["x", "w"], "n"), Node(other, other == "Clip" ? ["n", "zero", "six"] : ["n"], "d"),
            Node("Concat", ["c", "d"], "y"));
        model.Graph.Initializer.Add(new TensorProto { Name = "zero", DataType = OnnxTypes.Float, FloatData = { 0 } });
        model.Graph.Initializer.Add(new TensorProto { Name = "six", DataType = OnnxTypes.Float, FloatData = { 6 } });

        var plan = QuantizationPlan.Of(model, QuantizationRecipe.U8S8);

        Assert.That(new[] { "c", "d" }.Select(plan.GroupOf).Distinct().Count(), Is.EqualTo(scales));
    }

    [Test]
    public void Of_ClipWhoseUpperBoundIsComputed_IsNotLeftToIntegers()
    {
        var model = Model(
            Node("MatMul", ["x", "w"], "m"), Node("ReduceMax", ["x"], "top"), Node("Clip", ["m", "zero", "top"], "c"),
            Node("MatMul", ["c", "w"], "y"));
        model.Graph.Initializer.Add(new TensorProto { Name = "zero", DataType = OnnxTypes.Float, FloatData = { 0 } });

        Assert.That(QuantizationPlan.Of(model, QuantizationRecipe.U8S8).Dropped, Is.Empty);
    }

    [Test]
    public void Of_FunctionsOfTheFile_AreNotLookedInto()
    {
        var model = Model(Node("MatMul", ["x", "w"], "y"));
        model.Functions.Add(ByteString.CopyFromUtf8("a function"));

        Assert.That(() => QuantizationPlan.Of(model, QuantizationRecipe.U8S8),
            Throws.TypeOf<NotSupportedException>().With.Message.Contains("(functions)"));
    }

    [Test]
    public void Of_OldOperators_SaysWhichAreExpected()
    {
        var model = Model(Node("MatMul", ["x", "w"], "y"));
        model.OpsetImport.Single().Version = 9;

        Assert.That(() => QuantizationPlan.Of(model, QuantizationRecipe.U8S8), Throws.TypeOf<NotSupportedException>().With.Message
            .EqualTo("it is of version 9 of ONNX's operators; expected 11 or later. Export it anew."));
    }

    [Test]
    public void Of_OperatorsOfVersion11_AreBroughtTo13()
    {
        var squeeze = Node("Squeeze", ["m"], "y");
        squeeze.Attribute.Add(new AttributeProto { Name = "axes", Type = AttributeProto.Types.AttributeType.Ints, Ints = { 0 } });
        var model = Model(Node("MatMul", ["x", "w"], "m"), squeeze);
        model.OpsetImport.Single().Version = 11;

        var plan = QuantizationPlan.Of(model, QuantizationRecipe.U8S8);

        Assert.That(plan.Model.OpsetImport.Single().Version, Is.EqualTo(13));
        Assert.That(squeeze.Attribute, Is.Empty);
        Assert.That(plan.Model.Graph.Initializer.Single(tensor => tensor.Name == squeeze.Input[1]).Int64Data, Is.EqualTo([0L]));
    }

    /// <summary>One reading serves all recipes, whatever is left out.</summary>
    [Test]
    public void Watched_AnyRecipeAndExclusion_KnowsWhatTheyAsk()
    {
        var path = Repository.File("tests", "oracles", "int8", "tiny.onnx");
        var watched = WatchedNetwork.Of(path);
        var known = watched.Inputs.Concat(watched.Values).ToHashSet();
        var nodes = OnnxFile.Read(path).Graph.Node.Select(node => node.Name).ToList();

        foreach (var recipe in QuantizationRecipe.All)
        {
            foreach (var excluded in nodes)
            {
                Assert.That(QuantizationPlan.Of(OnnxFile.Read(path), recipe, [excluded]).Observed, Is.SubsetOf(known),
                    $"{recipe} without {excluded}");
            }
        }
    }

    private static ModelProto Model(params NodeProto[] nodes)
    {
        var graph = new GraphProto { Name = "g" };
        graph.Node.AddRange(nodes);
        graph.Input.Add(Value("x", 2, 2));
        graph.Output.Add(Value("y", 2, 2));
        graph.Initializer.Add(new TensorProto { Name = "w", DataType = OnnxTypes.Float, Dims = { 2, 2 }, FloatData = { 1, -2, 3, 0.5f } });
        var model = new ModelProto { IrVersion = 8, Graph = graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Version = 17 });
        return model;
    }
}
