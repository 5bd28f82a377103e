using Bench.Inference.Knobs;
using Bench.Inference.NativeRuntimes;
using Bench.Models;
using Bench.Models.Files;
using Bench.Models.Networks;
using Bench.Models.Onnx;
using Google.Protobuf;

namespace Bench.Inference.Tests.OnnxRuntime;

/// <summary>The WebGPU provider on whatever Vulkan device there is; CI has SwiftShader, a program on the processor.</summary>
public class WebGpuTests
{
    private static readonly RuntimeCatalogue Runtimes = TestRuntimes.Find();
    private static readonly IBackend WebGpu = BackendCatalogue.Find("ort-webgpu", Runtimes)!;
    private static readonly IBackend Processor = BackendCatalogue.Find("ort-cpu", Runtimes)!;

    private TemporaryFolder _folder = null!;

    [OneTimeSetUp]
    public void NeedsADevice()
    {
        NeedsOne();
    }

    /// <summary>Skips the test where the provider finds no device, in the engine's own words; any other failure is one.</summary>
    internal static void NeedsOne()
    {
        using var folder = new TemporaryFolder();
        try
        {
            WebGpu.Load(TinyModel.Request(folder.Write("abs.onnx", TinyModel.OneNode("Abs", [1, 3, 4, 4])))).Dispose();
        }
        catch (InferenceException e) when (e.Message.Contains("adapter", StringComparison.OrdinalIgnoreCase) || !WebGpu.Check().IsAvailable)
        {
            Assert.Ignore($"needs a GPU, or SwiftShader from Debian's chromium-common (.ci/run shows how): {e.Message}");
        }
    }

    [SetUp]
    public void SetUp() => _folder = new TemporaryFolder();

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [Test]
    public void Run_SmallUNet_GivesWhatTheCpuProviderGives()
    {
        var network = UNet.Describe(size: 32, width: 4);
        var file = ModelFiles.Write(
            network, RandomWeights.For(network, 5), ModelFormat.Onnx, Precision.Fp32, "logits", _folder.File("unet.onnx"));
        var request = new SessionRequest
        {
            ModelPath = file.Path,
            ModelSha256 = file.Sha256,
            Precision = Precision.Fp32,
            Inputs = [TinyModel.Tensor("input", 1, 1, 32, 32)],
            Outputs = [TinyModel.Tensor("logits", 1, 1, 32, 32)],
            Cache = _folder.Path,
        };
        var random = new Random(7);
        var image = Enumerable.Range(0, 32 * 32).Select(_ => (float)((random.NextDouble() * 2) - 1)).ToArray();

        var expected = Run(Processor, request, image, out _);
        var found = Run(WebGpu, request, image, out var facts);

        Assert.That(found.Zip(expected, (a, b) => Math.Abs(a - b)).Max(), Is.LessThan(1e-4));
        Assert.That(expected.Max() - expected.Min(), Is.GreaterThan(0.1), "outputs that hardly differ would prove nothing");
        Assert.That(facts.Device, Is.Not.Empty);
        Assert.That(facts.IsSoftwareDevice, Is.EqualTo(facts.Device!.Contains("SwiftShader", StringComparison.Ordinal)
            || facts.Device.Contains("llvmpipe", StringComparison.Ordinal)));
        var profile = WebGpu.Inspect(request, [SingleFloats.Pinned(image)]);
        Assert.That(profile.NodesElsewhere, Is.Empty);
        Assert.That(profile.EffectivePrecision, Is.EqualTo("fp32"));
        Assert.That(profile.Fallback("ort-webgpu"), Is.Null);
    }

    [Test]
    public void Run_WithKnobs_GivesOutputsAndTellsThem()
    {
        var request = TinyModel.Request(_folder.Write("abs.onnx", TinyModel.OneNode("Abs", [1, 3, 4, 4]))) with
        {
            Knobs = KnobSettings.Of([new("device", "low-power"), new("ep.preferredLayout", "NCHW")]),
        };

        var output = Run(WebGpu, request, [.. Enumerable.Range(0, 48).Select(i => -i - 0.5f)], out var facts);

        Assert.That(output, Is.EqualTo(Enumerable.Range(0, 48).Select(i => i + 0.5f)));
        Assert.That(facts.Resolved["device"], Is.EqualTo("low-power"));
        Assert.That(facts.Resolved["ep.preferredLayout"], Is.EqualTo("NCHW"));
    }

