using System.Runtime.InteropServices;
using System.Text.Json;
using Bench.Arrays.Npy;
using Bench.Inference.OnnxRuntime;
using Bench.Inference.OnnxRuntime.Probing;
using Bench.Models.Inputs;
using Bench.Models.Onnx;
using Bench.Models.Quantization;
using Bench.Models.Signatures;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;

namespace Bench.Inference.Tests.OnnxRuntime;

/// <summary>What ONNX Runtime's own tool made of a small network, against what Bench makes of it: tests/oracles/int8.</summary>
public class QuantizationOracleTests
{
    private const string Input = "x";
    private const string Output = "y";

    /// <summary>Scales and zeros of every value and every weight that both write in integers are the same.</summary>
    [TestCase("u8s8-per-channel-minmax", "u8s8")]
    [TestCase("u8s8-per-channel-reduced", "u8s7")]
    [TestCase("s8s8-symmetric-minmax", "s8s8", "c1", "a1", "s2", "a2", "u", "k")]
    public void Write_MinMax_HasTheToolsScales(string oracle, string recipe, params string[] placedOtherwise)
    {
        // s8s8: there is no pair between a convolution and what cuts off at zero behind it, which TensorRT takes together, so that the
        // scale is that of what is left; and what is concatenated has one scale, so that nothing is computed there.
        var (network, _) = Quantized(recipe);
        var expected = Expected(oracle);
        var compared = 0;
        foreach (var tensor in network.Graph.Initializer.Where(tensor => expected.ContainsKey(tensor.Name)
            && !placedOtherwise.Contains(tensor.Name.Split('_')[0])))
        {
            var found = tensor.DataType == 1 ? [.. Floats(tensor).Select(number => (double)number)]
                : tensor.RawData.Select(number => tensor.DataType == 3 ? (sbyte)number : (double)number).ToArray();
            Assert.That(found, Has.Length.EqualTo(expected[tensor.Name].Length), tensor.Name);
            foreach (var (number, of) in found.Zip(expected[tensor.Name]))
            {
                Assert.That(number, Is.EqualTo(of).Within(1e-4).Percent, tensor.Name);
            }

            compared++;
        }

        Assert.That(compared, Is.AtLeast(placedOtherwise.Length == 0 ? 18 : 8), "a comparison of nothing would pass");
    }

    /// <summary>What it answers differs from what the tool's network answers by no more than a step of the output's scale, or rarely two:
    /// steps before it may fall to the other side of a half. Against full precision no more is lost.</summary>
    [TestCase("u8s8-per-channel-minmax", "u8s8", 0.01)]
    [TestCase("u8s8-per-channel-reduced", "u8s7", 0.01)]
    [TestCase("s8s8-symmetric-minmax", "s8s8", 0.02)]
    public void Write_MinMax_AnswersAsTheToolsNetwork(string oracle, string recipe, double beyond)
    {
        var (network, _) = Quantized(recipe);
        var found = Run(network.ToByteArray(), "evaluation", [Output]).SelectMany(image => image[0]).ToArray();
        var expected = Array($"expected-{oracle}");
        var full = Array("expected-fp32");
        var scale = Floats(network.Graph.Initializer.Single(tensor => tensor.Name == "y_scale"))[0];

        var apart = found.Zip(expected, (one, other) => Math.Abs(one - other)).ToList();
        double Lost(float[] values) => values.Zip(full, (one, other) => Math.Abs(one - other)).Average();

        Assert.That(apart.Max(), Is.AtMost(2.01 * scale));
        Assert.That(apart.Count(difference => difference > 1.01 * scale), Is.AtMost(beyond * apart.Count));
        Assert.That(Lost(found), Is.AtMost(1.05 * Lost(expected)), "no further from full precision than the tool");
        TestContext.Out.WriteLine($"{apart.Count(difference => difference > scale / 2)} of {apart.Count} differ, "
            + $"the most by {apart.Max() / scale:0.00} steps; lost {Lost(found):0.0000}, by the tool {Lost(expected):0.0000}");
    }

