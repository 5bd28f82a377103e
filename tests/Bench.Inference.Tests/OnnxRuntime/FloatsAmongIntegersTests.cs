using Bench.Inference.OnnxRuntime;
using Bench.Models.Onnx;
using Bench.Models.Quantization;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using static Bench.Models.Tests.Onnx.GraphParts;

namespace Bench.Inference.Tests.OnnxRuntime;

/// <summary>What must stay in floats between integers is really computed in floats: by the kernels that ONNX Runtime runs.</summary>
public class FloatsAmongIntegersTests
{
    private static readonly float[] Image = [.. Enumerable.Range(0, 3 * 8 * 8).Select(i => MathF.Sin(i))];

    /// <summary>Averages of integers take ONNX Runtime thirty times as long as those of floats.</summary>
    [TestCase("AveragePool", "", "AveragePool")]
    [TestCase("MaxPool", "", "NhwcMaxPool")]
    [TestCase("GlobalAveragePool", "", "QLinearGlobalAveragePool")]
    [TestCase("GlobalAveragePool", "pool", "GlobalAveragePool")]
    public void Write_PoolBetweenConvolutions_IsComputedByThisKernel(string pool, string excluded, string kernel)
    {
        var plan = QuantizationPlan.Of(Network(pool), QuantizationRecipe.U8S8, excluded.Split(',', StringSplitOptions.RemoveEmptyEntries));
        var expected = Run(Network(pool), out _);
        // What is cut off at zero has its lowest integer there.
        var ranges = plan.Observed.ToDictionary(name => name, name => new ActivationRange(name is "r" or "p" ? 0 : -3, 3));
        var found = Run(QuantizedNetwork.Write(plan, ranges), out var kernels);

        Assert.That(kernels.Where(name => name.EndsWith("Pool", StringComparison.Ordinal)).ToList(), Is.EqualTo([kernel]));
        Assert.That(kernels.Count(name => name == "QLinearConv"), Is.EqualTo(2));
        Assert.That(found.Zip(expected, (one, other) => Math.Abs(one - other)).Max(), Is.AtMost(0.05), "two steps of the output's scale");
    }

    /// <summary>Also where what moves values stands between it and the next node of integers.</summary>
    [Test]
    public void Write_AverageBehindWhichValuesAreMoved_IsComputedInFloats()
    {
        var network = Network("AveragePool");
        var moving = Node("Transpose", ["p"], "q");
        moving.Attribute.Add(Integers("perm", 0, 1, 3, 2));
        network.Graph.Node[3].Input[0] = "q";
        network.Graph.Node.Insert(3, moving);
        var plan = QuantizationPlan.Of(network, QuantizationRecipe.U8S8);
        var ranges = plan.Observed.ToDictionary(name => name, name => new ActivationRange(name is "r" or "p" or "q" ? 0 : -3, 3));

        _ = Run(QuantizedNetwork.Write(plan, ranges), out var kernels);

        Assert.That(kernels.Where(name => name.EndsWith("Pool", StringComparison.Ordinal)).ToList(), Is.EqualTo(["AveragePool"]));
    }

    /// <summary>What cuts off at zero and is to stay in floats does, and its convolution with it.</summary>
    [Test]
    public void Write_ExcludedRelu_StaysWithItsConvolution()
    {
        var plan = QuantizationPlan.Of(Network("MaxPool"), QuantizationRecipe.U8S8, ["r"]);
        var ranges = plan.Observed.ToDictionary(name => name, name => new ActivationRange(name is "r" or "p" ? 0 : -3, 3));

        _ = Run(QuantizedNetwork.Write(plan, ranges), out var kernels);

        Assert.That(kernels.Count(name => name == "QLinearConv"), Is.EqualTo(1), string.Join(", ", kernels));
    }

    private static ModelProto Network(string pool)
    {
        var graph = new GraphProto { Name = "g" };
        var pooling = Node(pool, ["r"], "p");
        pooling.Name = "pool";
        var isGlobal = pool.StartsWith("Global", StringComparison.Ordinal);
        if (!isGlobal)
        {
            pooling.Attribute.Add(Integers("kernel_shape", 3, 3));
            pooling.Attribute.Add(Integers("pads", 1, 1, 1, 1));
        }

        graph.Node.AddRange([Node("Conv", ["x", "v"], "c"), Node("Relu", ["c"], "r"), pooling, Node("Conv", ["p", "w"], "y")]);
        graph.Input.Add(Value("x", 1, 3, 8, 8));
        graph.Output.Add(isGlobal ? Value("y", 1, 2, 1, 1) : Value("y", 1, 2, 8, 8));
        graph.Initializer.Add(Weights("v", 4, 3));
        graph.Initializer.Add(Weights("w", 2, 4));
        var model = new ModelProto { IrVersion = 8, Graph = graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Version = 17 });
        return model;
    }

    private static AttributeProto Integers(string name, params long[] values)
    {
        var attribute = new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Ints };
        attribute.Ints.AddRange(values);
        return attribute;
    }

    private static TensorProto Weights(string name, int outputs, int inputs)
    {
        var tensor = new TensorProto { Name = name, DataType = OnnxTypes.Float, Dims = { outputs, inputs, 1, 1 } };
        tensor.FloatData.AddRange(Enumerable.Range(0, outputs * inputs).Select(i => 0.6f * MathF.Cos(i)));
        return tensor;
    }

    private static float[] Run(ModelProto network, out IReadOnlyList<string> kernels)
    {
        using var folder = new TemporaryFolder();
        var backend = (OrtBackend)BackendCatalogue.Find("ort-cpu", TestRuntimes.Find())!;
        using var options = backend.Options(TinyModel.Request(folder.Write("network.onnx", network.ToByteArray())), out _);
        options.EnableProfiling = true;
        options.ProfileOutputPathPrefix = folder.File("profile");
        using var session = new InferenceSession(network.ToByteArray(), options);
        using var run = new RunOptions();
        using var input = OrtValue.CreateTensorValueFromMemory(Image, [1, 3, 8, 8]);
        using var outputs = session.Run(run, ["x"], [input], ["y"]);
        var answer = outputs[0].GetTensorDataAsSpan<float>().ToArray();
        kernels = [.. OrtProfile.Parse(File.ReadAllBytes(session.EndProfiling()), "CPUExecutionProvider", null).Nodes
            .SelectMany(group => Enumerable.Repeat(group.Operator, group.Count))];
        return answer;
    }
}