    [Test]
    public void Inspect_MatrixProductThatTheProviderLacks_IsAFallback()
    {
        // 64-bit floats: no shader has them.
        var request = Request(TwoByTwo(
            new NodeProto { OpType = "Cast", Input = { "x" }, Output = { "x64" }, Attribute = { Integer("to", 11) } },
            new NodeProto { OpType = "MatMul", Input = { "x64", "w" }, Output = { "y64" } },
            new NodeProto { OpType = "Cast", Input = { "y64" }, Output = { "y" }, Attribute = { Integer("to", 1) } }));

        var profile = WebGpu.Inspect(request, [SingleFloats.Pinned([1, 2, 3, 4])]);

        Assert.That(profile.NodesElsewhere,
            Has.Some.Matches<NodeGroup>(node => node is { Operator: "MatMul", Provider: "CPUExecutionProvider", Count: 1 }));
        Assert.That(profile.Fallback("ort-webgpu"), Does.Contain("1 MatMul on CPUExecutionProvider").And.Contain("--allow-fallback"));
    }

    [Test]
    public void Inspect_LightOperatorThatTheProviderLacks_IsCountedAndNoFallback()
    {
        var request = Request(TwoByTwo(
            new NodeProto { OpType = "Relu", Input = { "x" }, Output = { "r" } },
            new NodeProto { OpType = "Hardmax", Input = { "r" }, Output = { "y" } }));

        var profile = WebGpu.Inspect(request, [SingleFloats.Pinned([1, 2, 3, 4])]);

        Assert.That(profile.NodesElsewhere.Select(node => node.Operator), Does.Contain("Hardmax"));
        Assert.That(profile.Fallback("ort-webgpu"), Is.Null);
    }

    [Test]
    public void Run_MoreMemoryThanTheDeviceHas_HasTheEnginesWords()
    {
        // 4 GiB in between.
        var request = Request(TwoByTwo(
            new NodeProto { OpType = "Expand", Input = { "x", "large" }, Output = { "huge" } },
            new NodeProto
            {
                OpType = "ReduceMax",
                Input = { "huge" },
                Output = { "y" },
                Attribute = { Integers("axes", 0, 1), Integer("keepdims", 0) },
            }));

        Assert.That(
            () => Run(WebGpu, request, [1, 2, 3, 4], out _),
            Throws.TypeOf<InferenceException>().With.Message.Contains("failed to run").And.Message.Match("(?i)buffer|memory|alloc|limit"));
    }

    private static float[] Run(IBackend backend, SessionRequest request, float[] image, out SessionFacts facts)
    {
        using var session = backend.Load(request);
        using var execution = session.NewExecution();
        using var bound = execution.BindFloats(image);
        execution.Run(bound);
        facts = session.Facts;
        return execution.Floats().ToArray();
    }

    private SessionRequest Request(byte[] model) =>
        TinyModel.Request(_folder.Write("model.onnx", model)) with
        {
            Inputs = [TinyModel.Tensor("x", 2, 2)],
            Outputs = [TinyModel.Tensor("y", 2, 2)],
        };

    private static byte[] TwoByTwo(params NodeProto[] nodes)
    {
        var graph = new GraphProto { Name = "tiny", Input = { TinyModel.Value("x", [2, 2]) }, Output = { TinyModel.Value("y", [2, 2]) } };
        graph.Initializer.Add(new TensorProto
        {
            Name = "w",
            DataType = 11,
            Dims = { 2, 2 },
            RawData = ByteString.CopyFrom([.. new[] { 1.0, 2, 3, 4 }.SelectMany(BitConverter.GetBytes)]),
        });
        graph.Initializer.Add(new TensorProto
        {
            Name = "large",
            DataType = 7,
            Dims = { 4 },
            RawData = ByteString.CopyFrom([.. new[] { 16384L, 16384, 2, 2 }.SelectMany(BitConverter.GetBytes)]),
        });
        graph.Node.AddRange(nodes);
        return new ModelProto { IrVersion = 8, OpsetImport = { new OperatorSetIdProto { Version = 17 } }, Graph = graph }.ToByteArray();
    }

    private static AttributeProto Integers(string name, params long[] values)
    {
        var attribute = new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Ints };
        attribute.Ints.AddRange(values);
        return attribute;
    }

    private static AttributeProto Integer(string name, long value) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.Int, I = value };
}
