using System.Runtime.InteropServices;
using System.Text.Json;
using Bench.Arrays.Npy;
using Bench.Inference.OnnxRuntime;
using Bench.Models.Onnx;
using Bench.Models.Quantization;
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

        Assert.That(compared, Is.AtLeast(placedOtherwise.Length == 0 ? 20 : 8), "a comparison of nothing would pass");
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

    [Test]
    public void Write_SameRanges_GivesTheSameBytes()
    {
        var (one, ranges) = Quantized("u8s8");
        var again = QuantizedNetwork.Write(QuantizationPlan.Of(OnnxFile.Read(Oracle("tiny.onnx")), QuantizationRecipe.U8S8), ranges);

        Assert.That(again.ToByteArray(), Is.EqualTo(one.ToByteArray()));
    }

    private static (ModelProto Network, Dictionary<string, ActivationRange> Ranges) Quantized(string recipe)
    {
        var plan = QuantizationPlan.Of(
            OnnxFile.Read(Oracle("tiny.onnx")), QuantizationRecipe.All.Single(known => known.Name == recipe));
        var watched = plan.Model.Clone();
        foreach (var name in plan.Observed.Except(watched.Graph.Input.Concat(watched.Graph.Output).Select(value => value.Name)))
        {
            watched.Graph.Output.Add(new ValueInfoProto
            {
                Name = name,
                Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = 1 } },
            });
        }

        List<string> values = [.. plan.Observed.Where(name => name != Input)];
        var ranges = new Dictionary<string, ActivationRange> { [Input] = RangeOf(Array("calibration")) };
        foreach (var image in Run(watched.ToByteArray(), "calibration", values))
        {
            foreach (var (name, numbers) in values.Zip(image))
            {
                ranges[name] = ranges.TryGetValue(name, out var range) ? range.With(RangeOf(numbers)) : RangeOf(numbers);
            }
        }

        return (QuantizedNetwork.Write(plan, ranges), ranges);
    }

    private static ActivationRange RangeOf(float[] numbers) => new(numbers.Min(), numbers.Max());

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
