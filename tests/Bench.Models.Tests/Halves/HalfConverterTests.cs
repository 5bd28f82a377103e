using Bench.Models.Halves;
using Bench.Models.Onnx;
using Google.Protobuf;
using static Bench.Models.Tests.Onnx.GraphParts;

namespace Bench.Models.Tests.Halves;

/// <summary>What is turned into halves, and what stays, with its reason. That the result computes nearly the same, ONNX's conformance
/// cases show.</summary>
public class HalfConverterTests
{
    private const int Float = OnnxTypes.Float, Half = OnnxTypes.Float16;

    [Test]
    public void Convert_Network_TurnsWeightsAndLeavesWhatGoesInAndComesOut()
    {
        var model = Model(Node("Mul", ["x", "w"], "product"), Node("Relu", ["product"], "y"));

        var report = HalfConverter.Convert(model);

        Assert.That(report.Text, Is.EqualTo("2 nodes compute in fp16."));
        Assert.That(model.Graph.Node.Select(node => node.OpType), Is.EqualTo(["Cast", "Mul", "Relu", "Cast"]));
        Assert.That(model.Graph.Initializer.Single().DataType, Is.EqualTo(Half));
        Assert.That(model.Graph.Input.Concat(model.Graph.Output).Select(value => value.Type.TensorType.ElemType), Has.All.EqualTo(Float));
    }

    [Test]
    public void Convert_WeightsBeyondTheLargestHalf_KeepsTheirNode() => Assert.That(
        HalfConverter.Convert(Model([2, 70000], Node("Mul", ["x", "w"], "product"), Node("Relu", ["product"], "y"))).Text,
        Is.EqualTo("1 node computes in fp16; in fp32 stay 1 Mul (has weights beyond 65,504, the largest half)."));

    [Test]
    public void Convert_WeightsThatStandForInfinityOrNothing_AreToldApart()
    {
        var model = Model([float.MinValue, 1e-9f], Node("Add", ["x", "w"], "y"));

        Assert.That(HalfConverter.Convert(model).Text, Is.EqualTo("1 node computes in fp16. "
            + "1 weight that stands for infinity became 65,504, the largest half. 1 weight too small for a half became 0."));
        Assert.That(model.Graph.Initializer.Single().RawData.ToByteArray(), Is.EqualTo(new byte[] { 0xFF, 0xFB, 0, 0 }), "−65504 and 0");
    }

    [TestCase("Constant")]
    [TestCase("ConstantOfShape")]
    public void Convert_NumbersOfANodeBeyondTheLargestHalf_AreNotChanged(string operation)
    {
        var constant = Node(operation, operation == "Constant" ? [] : ["length"], "w2");
        constant.Attribute.Add(new AttributeProto
        {
            Name = "value",
            Type = AttributeProto.Types.AttributeType.Tensor,
            T = new TensorProto { DataType = Float, Dims = { 1 }, FloatData = { 100000 } },
        });
        var model = Model(constant, Node("Mul", ["x", "w2"], "product"), Node("Relu", ["product"], "y"));

        var report = HalfConverter.Convert(model);

        Assert.That(report.Kept.Select(kept => kept.Reason), Has.Some.EqualTo("has weights beyond 65,504, the largest half")
            .Or.Some.EqualTo("computes from shapes and constants alone"));
        Assert.That(report.CutOff, Is.Zero);
        Assert.That(model.Graph.Initializer.Select(tensor => tensor.DataType), Has.None.EqualTo(Half));
    }

    [Test]
    public void Convert_WeightsThatAnOldFileListsAmongInputs_AreNoInputsAfterwards()
    {
        var model = Model(Node("Mul", ["x", "w"], "y"));
        model.IrVersion = 3;
        model.Graph.Input.Add(Value("w", 2));

        _ = HalfConverter.Convert(model);

        Assert.That(model.Graph.Input.Select(input => input.Name), Is.EqualTo(["x"]));
        Assert.That(model.IrVersion, Is.EqualTo(4), "the first that lets weights be no inputs");
    }

    [TestCase("RandomNormalLike", "draws numbers")]
    [TestCase("CumSum", "takes no halves at every version of ONNX")]
    [TestCase("GridSample", "finds places, which halves have no digits for")]
    public void Convert_OperatorThatMust_StaysWithItsReason(string name, string reason)
    {
        var model = Model(Node("Relu", ["x"], "z"), Node(name, ["z"], "kept"), Node("Mul", ["kept", "w"], "y"));

        Assert.That(HalfConverter.Convert(model).Kept.Single(), Is.EqualTo(new KeptOperator(name, 1, reason)));
        Assert.That(model.Graph.Node.Select(node => node.OpType), Is.EqualTo(["Cast", "Relu", "Cast", name, "Cast", "Mul", "Cast"]));
    }

    [Test]
    public void Convert_OperatorOfAnotherVendor_Stays()
    {
        var foreign = Node("Relu", ["x"], "z");
        foreign.Domain = "com.example";
        var model = Model(foreign, Node("Mul", ["z", "w"], "y"));
        model.Graph.ValueInfo.Add(Value("z", 2));

        Assert.That(HalfConverter.Convert(model).Kept.Single().Reason, Is.EqualTo("is no operator of ONNX's own"));
    }

    [Test]
    public void Convert_NothingToConvert_SaysWhatAllThereIs() => Assert.That(
        () => HalfConverter.Convert(Model(Node("CumSum", ["x", "w"], "y"))),
        Throws.TypeOf<NotSupportedException>().With.Message.EqualTo("none of its nodes can compute in halves: "
            + "0 nodes compute in fp16; in fp32 stay 1 CumSum (takes no halves at every version of ONNX)."));

    [Test]
    public void Convert_OldOperators_SaysWhichAreExpected()
    {
        var model = Model(Node("Relu", ["x"], "y"));
        model.OpsetImport.Single().Version = 6;

        Assert.That(() => HalfConverter.Convert(model),
            Throws.TypeOf<NotSupportedException>().With.Message.Contains("version 6 of ONNX's operators; expected 7 or later"));
    }

    [Test]
    public void Convert_OperatorsThatTheFileDefines_AreNotLookedInto()
    {
        var model = Model(Node("Relu", ["x"], "y"));
        model.Functions.Add(ByteString.CopyFromUtf8("a function"));

        Assert.That(() => HalfConverter.Convert(model), Throws.TypeOf<NotSupportedException>().With.Message.Contains("(functions)"));
    }

    private static ModelProto Model(params NodeProto[] nodes) => Model([0.5f, -3], nodes);

    private static ModelProto Model(float[] weights, params NodeProto[] nodes)
    {
        var graph = new GraphProto { Name = "g" };
        graph.Node.AddRange(nodes);
        graph.Input.Add(Value("x", 2));
        graph.Output.Add(Value("y", 2));
        if (nodes.Any(node => node.Input.Contains("w")))
        {
            var tensor = new TensorProto { Name = "w", DataType = Float };
            tensor.Dims.Add(weights.Length);
            tensor.FloatData.AddRange(weights);
            graph.Initializer.Add(tensor);
        }

        var model = new ModelProto { Graph = graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Version = 17 });
        return model;
    }
}