    /// <summary>What is concatenated has one scale where all of it is cut off at zero, or none, so that engines copy and compute nothing
    /// (InceptionV3 is 10 % quicker). Here one is and one is not: they keep their own, or nothing would be cut off any more.</summary>
    [Test]
    public void Write_ConcatenatedValuesOfWhichOneIsCutOff_LosesNoMoreThanTheTool()
    {
        var plan = QuantizationPlan.Of(OnnxFile.Read(Oracle("tiny.onnx")), QuantizationRecipe.U8S8);
        var found = Run(QuantizedNetwork.Write(plan, Ranges(CalibrationMethod.MinMax)).ToByteArray(), "evaluation", [Output])
            .SelectMany(image => image[0]).ToArray();
        var full = Array("expected-fp32");

        double Lost(float[] values) => values.Zip(full, (one, other) => Math.Abs(one - other)).Average();

        Assert.That(plan.Kept, Is.Empty, "the transposed convolution, too, computes in integers");
        Assert.That(Lost(found), Is.AtMost(1.05 * Lost(Array("expected-u8s8-per-channel-minmax"))));
        TestContext.Out.WriteLine($"lost {Lost(found):0.0000}, by the tool {Lost(Array("expected-u8s8-per-channel-minmax")):0.0000}");
    }

    /// <summary>A transposed convolution whose blocks do not overlap, written as a convolution and laid out as blocks, answers as
    /// before.</summary>
    [Test]
    public void Of_TransposedConvolution_IsRewrittenWithTheSameAnswers()
    {
        var before = Run(File.ReadAllBytes(Oracle("tiny.onnx")), "evaluation", [Output]);
        var plan = QuantizationPlan.Of(OnnxFile.Read(Oracle("tiny.onnx")), QuantizationRecipe.U8S8);
        var after = Run(plan.Model.ToByteArray(), "evaluation", [Output]);

        Assert.That(plan.Model.Graph.Node.Select(node => node.OpType), Does.Contain("DepthToSpace").And.Not.Contain("ConvTranspose"));
        foreach (var (one, other) in before.Zip(after))
        {
            Assert.That(other[0], Is.EqualTo(one[0]).Within(1e-5));
        }
    }

    [Test]
    public void Write_SameRanges_GivesTheSameBytes()
    {
        var (one, ranges) = Quantized("u8s8");
        var again = QuantizedNetwork.Write(
            QuantizationPlan.Of(OnnxFile.Read(Oracle("tiny.onnx")), QuantizationRecipe.U8S8 with { SharesConcatenated = false }), ranges);

        Assert.That(again.ToByteArray(), Is.EqualTo(one.ToByteArray()));
    }

    /// <summary>Ranges of every method, read by the engine image by image, and scales that are the tool's.</summary>
    [TestCase(CalibrationMethod.Percentile, "u8s8-per-channel-percentile", 2.0 / ValueHistogram.Bins)]
    [TestCase(CalibrationMethod.MinMax, "u8s8-per-channel-entropy", 1e-6, Description = "its 128 bins leave nothing to choose")]
    public void Read_OtherMethods_HasTheToolsScales(CalibrationMethod method, string oracle, double tolerance)
    {
        var expected = Expected(oracle);
        foreach (var (name, range) in Ranges(method).Where(range => expected.ContainsKey($"{range.Key}_scale")))
        {
            // The tool's percentile is symmetric by default, and never beyond what was seen.
            var scale = range.Parameters(QuantizationRecipe.U8S8).Scale;
            Assert.That(scale, Is.EqualTo(expected[$"{name}_scale"][0]).Within(100 * tolerance).Percent, name);
        }
    }

    /// <summary>What is folded answers as before, to the digits of 32-bit floats.</summary>
    [TestCase(true)]
    [TestCase(false)]
    public void Of_NormalisationBehindAConvolution_IsFoldedWithTheSameAnswers(bool hasBias)
    {
        var model = OnnxFile.Read(Oracle("tiny.onnx"));
        var convolution = model.Graph.Node[0];
        var channels = (int)model.Graph.Initializer.Single(tensor => tensor.Name == convolution.Input[1]).Dims[0];
        var normalisation = new NodeProto { OpType = "BatchNormalization", Input = { "normal" }, Output = { convolution.Output[0] } };
        foreach (var (name, first) in new[] { ("scale", 0.5f), ("shift", -0.2f), ("mean", 0.1f), ("variance", 0.7f) })
        {
            var tensor = new TensorProto { Name = name, DataType = OnnxTypes.Float, Dims = { channels } };
            tensor.FloatData.AddRange(Enumerable.Range(0, channels).Select(channel => first + (0.1f * channel)));
            model.Graph.Initializer.Add(tensor);
            normalisation.Input.Add(name);
        }

        convolution.Output[0] = "normal";
        model.Graph.Node.Insert(1, normalisation);
        if (!hasBias)
        {
            convolution.Input.RemoveAt(2);
        }

        var before = Run(model.ToByteArray(), "evaluation", [Output]);
        var plan = QuantizationPlan.Of(model, QuantizationRecipe.U8S8);
        var after = Run(plan.Model.ToByteArray(), "evaluation", [Output]);

        Assert.That(plan.Folded, Is.EqualTo(1));
        Assert.That(plan.Model.Graph.Node.Select(node => node.OpType), Has.None.EqualTo("BatchNormalization"));
        foreach (var (one, other) in before.Zip(after))
        {
            Assert.That(other[0], Is.EqualTo(one[0]).Within(1e-5));
        }
    }

    private static (ModelProto Network, IReadOnlyDictionary<string, ActivationRange> Ranges) Quantized(string recipe)
    {
        // The tool gives what is concatenated scales of its own; what that costs and loses is another test.
        var asked = QuantizationRecipe.All.Single(known => known.Name == recipe);
        var plan = QuantizationPlan.Of(
            OnnxFile.Read(Oracle("tiny.onnx")), asked.IsForProcessors ? asked with { SharesConcatenated = false } : asked);
        var ranges = Ranges(CalibrationMethod.MinMax);
        return (QuantizedNetwork.Write(plan, ranges), ranges);
    }

    private static IReadOnlyDictionary<string, ActivationRange> Ranges(CalibrationMethod method)
    {
        using var folder = new TemporaryFolder();
        var watched = WatchedNetwork.Of(Oracle("tiny.onnx"));
        var path = folder.Write("watched.onnx", watched.Model.ToByteArray());
        TensorSpec[] inputs = [TinyModel.Tensor(Input, 1, 3, 8, 8)];
        using var examples = new ExampleReader([new InputSource { Name = Input, Path = Oracle("calibration.npy") }], inputs);
        return RangeProbe.Read(
            path, inputs, [.. watched.Inputs, .. watched.Values], examples, 32, method, TestRuntimes.Find()).Ranges;
    }

    private static List<float[][]> Run(byte[] network, string images, IReadOnlyList<string> values)
    {
        var backend = (OrtBackend)BackendCatalogue.Find("ort-cpu", TestRuntimes.Find())!;
        using var options = backend.Options(TinyModel.Request(Oracle("tiny.onnx")), out _);
        using var session = new InferenceSession(network, options);
        using var run = new RunOptions();
        var (all, answers) = (Array(images), new List<float[][]>());
        foreach (var image in all.Chunk(3 * 8 * 8))
        {
            using var input = OrtValue.CreateTensorValueFromMemory(image, [1, 3, 8, 8]);
            using var outputs = session.Run(run, [Input], [input], values);
            answers.Add([.. outputs.Select(output => output.GetTensorDataAsSpan<float>().ToArray())]);
        }

        return answers;
    }

    private static Dictionary<string, double[]> Expected(string oracle)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Oracle("expected.json")));
        return json.RootElement.GetProperty("cases").GetProperty(oracle).GetProperty("initializers").EnumerateObject()
            .ToDictionary(entry => entry.Name, entry => entry.Value.EnumerateArray().Select(number => number.GetDouble()).ToArray());
    }

    private static float[] Floats(TensorProto tensor) => MemoryMarshal.Cast<byte, float>(tensor.RawData.Span).ToArray();

    private static float[] Array(string name) => MemoryMarshal.Cast<byte, float>(NpyArray.Read(Oracle($"{name}.npy")).Bytes).ToArray();

    private static string Oracle(string file) => Repository.File("tests", "oracles", "int8", file);
}
